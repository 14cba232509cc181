"""One row for each learner of a cohort: how far they are, and when they were last here."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from checkpoint.cohorts.queries import Learner

QUIET_AFTER = timedelta(days=7)


class Row(NamedTuple):
    learner: Learner
    cleared: int
    """How many of today's questions."""
    is_ready: bool
    is_quiet: bool
    answered: datetime
    """When they last answered, or joined."""

    @property
    def seen(self) -> date:
        """The last sign of life: a visit, an answer, or joining."""
        return max(timezone.localdate(self.answered), self.learner.last_seen_on or date.min)

    @property
    def last_here(self) -> str:
        return _in_words(self.seen)


def rows_of(
    people: Iterable[Learner],
    totals: Mapping[int, tuple[int, datetime]],
    questions: int,
    now: datetime,
) -> tuple[Row, ...]:
    """In the order of the people; `totals` has questions cleared and the last answer, of who answered."""
    last_quiet_day = timezone.localdate(now) - QUIET_AFTER
    next_day = timezone.make_aware(datetime.combine(last_quiet_day + timedelta(days=1), time()))
    rows = []
    for person in people:
        cleared, answered = totals.get(person.user_id) or (0, person.joined_at)
        is_quiet = answered < next_day and (person.last_seen_on or date.min) <= last_quiet_day
        rows.append(Row(person, cleared, 0 < questions == cleared, is_quiet, answered))
    return tuple(rows)


@lru_cache(maxsize=512)
def _in_words(day: date) -> str:
    """Thu 19 Nov. Days repeat, and wording one takes its time."""
    return date_format(day, "D j M")
