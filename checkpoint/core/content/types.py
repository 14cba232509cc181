"""The types of everything authors write. JSON Schemas are generated from these."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.selftest import FLOOR
from checkpoint.core.values import Value

Slug = str


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents; level is 2 or 3."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rendered prose: safe HTML, its headings, and its plain text by section for search."""

    html: str
    headings: tuple[Heading, ...]
    sections: tuple[tuple[str, str, str], ...]
    """(anchor, title, plain text), the text before the first heading under anchor ''."""


class LessonFacts(Value):
    """Front matter of a lesson.md."""

    title: str
    short: str
    """The title in a few words, for lists."""
    kind: Literal["chapter", "checkpoint", "preview"]
    number: str = ""
    """In quotes, as "01"; empty for the checkpoint."""
    summary: str
    """One to three sentences, shown under the title."""
    minutes: int = Field(gt=0)
    """How long reading takes."""
    stages: tuple[Slug, ...] = ()
    """Slugs of the pipeline's stages the lesson is about."""
    guardrails: tuple[Slug, ...] = ()
    builds_on: tuple[Slug, ...] = ()
    """Slugs of earlier lessons."""
    enables: tuple[Slug, ...] = ()
    """Slugs of later lessons."""


class GuardrailFacts(Value):
    """Front matter of guardrails/<slug>.md. Stages: the first is the main one (its gate)."""

    title: str
    short: str
    script: str = ""
    chapters: tuple[Slug, ...]
    stage: Slug
    also: tuple[Slug, ...] = ()
    before: Slug = ""
    """The stage in front of which its gate is drawn; left out, the one after `stage`."""
    skills: tuple[Slug, ...] = ()
    """What somebody who relies on it can say and do."""
    enforces: str
    prevents: str
    bypass: str
    caught_by: str


class Stage(Value):
    """A box of the pipeline (pipeline.yaml)."""

    slug: Slug
    title: str
    chapter: Slug
    brings: str
    """What the stage's chapter put here, in one line."""
    summary: str
    stands_guard: tuple[str, ...] = ()
    gets_past: tuple[str, ...] = ()
    skills: tuple[Slug, ...] = ()
    """What is said and done here."""


class Pipeline(Value):
    """pipeline.yaml: stages in the order a change travels; guardrails in line order."""

    title: str
    summary: str
    stages: tuple[Stage, ...]
    guardrails: tuple[Slug, ...]


class Course(Value):
    """course.yaml: the only place that orders lessons."""

    title: str
    subtitle: str
    summary: str
    lessons: tuple[Slug, ...]
    checkpoint: Slug
    next_block: str


class Term(Value):
    """glossary.yaml: one entry."""

    slug: Slug
    term: str
    definition: str
    also: tuple[str, ...] = ()
    read: str = ""


class Glossary(Value):
    """glossary.yaml: the words of the course."""

    terms: tuple[Term, ...]


class Skill(Value):
    """skills.yaml: something to be said in an answer and done in a run."""

    slug: Slug
    title: str
    say: str
    """Goes on after "You can say": `why a stale plan is dangerous`."""
    done: str
    """Goes on after "You have" and "You haven't yet": `kept a stale plan from being applied`."""
    criteria: tuple[str, ...] = ()
    """Ids of the criteria that say it, all of one question; in a goal or a rule each stands for the skill."""


class Skills(Value):
    """skills.yaml: what criteria, goals, guardrails and stages have in common."""

    skills: tuple[Skill, ...]


class Question(Rubric):
    """questions/<slug>.yaml: the prompt, what the page says around it, and the rubric."""

    slug: Slug
    id: str = ""
    title: str = ""
    minutes: int = 8
    stages: tuple[Slug, ...] = ()
    sits: str = ""
    """One sentence on where the question sits in the pipeline."""
    lessons: tuple[Slug, ...] = ()
    """Where to reread, most useful first."""
    ordered: bool = False
    """Whether the criteria are steps in the order one would do them."""
    model_answer: str = ""
    floor: float = Field(default=FLOOR, ge=0, le=1)
    """Share of the marked answers that the rubric has to get right without having seen them."""


@dataclass(frozen=True, slots=True)
class Lesson:
    slug: Slug
    facts: LessonFacts
    page: Page
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture beside a lesson.md; width and height are 0 where the file doesn't say."""

    lesson: Slug
    name: str
    media_type: str
    content: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Guardrail:
    slug: Slug
    facts: GuardrailFacts
    page: Page


@dataclass(frozen=True, slots=True)
class Problem:
    """An author's mistake: where it is, what is wrong, what to do."""

    path: str
    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.cure}"
