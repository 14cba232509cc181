"""What changed in a cohort since a week ago."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checkpoint.cohorts.rows import Row
from checkpoint.selfcheck.queries.crowd import Alike, Judgement, Moved

Counts = Mapping[str, Mapping[Judgement, Alike]]
"""For each question, how many learners are judged in each way."""


class Trend(NamedTuple):
    """A figure and what it was a week ago."""

    now: int
    then: int
    of: int = 0
    """What it could be at most, where there is such a thing."""

    @property
    def more(self) -> int:
        return max(0, self.now - self.then)

    @property
    def fewer(self) -> int:
        return max(0, self.then - self.now)


def readiness(rows: Iterable[Row], moved: Iterable[Moved], questions: int) -> Trend:
    """Learners who have cleared every question."""
    gained: Counter[int] = Counter()
    for one in moved:
        gained[one.user_id] += (one.level == "ready") - (one.level_then == "ready")
    rows = tuple(rows)
    then = sum(0 < questions == row.cleared - gained.get(row.learner.user_id, 0) for row in rows)
    return Trend(sum(row.is_ready for row in rows), then, len(rows))


def criteria_met(counts: Counts, moved: Iterable[Moved], most: int) -> Trend:
    """Criteria met in everybody's latest answers, of all that could be."""
    now = sum(judged.met * alike.learners for ways in counts.values() for judged, alike in ways.items())
    return Trend(now, now - sum(one.met - one.met_then for one in moved), most)
