"""Where things are on the line: what stands, acts and is asked at each stage."""

from collections.abc import Collection
from dataclasses import dataclass

from checkpoint.core.content.addresses import parse_target
from checkpoint.core.content.inline import LINK
from checkpoint.core.content.library import Library
from checkpoint.core.content.types import Guardrail, Lesson, Question, Stage
from checkpoint.core.diagram.layout import Box, Gate, Layout, layout
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.core.sim.sending.line import Line


@dataclass(frozen=True, slots=True)
class StageDetail:
    """Everything a page says about one stage."""

    stage: Stage
    lesson: Lesson
    guardrails: tuple[Guardrail, ...]
    """Whose main place this is."""
    acting: tuple[Guardrail, ...]
    """That act here too, but have their gate elsewhere."""
    unnamed: tuple[Guardrail, ...]
    """Of both, those that the stage's own list of what stands guard has no link to."""
    questions: tuple[Question, ...]
    scenarios: tuple[Scenario, ...]
    """That practise its skills."""
    previous: Stage | None
    following: Stage | None


def stage_detail(library: Library, slug: str) -> StageDetail:
    """One stage with everything that refers to it; raises KeyError for an unknown one."""
    stage = library.stages[slug]
    order = list(library.stages.values())
    place = order.index(stage)
    guardrails = tuple(g for g in library.guardrails.values() if g.facts.stage == slug)
    acting = tuple(g for g in library.guardrails.values() if slug in g.facts.also)
    named = _named_guardrails(stage)
    return StageDetail(
        stage=stage,
        lesson=library.lessons[stage.chapter],
        guardrails=guardrails,
        acting=acting,
        unnamed=tuple(g for g in (*guardrails, *acting) if g.slug not in named),
        questions=tuple(q for q in library.questions.values() if slug in q.stages),
        scenarios=practising(library, stage.skills),
        previous=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
    )


def _named_guardrails(stage: Stage) -> set[str]:
    links = (parse_target(match[1]) for line in stage.stands_guard for match in LINK.finditer(line))
    return {link.slug for link in links if link is not None and link.kind == "guardrail"}


def practising(library: Library, skills: Collection[str]) -> tuple[Scenario, ...]:
    """The scenarios in which any of these skills is done."""
    doing = {p.scenario.slug for skill in skills for p in library.skills[skill].practices}
    return tuple(material.scenario for slug, material in library.scenarios.items() if slug in doing)


def asking(library: Library, skills: Collection[str]) -> tuple[Question, ...]:
    """The questions in which any of these skills is said."""
    saying = {library.skills[skill].asked_in for skill in skills}
    return tuple(question for slug, question in library.questions.items() if slug in saying)


def stages_of(guardrail: Guardrail) -> tuple[str, ...]:
    """Every stage a guardrail acts at, the main one first."""
    return (guardrail.facts.stage, *guardrail.facts.also)


def gate_of(library: Library, guardrail: Guardrail) -> str:
    """The stage in front of which its gate is drawn."""
    if guardrail.facts.before:
        return guardrail.facts.before
    order = list(library.stages)
    place = order.index(guardrail.facts.stage)
    return order[min(place + 1, len(order) - 1)]


def lay_out(library: Library) -> Layout:
    """The course's pipeline as a drawing."""
    boxes = [
        Box(stage.slug, stage.title, short_chapter(library.lessons[stage.chapter]))
        for stage in library.stages.values()
    ]
    gates = [
        Gate(slug, guardrail.facts.short, gate_of(library, guardrail))
        for slug, guardrail in library.guardrails.items()
    ]
    return layout(boxes, gates)


def is_script(guardrail: Guardrail, name: str) -> bool:
    """Whether a name of a guardrail is its script's, and so is set as code."""
    return bool(name) and guardrail.facts.script.rpartition("/")[2] == name


def short_chapter(lesson: Lesson) -> str:
    """Ch 05, or the short title of a lesson without a number."""
    return f"Ch {lesson.facts.number}" if lesson.facts.number else lesson.facts.short


def chapter_name(lesson: Lesson) -> str:
    """Chapter 05, or the short title of a lesson without a number."""
    return f"Chapter {lesson.facts.number}" if lesson.facts.number else lesson.facts.short


def guardrails_from(library: Library, lesson: Lesson) -> tuple[Guardrail, ...]:
    """The guardrails a lesson teaches, in line order."""
    return tuple(g for slug, g in library.guardrails.items() if slug in lesson.facts.guardrails)


def questions_about(library: Library, lesson: Lesson) -> tuple[Question, ...]:
    """The questions that send a learner back to this lesson."""
    return tuple(q for q in library.questions.values() if lesson.slug in q.lessons)


@dataclass(frozen=True, slots=True)
class RibbonItem:
    """A lesson on the course ribbon: done, here (the checkpoint) or ahead."""

    lesson: Lesson
    state: str


def ribbon(library: Library) -> tuple[RibbonItem, ...]:
    """The course from its first lesson to its last, seen from the checkpoint."""
    order = list(library.lessons.values())
    here = list(library.lessons).index(library.course.checkpoint)
    states = ["done"] * here + ["here"] + ["ahead"] * (len(order) - here - 1)
    return tuple(map(RibbonItem, order, states))


def neighbours(library: Library, slug: str) -> tuple[Lesson | None, Lesson | None]:
    """The lessons before and after one."""
    order = list(library.lessons.values())
    place = list(library.lessons).index(slug)
    before = order[place - 1] if place else None
    return before, order[place + 1] if place + 1 < len(order) else None


def checkpoint_place(library: Library) -> str:
    """Where the checkpoint is: after chapters 01–05, before chapter 06."""
    states: dict[str, list[str]] = {"done": [], "here": [], "ahead": []}
    for item in ribbon(library):
        if item.lesson.facts.number:
            states[item.state].append(item.lesson.facts.number)
    words = []
    if done := states["done"]:
        words.append(f"after chapters {done[0]}–{done[-1]}" if len(done) > 1 else f"after chapter {done[0]}")
    if ahead := states["ahead"]:
        words.append(f"before chapter {ahead[0]}")
    return ", ".join(words)


def standing_at(library: Library, guardrail: Guardrail) -> str:
    """Where a guardrail's gate stands, in words: after Git, before CI."""
    order = list(library.stages.values())
    place = list(library.stages).index(gate_of(library, guardrail))
    before = f"before {order[place].title}"
    return f"after {order[place - 1].title}, {before}" if place else before


def line_of(library: Library) -> Line:
    """The pipeline that bad changes are sent down."""
    gates = tuple((slug, gate_of(library, one)) for slug, one in library.guardrails.items())
    return Line(tuple(library.stages), gates)
