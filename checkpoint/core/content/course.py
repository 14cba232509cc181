"""Reads and parses a course folder: everything that can be read, before it is checked as a whole."""

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Generic, TypeVar

from checkpoint.core.content.addresses import RESERVED
from checkpoint.core.content.figures import MAX_BYTES, MEDIA_TYPES, FigureError, read_figure
from checkpoint.core.content.markup import Rendered, render_page
from checkpoint.core.content.parse import Model, near, parse
from checkpoint.core.content.reader import Document, Reader
from checkpoint.core.content.scenarios import (
    CHANGES,
    SCENARIOS,
    WORLDS,
    ChangeDraft,
    ScenarioDraft,
    WorldDraft,
    read_scenario,
    read_world,
)
from checkpoint.core.content.types import (
    Course,
    Figure,
    Glossary,
    GuardrailFacts,
    LessonFacts,
    Pipeline,
    Question,
    Skills,
    Term,
)
from checkpoint.core.grading.rubric import Words
from checkpoint.core.sim.scenario.material import BaseWorld
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.core.sim.sending.change import Change

GUARDRAILS, SCHEMAS, QUESTIONS = "guardrails", "schemas", "questions"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

WORDS, SKILLS = "words.yaml", "skills.yaml"
_TOP_FILES = {"course.yaml", "pipeline.yaml", "glossary.yaml", WORDS, SKILLS, "README.md"}


Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class PageDraft(Generic[Facts]):
    """A lesson or guardrail as read; `facts` is None where the front matter was refused."""

    slug: str
    document: Document
    facts: Facts | None
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as read, with the lesson in whose folder it lies."""

    slug: str
    lesson: str
    document: Document
    question: Question
    """With the words of the course."""


@dataclass
class CourseDraft:
    """Everything read from a course folder; what could not be read is absent and reported.

    `lesson_folders`, `guardrail_files` and `question_files` name what exists, readable or not, so that
    one broken file is one problem and not also a dead link wherever it is mentioned.
    """

    course: tuple[Document, Course] | None = None
    pipeline: tuple[Document, Pipeline] | None = None
    glossary: tuple[Document, Glossary] | None = None
    words: tuple[Document, Words] | None = None
    skills: tuple[Document, Skills] | None = None
    skills_are_broken: bool = False
    lessons: list[PageDraft[LessonFacts]] = field(default_factory=list)
    guardrails: list[PageDraft[GuardrailFacts]] = field(default_factory=list)
    questions: list[QuestionDraft] = field(default_factory=list)
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    lesson_folders: list[str] = field(default_factory=list)
    guardrail_files: list[str] = field(default_factory=list)
    question_files: list[str] = field(default_factory=list)
    scenarios: list[ScenarioDraft] = field(default_factory=list)
    worlds: list[WorldDraft] = field(default_factory=list)
    changes: list[ChangeDraft] = field(default_factory=list)
    scenario_folders: list[str] = field(default_factory=list)
    world_folders: list[str] = field(default_factory=list)
    change_files: list[str] = field(default_factory=list)

    @property
    def terms(self) -> dict[str, Term]:
        return {term.slug: term for term in self.glossary[1].terms} if self.glossary else {}


def read_course(reader: Reader) -> CourseDraft:
    """Read every file of the course; problems are collected by the reader."""
    draft = CourseDraft()
    draft.course = _yaml(reader, "course.yaml", Course, "course")
    draft.pipeline = _yaml(reader, "pipeline.yaml", Pipeline, "pipeline")
    draft.glossary = _yaml(reader, "glossary.yaml", Glossary, "glossary")
    if WORDS in reader.names(""):
        draft.words = _yaml(reader, WORDS, Words, "words")
    if SKILLS in reader.names(""):
        draft.skills = _yaml(reader, SKILLS, Skills, "skills")
        draft.skills_are_broken = draft.skills is None
    for name in reader.names(""):
        if name not in _TOP_FILES:
            reader.report(name, 1, "nothing reads this file", near_file(name, _TOP_FILES))
    for folder in reader.names("", folders=True):
        if folder not in (GUARDRAILS, SCHEMAS, *_TOP_FILES):
            _read_lesson_folder(reader, draft, folder)
    _read_guardrails(reader, draft)
    return draft


def near_file(name: str, known: set[str]) -> str:
    """The cure for a file that nothing reads."""
    cure = near(name, known)
    return cure if cure.startswith("did you mean") else "delete it or move it to where it belongs"


def _yaml(reader: Reader, name: str, kind: type[Model], schema: str) -> tuple[Document, Model] | None:
    document = reader.yaml(name)
    if document is None:
        return None
    _check_schema_line(reader, name, document, schema)
    value = parse(document, kind, reader.problems)
    return (document, value) if value is not None else None


def _check_schema_line(reader: Reader, name: str, document: Document, schema: str) -> None:
    """Editors help with keys and values where a file's first line names its schema."""
    up = "../" * (len(PurePath(name).parts) - 1)
    wanted = f"# yaml-language-server: $schema={up}{SCHEMAS}/{schema}.schema.json"
    if document.first_line.rstrip() != wanted:
        reader.report(name, document.start, "the first line doesn't name the schema", f"write `{wanted}`")


def _page(
    reader: Reader,
    name: str,
    slug: str,
    kind: type[Model],
    draft: CourseDraft,
    figures: dict[str, Figure] | None,
) -> PageDraft[Model] | None:
    """A Markdown file, parsed and rendered; its figures are those of its lesson, if it is one."""
    prose = reader.prose(name)
    if prose is None:
        return None
    _check_schema_line(reader, name, prose.facts, "guardrail" if figures is None else "lesson")
    facts = parse(prose.facts, kind, reader.problems)
    if not prose.body.strip():
        reader.report(name, prose.line - 1, "there is no text under the front matter", "write it")
    lesson = "" if figures is None else slug
    rendered = render_page(prose.body, prose.line, lesson, draft.terms, figures)
    for line, what, cure in rendered.faults:
        reader.report(name, line, what, cure)
    return PageDraft(slug, prose.facts, facts, rendered)


def _read_lesson_folder(reader: Reader, draft: CourseDraft, folder: str) -> None:
    _check_slug(reader, folder, folder)
    draft.lesson_folders.append(folder)
    _refuse_folders(reader, folder, {QUESTIONS, SCENARIOS, WORLDS, CHANGES, "lesson.md"})
    _refuse_folders(reader, f"{folder}/{QUESTIONS}", set())
    _refuse_folders(reader, f"{folder}/{CHANGES}", set())
    figures = _read_figures(reader, folder)
    draft.figures |= {(folder, name): figure for name, figure in figures.items()}
    page = _page(reader, f"{folder}/lesson.md", folder, LessonFacts, draft, figures)
    if page:
        draft.lessons.append(page)
    for file in reader.names(f"{folder}/{QUESTIONS}"):
        _read_question(reader, draft, folder, file)
    _read_worlds(reader, draft, folder)
    _read_scenarios(reader, draft, folder)
    for file in reader.names(f"{folder}/{CHANGES}"):
        _read_change(reader, draft, folder, file)


def _read_worlds(reader: Reader, draft: CourseDraft, folder: str) -> None:
    for slug in reader.names(f"{folder}/{WORLDS}", folders=True):
        name = f"{folder}/{WORLDS}/{slug}/world.yaml"
        _check_slug(reader, name, slug)
        draft.world_folders.append(slug)
        found = _yaml(reader, name, BaseWorld, "world")
        if found:
            draft.worlds.append(read_world(reader, folder, slug, found))


def _read_scenarios(reader: Reader, draft: CourseDraft, folder: str) -> None:
    for slug in reader.names(f"{folder}/{SCENARIOS}", folders=True):
        name = f"{folder}/{SCENARIOS}/{slug}/scenario.yaml"
        _check_slug(reader, name, slug)
        draft.scenario_folders.append(slug)
        found = _yaml(reader, name, Scenario, "scenario")
        if found:
            draft.scenarios.append(read_scenario(reader, folder, slug, found))


def _read_figures(reader: Reader, folder: str) -> dict[str, Figure]:
    figures = {}
    for file in reader.names(folder):
        name = f"{folder}/{file}"
        if file in ("lesson.md", "README.md"):
            continue
        if PurePath(file).suffix not in MEDIA_TYPES:
            cure = near_file(file, {"lesson.md"})
            reader.report(name, 1, "nothing reads this file; pictures are .svg, .png or .webp", cure)
            continue
        content = reader.content(name, MAX_BYTES)
        try:
            if content is not None:
                figures[file] = read_figure(folder, file, content)
        except FigureError as error:
            reader.report(name, 1, str(error), "export it again without that")
    return figures


def _read_question(reader: Reader, draft: CourseDraft, folder: str, file: str) -> None:
    name = f"{folder}/{QUESTIONS}/{file}"
    slug = _stem(reader, name, ".yaml")
    if slug is None:
        return
    draft.question_files.append(slug)
    found = _yaml(reader, name, Question, "question")
    if found:
        document, question = found
        known = draft.words[1] if draft.words else Words()
        draft.questions.append(QuestionDraft(slug, folder, document, question.with_words(known)))


def _read_change(reader: Reader, draft: CourseDraft, folder: str, file: str) -> None:
    name = f"{folder}/{CHANGES}/{file}"
    slug = _stem(reader, name, ".yaml")
    if slug is None:
        return
    draft.change_files.append(slug)
    found = _yaml(reader, name, Change, "change")
    if found:
        draft.changes.append(ChangeDraft(slug, folder, *found))


def _read_guardrails(reader: Reader, draft: CourseDraft) -> None:
    _refuse_folders(reader, GUARDRAILS, set())
    for file in reader.names(GUARDRAILS):
        slug = _stem(reader, f"{GUARDRAILS}/{file}", ".md")
        if slug is None:
            continue
        draft.guardrail_files.append(slug)
        page = _page(reader, f"{GUARDRAILS}/{file}", slug, GuardrailFacts, draft, None)
        if page:
            draft.guardrails.append(page)


def _stem(reader: Reader, name: str, suffix: str) -> str | None:
    """The slug in a file's name, or None where nothing reads the file."""
    path = PurePath(name)
    if path.name == "README.md":
        return None
    if path.suffix != suffix:
        reader.report(name, 1, "nothing reads this file", f"give it a name that ends in {suffix}")
        return None
    _check_slug(reader, name, path.stem)
    return path.stem


def _refuse_folders(reader: Reader, folder: str, known: set[str]) -> None:
    for name in reader.names(folder, folders=True):
        if name not in known:
            reader.report(f"{folder}/{name}", 1, "nothing reads this folder", near_file(name, known))


def _check_slug(reader: Reader, name: str, slug: str) -> None:
    if not SLUG.fullmatch(slug):
        reader.report(name, 1, f"the name `{slug}` is no slug", "use a-z, 0-9 and single hyphens")
    if slug in RESERVED:
        reader.report(name, 1, f"the name `{slug}` is reserved for an address of the site", "choose another")
