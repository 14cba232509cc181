"""What counts of an attempt: its verdict, or the verdict with what people decided in it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from checkpoint.core.grading.decided import decided, still_open
from checkpoint.core.grading.difference import Judged
from checkpoint.core.grading.verdict import Level, Outcome
from checkpoint.library import get_library
from checkpoint.selfcheck.models import AttemptVerdict, DecisionOutcome

IDEA_OUTCOMES = (DecisionOutcome.ABSENT, DecisionOutcome.HELD)
"""What may be decided of a misconception; the others are for criteria."""


@dataclass(frozen=True, slots=True)
class Facts:
    """As the rows keep them: outcomes in the verdict's order, misconceptions as ids."""

    level: str
    score: float
    outcomes: Mapping[str, str]
    misconceptions: list[str]
    needs_review: bool
    decided: list[str]

    def as_fields(self) -> dict[str, Any]:
        return asdict(self)


def facts_of(slug: str, verdict: AttemptVerdict, outcomes: Mapping[str, str]) -> Facts:
    """A verdict with what people decided, criterion by criterion; the verdict as it is without."""
    question = get_library().questions.get(slug)
    if question is None or not outcomes:
        return Facts(
            verdict.level,
            verdict.score,
            verdict.outcomes,
            verdict.misconceptions,
            verdict.needs_review,
            sorted(outcomes),
        )
    ideas = {name: one == DecisionOutcome.HELD for name, one in outcomes.items() if one in IDEA_OUTCOMES}
    said = {name: Outcome(one) for name, one in outcomes.items() if one not in IDEA_OUTCOMES}
    machine = judged_of(verdict)
    counted = decided(question, machine, said, ideas)
    kept = [name for name in verdict.misconceptions if name in counted.misconceptions]
    waiting = still_open(machine, {c.id for c in question.required}, verdict.needs_review, outcomes.keys())
    return Facts(
        counted.level.value,
        counted.score,
        {name: outcome.value for name, outcome in counted.outcomes.items()},
        kept + sorted(counted.misconceptions - set(kept)),
        bool(waiting),
        sorted(outcomes),
    )


def judged_of(verdict: AttemptVerdict) -> Judged:
    """A kept verdict as one that can be compared."""
    return Judged(
        Level(verdict.level),
        verdict.score,
        {name: Outcome(outcome) for name, outcome in verdict.outcomes.items()},
        frozenset(verdict.misconceptions),
    )
