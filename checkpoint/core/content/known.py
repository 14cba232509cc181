"""The names and anchors that exist in a course, and the problems found by asking for others."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from checkpoint.core.content.course import CourseDraft
from checkpoint.core.content.parse import near
from checkpoint.core.content.reader import Document, KeyPath
from checkpoint.core.content.types import Problem


@dataclass
class Known:
    """The names that exist; None where their file could not be read, so that nothing is said about them."""

    draft: CourseDraft
    problems: list[Problem] = field(default_factory=list)
    names: dict[str, Collection[str] | None] = field(default_factory=dict)
    anchors: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        draft = self.draft
        self.names = {
            "lesson": draft.lesson_folders,
            "guardrail": draft.guardrail_files,
            "question": draft.question_files,
            "scenario": draft.scenario_folders,
            "world": draft.world_folders,
            "stage": [stage.slug for stage in draft.pipeline[1].stages] if draft.pipeline else None,
            "term": draft.terms if draft.glossary else None,
            "skill": None if draft.skills_are_broken else self._skills(),
        }
        for kind, pages in (("lesson", draft.lessons), ("guardrail", draft.guardrails)):
            for page in pages:
                self.anchors[kind, page.slug] = {heading.anchor for heading in page.rendered.page.headings}

    def _skills(self) -> list[str]:
        return [skill.slug for skill in self.draft.skills[1].skills] if self.draft.skills else []

    def criteria(self) -> set[str] | None:
        """Ids of every question's criteria; None where a question is broken, so that nothing is said."""
        questions = [draft.question for draft in self.draft.questions]
        if len(questions) < len(self.draft.question_files) or not all(one.criteria for one in questions):
            return None
        return {criterion.id for question in questions for criterion in question.criteria}

    def report(self, document: Document, path: KeyPath, what: str, cure: str) -> None:
        self.problems.append(Problem(document.path, document.line(path), what, cure))

    def check_names(self, document: Document, key: KeyPath, kind: str, slugs: Iterable[str]) -> None:
        """Every slug of a list exists and is there once; a single slug is a list of one."""
        seen: set[str] = set()
        for number, slug in enumerate(slugs):
            path = (*key, number)
            if slug in seen:
                self.report(document, path, f"`{slug}` is in the list twice", "delete one")
            seen.add(slug)
            self.check_name(document, path, kind, slug)

    def check_name(self, document: Document, path: KeyPath, kind: str, slug: str) -> None:
        names = self.names[kind]
        if names is not None and slug not in names:
            self.report(document, path, f"there is no {kind} `{slug}`", near(slug, names))
