"""What of a course can be found: each section of each page, every question, exercise, stage and term."""

from collections.abc import Iterable, Iterator

from checkpoint.core.content.addresses import Target, address
from checkpoint.core.content.inline import plain_inline
from checkpoint.core.content.search import Entry
from checkpoint.core.content.tree.work import joined
from checkpoint.core.content.types import Guardrail, Lesson, Page, Question, Stage, Term
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.core.sim.scenario.variants import as_told
from checkpoint.core.sim.sending.change import Sendable


def entries(
    lessons: Iterable[Lesson],
    guardrails: Iterable[Guardrail],
    stages: Iterable[Stage],
    questions: Iterable[Question],
    scenarios: Iterable[Scenario],
    changes: Iterable[Sendable],
    terms: Iterable[Term],
) -> Iterator[Entry]:
    """Every entry of the search. Criteria, model answers, goals and hints are none: they would tell."""
    for lesson in lessons:
        facts = lesson.facts
        yield from _page("lesson", lesson.slug, lesson_title(lesson), facts.summary, lesson.page)
    for guardrail in guardrails:
        intro = joined(_guardrail_intro(guardrail))
        yield from _page("guardrail", guardrail.slug, guardrail.facts.title, intro, guardrail.page)
    for stage in stages:
        text = joined([stage.summary, stage.brings, *stage.stands_guard, *stage.gets_past])
        yield Entry("stage", stage.title, "", address(Target("stage", stage.slug)), plain_inline(text))
    for question in questions:
        title = f"{question.id}: {question.title}" if question.id else question.title
        text = plain_inline(f"{question.prompt} {question.sits}")
        yield Entry("question", title, "", address(Target("question", question.slug)), text)
    for scenario in scenarios:
        yield _exercise("scenario", scenario)
    for change in changes:
        yield _exercise("change", as_told(change.material()))
    for term in terms:
        words = ", ".join([term.term, *term.also])
        text = f"{words}: {plain_inline(term.definition)}"
        yield Entry("term", term.term, "", address(Target("term", term.slug)), text, boost=1.3)


def _exercise(kind: str, told: Scenario) -> Entry:
    text = plain_inline(joined([told.summary, told.brief]))
    return Entry(kind, told.title, "", address(Target(kind, told.slug)), text)


def lesson_title(lesson: Lesson) -> str:
    """What a lesson is called in lists and pointers.

    A chapter goes by its number, the checkpoint by its title.
    """
    return (
        f"Chapter {lesson.facts.number}: {lesson.facts.title}" if lesson.facts.number else lesson.facts.title
    )


def _guardrail_intro(guardrail: Guardrail) -> tuple[str, ...]:
    facts = guardrail.facts
    texts = (facts.short, facts.enforces, facts.prevents, facts.bypass, facts.caught_by)
    return (facts.script, *map(plain_inline, texts))


def _page(kind: str, slug: str, title: str, intro: str, page: Page) -> Iterator[Entry]:
    start = next((text for anchor, _, text in page.sections if not anchor), "")
    yield Entry(kind, title, "", address(Target(kind, slug)), joined([plain_inline(intro), start]), boost=1.2)
    for anchor, section, text in page.sections:
        if anchor:
            yield Entry(kind, title, section, address(Target(kind, slug, anchor)), text)
