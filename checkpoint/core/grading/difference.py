"""What differs between two verdicts on one answer: which criteria rise or fall, and the whole with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoint.core.grading.verdict import Level, Outcome, Verdict

_RANK = {
    Outcome.CONTRADICTED: 0,
    Outcome.MISSING: 1,
    Outcome.UNSCORED: 2,
    Outcome.PARTIAL: 3,
    Outcome.MET: 4,
}
LEVEL_RANKS = {Level.REVISIT: 0, Level.ALMOST: 1, Level.READY: 2}


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a verdict can differ, whether it comes from a grader or was read from where it is kept."""

    level: Level
    score: float
    outcomes: Mapping[str, Outcome]
    misconceptions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A criterion with another outcome than before; None where one of the rubrics doesn't have it."""

    criterion: str
    before: Outcome | None
    after: Outcome | None

    @property
    def rises(self) -> bool:
        return self.before is not None and self.after is not None and _RANK[self.after] > _RANK[self.before]

    @property
    def falls(self) -> bool:
        return self.before is not None and self.after is not None and _RANK[self.after] < _RANK[self.before]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two verdicts side by side. It rises or falls by its level, and within one level by its score."""

    before: Judged
    after: Judged
    criteria: tuple[Moved, ...]
    ideas_gained: tuple[str, ...]
    """Misconceptions that only the later verdict found."""
    ideas_lost: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(
            self.criteria
            or self.ideas_gained
            or self.ideas_lost
            or (self.before.level, self.before.score) != (self.after.level, self.after.score)
        )

    @property
    def rises(self) -> bool:
        return _worth(self.after) > _worth(self.before)

    @property
    def falls(self) -> bool:
        return _worth(self.after) < _worth(self.before)


def judged(verdict: Verdict) -> Judged:
    """What of a grader's verdict can differ."""
    return Judged(
        verdict.level,
        verdict.score,
        {one.id: one.outcome for one in verdict.criteria},
        frozenset(found.id for found in verdict.misconceptions),
    )


def difference(before: Judged, after: Judged) -> Difference:
    """Criteria in the later verdict's order, then those that only the earlier one has."""
    ids = dict.fromkeys((*after.outcomes, *before.outcomes))
    moved = (Moved(one, before.outcomes.get(one), after.outcomes.get(one)) for one in ids)
    return Difference(
        before,
        after,
        tuple(one for one in moved if one.before != one.after),
        tuple(sorted(after.misconceptions - before.misconceptions)),
        tuple(sorted(before.misconceptions - after.misconceptions)),
    )


def _worth(one: Judged) -> tuple[int, float]:
    return LEVEL_RANKS[one.level], one.score
