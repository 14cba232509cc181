"""What the page of one assignment shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from checkpoint.assignments.due import WORDS, Task, said, state_of, tasks
from checkpoint.assignments.models import Assignment
from checkpoint.assignments.queries import done_by, extensions_of
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.paging import Page, page_of
from checkpoint.cohorts.queries import Learner, learner_ids, learners

SIGNALS = {"done": "met", "late": "part", "open": "none", "overdue": "miss"}


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner and the assignment."""

    learner: Learner
    state: str
    done_at: datetime | None
    own: datetime | None

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def signal(self) -> str:
        return SIGNALS[self.state]

    @property
    def own_words(self) -> str:
        return said(self.own) if self.own else ""

    @property
    def done_words(self) -> str:
        return said(self.done_at) if self.done_at else ""


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    cohort: Cohort
    assignment: Assignment
    task: Task
    due: str
    rows: tuple[LearnerRow, ...]
    page: Page
    everybody: int
    show: str
    chips: tuple[tuple[str, str, int], ...]
    """State, its word and how many learners are in it."""


def assignment_page(cohort: Cohort, one: Assignment, show: str, number: int, now: datetime) -> AssignmentPage:
    """Four queries, however many learners."""
    first = done_by(learner_ids(cohort.pk), [one]).get((one.work, one.slug), {})
    own = extensions_of([one.pk]).get(one.pk, {})
    everybody = [
        LearnerRow(
            person,
            state_of(own.get(person.user_id, one.due_at), first.get(person.user_id), now),
            first.get(person.user_id),
            own.get(person.user_id),
        )
        for person in learners(cohort)
    ]
    counts = Counter(row.state for row in everybody)
    show = show if show in WORDS else ""
    found = [row for row in everybody if not show or row.state == show]
    page = page_of(number, len(found))
    return AssignmentPage(
        cohort=cohort,
        assignment=one,
        task=tasks()[one.work, one.slug],
        due=f"Due {said(one.due_at)}" if one.due_at else "No due date",
        rows=tuple(page.of(found)),
        page=page,
        everybody=len(everybody),
        show=show,
        chips=tuple((state, word, counts[state]) for state, word in WORDS.items() if counts[state]),
    )
