"""How a cohort stands with its assignments."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checkpoint.assignments.due import DONE, LATE, OPEN, OVERDUE, Task, said, state_of, tasks
from checkpoint.assignments.models import Assignment
from checkpoint.assignments.queries import assignments_of, done_by, extensions_of, members_of
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import learner_ids


@dataclass(frozen=True, slots=True)
class Figures:
    """One assignment and how many learners stand to it in which way."""

    assignment: Assignment
    task: Task
    done: int
    late: int
    overdue: int
    """Not done, and past the learner's own due date."""
    waiting: int
    extensions: int

    @property
    def open(self) -> int:
        return self.overdue + self.waiting

    @property
    def when(self) -> str:
        return f"due {said(self.assignment.due_at)}" if self.assignment.due_at else "no due date"


def figures_of(cohort: Cohort, now: datetime) -> tuple[Figures, ...]:
    """Five queries, however many learners and assignments."""
    assignments = assignments_of(cohort.pk)
    if not assignments:
        return ()
    people = members_of(cohort.pk)
    extensions = extensions_of(one.pk for one in assignments)
    done = done_by(learner_ids(cohort.pk), assignments)
    return tuple(_figures(one, people, extensions.get(one.pk, {}), done, now) for one in assignments)


def _figures(
    one: Assignment,
    people: list[int],
    own: Mapping[int, datetime],
    done: Mapping[tuple[str, str], Mapping[int, datetime]],
    now: datetime,
) -> Figures:
    first = done.get((one.work, one.slug), {})
    states = Counter(state_of(own.get(user_id, one.due_at), first.get(user_id), now) for user_id in people)
    return Figures(
        assignment=one,
        task=tasks()[one.work, one.slug],
        done=states[DONE],
        late=states[LATE],
        overdue=states[OVERDUE],
        waiting=states[OPEN],
        extensions=len(own.keys() & set(people)),
    )
