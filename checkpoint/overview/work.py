"""The learner's work: each question with how it stands, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoint.core.content.library import Library
from checkpoint.core.content.types import Question
from checkpoint.selfcheck.queries.standings import QuestionStanding


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the self-check list."""

    question: Question
    standing: QuestionStanding | None
    now: bool
    """Whether this is the next thing to do; at most one item is."""

    @property
    def cleared(self) -> bool:
        return self.standing is not None and self.standing.level == "ready"


@dataclass(frozen=True, slots=True)
class Work:
    items: tuple[WorkItem, ...]

    @property
    def cleared(self) -> int:
        return sum(item.cleared for item in self.items)

    @property
    def next(self) -> WorkItem | None:
        return next((item for item in self.items if item.now), None)

    @property
    def begun(self) -> bool:
        return any(item.standing for item in self.items)


def work_of(library: Library, standings: Mapping[str, QuestionStanding]) -> Work:
    """Every question in order; the first that isn't cleared is the next one."""
    questions = library.questions.values()
    waiting = [q.slug for q in questions if q.slug not in standings or standings[q.slug].level != "ready"]
    return Work(tuple(WorkItem(q, standings.get(q.slug), q.slug in waiting[:1]) for q in questions))
