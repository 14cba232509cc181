"""All content of a course as one frozen value, and how to load it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from checkpoint.core.content.addresses import Target, address, parse_target
from checkpoint.core.content.course import CourseDraft, read_course
from checkpoint.core.content.crossref import check_course
from checkpoint.core.content.reader import Reader
from checkpoint.core.content.search import Index, build_index
from checkpoint.core.content.searchable import entries
from checkpoint.core.content.skills import SkillPlace, skill_place
from checkpoint.core.content.types import (
    Course,
    Figure,
    Guardrail,
    Lesson,
    Page,
    Pipeline,
    Problem,
    Question,
    Stage,
    Term,
)
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.types import LEVELS, Scenario
from checkpoint.core.sim.scenario.variants import as_told
from checkpoint.core.sim.sending.change import Sendable


@dataclass(frozen=True)
class Library:
    """A whole, valid course. Mappings keep the course's order."""

    course: Course
    pipeline: Pipeline
    stages: Mapping[str, Stage]
    lessons: Mapping[str, Lesson]
    guardrails: Mapping[str, Guardrail]
    """In line order, as in pipeline.yaml."""
    questions: Mapping[str, Question]
    """In rubric id order Q1..Qn."""
    scenarios: Mapping[str, Material]
    """In the order of their level, then of their titles."""
    changes: Mapping[str, Sendable]
    """Bad changes, in the order of their place, then of their titles."""
    skills: Mapping[str, SkillPlace]
    """In the order of skills.yaml."""
    glossary: Mapping[str, Term]
    """In alphabetical order of the terms."""
    fingerprint: str
    figures: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    """By lesson slug and file name."""

    @cached_property
    def told(self) -> Mapping[str, Scenario]:
        """The scenarios as everybody reads of them before a run."""
        return {slug: as_told(material) for slug, material in self.scenarios.items()}

    @cached_property
    def index(self) -> Index:
        """For `search()`; built when it is first asked for, as a check of the content never does."""
        return build_index(
            entries(
                self.lessons.values(),
                self.guardrails.values(),
                self.stages.values(),
                self.questions.values(),
                self.told.values(),
                self.changes.values(),
                self.glossary.values(),
            )
        )


class ContentError(Exception):
    """Content that cannot be served; `problems` are all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a course: a library as far as there is one, and every problem."""

    library: Library | None
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        """Whether the library can be served."""
        return self.library is not None and not self.problems


def read_library(folder: Path) -> Reading:
    """Read, parse and cross-check a course folder."""
    reader = Reader(folder)
    draft = read_course(reader)
    problems = tuple(sorted(set(reader.problems + check_course(draft)), key=_place))
    if draft.course is None or draft.pipeline is None:
        return Reading(None, problems)
    return Reading(_library(draft, draft.course[1], draft.pipeline[1], reader.fingerprint()), problems)


def load_library(folder: Path) -> Library:
    """A whole and valid course; raises ContentError with every problem."""
    reading = read_library(folder)
    if reading.library is None or reading.problems:
        raise ContentError(reading.problems)
    return reading.library


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line, problem.what


def _library(draft: CourseDraft, course: Course, pipeline: Pipeline, fingerprint: str) -> Library:
    lessons = _lessons(draft, course)
    guardrails = _guardrails(draft, pipeline)
    questions = _by_slug(sorted((item.question for item in draft.questions), key=_question_order))
    stages = _by_slug(pipeline.stages)
    scenarios = _scenarios(draft)
    glossary = _by_slug(sorted(draft.terms.values(), key=lambda term: term.term.lower()))
    return Library(
        course=course,
        pipeline=pipeline,
        stages=stages,
        lessons=lessons,
        guardrails=guardrails,
        questions=questions,
        scenarios=scenarios,
        changes=_changes(draft),
        skills=_skills(draft, questions.values(), scenarios.values()),
        glossary=glossary,
        fingerprint=fingerprint,
        figures=MappingProxyType(draft.figures),
    )


class _Named(Protocol):
    @property
    def slug(self) -> str: ...


_Item = TypeVar("_Item", bound=_Named)


def _by_slug(values: Iterable[_Item]) -> Mapping[str, _Item]:
    return MappingProxyType({value.slug: value for value in values})


def _question_order(question: Question) -> tuple[int, str]:
    """Q10 comes after Q9."""
    digits = "".join(character for character in question.id if character.isdigit())
    return int(digits or 0), question.slug


def _lessons(draft: CourseDraft, course: Course) -> Mapping[str, Lesson]:
    pages = {page.slug: page for page in draft.lessons}
    found = (pages[slug] for slug in course.lessons if slug in pages)
    return _by_slug(
        Lesson(page.slug, page.facts, page.rendered.page, _questions_of(draft, page.slug))
        for page in found
        if page.facts is not None
    )


def _scenarios(draft: CourseDraft) -> Mapping[str, Material]:
    worlds = {world.slug: world for world in draft.worlds}
    found = sorted(draft.scenarios, key=lambda one: (LEVELS.index(one.scenario.level), one.scenario.title))
    return MappingProxyType({one.slug: one.material(worlds) for one in found})


def _skills(
    draft: CourseDraft, questions: Iterable[Question], scenarios: Iterable[Material]
) -> Mapping[str, SkillPlace]:
    played = [material.scenario for material in scenarios]
    found = draft.skills[1].skills if draft.skills else ()
    return MappingProxyType({skill.slug: skill_place(skill, questions, played) for skill in found})


def _changes(draft: CourseDraft) -> Mapping[str, Sendable]:
    worlds = {world.slug: world for world in draft.worlds}
    found = sorted(draft.changes, key=lambda one: (one.change.place, one.change.title))
    return MappingProxyType({one.slug: one.sendable(worlds) for one in found})


def _questions_of(draft: CourseDraft, lesson: str) -> tuple[Question, ...]:
    return tuple(
        sorted((item.question for item in draft.questions if item.lesson == lesson), key=_question_order)
    )


def _guardrails(draft: CourseDraft, pipeline: Pipeline) -> Mapping[str, Guardrail]:
    pages = {page.slug: page for page in draft.guardrails}
    found = (pages[slug] for slug in pipeline.guardrails if slug in pages)
    return _by_slug(
        Guardrail(page.slug, page.facts, page.rendered.page) for page in found if page.facts is not None
    )


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place to read: its name in words, and its address."""

    label: str
    address: str


def read_label(library: Library, link: str) -> Pointer | None:
    """Where a `read:` link leads, in words; None for an empty link.

    `lesson:chapter-03#first-30-minutes` is "Chapter 03, The first 30 minutes".
    """
    target = parse_target(link)
    if target is None:
        return None
    return Pointer(_label(library, target), address(target))


def _label(library: Library, target: Target) -> str:
    if target.kind == "lesson" and target.slug in library.lessons:
        lesson = library.lessons[target.slug]
        name = f"Chapter {lesson.facts.number}" if lesson.facts.number else lesson.facts.title
        return _with_section(name, lesson.page, target.anchor)
    if target.kind == "guardrail" and target.slug in library.guardrails:
        guardrail = library.guardrails[target.slug]
        return _with_section(guardrail.facts.title, guardrail.page, target.anchor)
    if target.kind == "stage" and target.slug in library.stages:
        return library.stages[target.slug].title
    if target.kind == "question" and target.slug in library.questions:
        return library.questions[target.slug].title
    if target.kind == "term" and target.slug in library.glossary:
        return f"Glossary, {library.glossary[target.slug].term}"
    return target.slug


def _with_section(name: str, page: Page, anchor: str) -> str:
    titles = (heading.title for heading in page.headings if heading.anchor == anchor)
    title = next(titles, "")
    return f"{name}, {title}" if title else name
