"""What grading returns: a verdict per criterion with evidence, wrong ideas found, a level."""

from dataclasses import dataclass
from enum import StrEnum

from checkpoint.core.grading.rubric import Criterion, Rubric


class Outcome(StrEnum):
    """How an answer stands to one criterion."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
    UNSCORED = "unscored"


class Level(StrEnum):
    """How an answer stands as a whole."""

    READY = "ready"
    ALMOST = "almost"
    REVISIT = "revisit"


Span = tuple[int, int]
"""Code-point offsets [start, end) into the answer exactly as given."""


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """`guess` is the likeliest outcome where `outcome` is UNSCORED, else equal to it.

    `reason` is a code from `reasons.py`; `matched` the phrasing or example that decided.
    """

    id: str
    outcome: Outcome
    guess: Outcome
    confidence: float
    evidence: tuple[Span, ...] = ()
    reason: str = ""
    matched: str = ""


@dataclass(frozen=True, slots=True)
class MisconceptionFound:
    id: str
    confidence: float
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is 0..100 of the required criteria's weights; partial counts half."""

    level: Level
    score: float
    criteria: tuple[CriterionVerdict, ...]
    misconceptions: tuple[MisconceptionFound, ...]
    needs_review: bool
    grader: str


_WORTH = {Outcome.MET: 1.0, Outcome.PARTIAL: 0.5}
READY_FROM = 70.0
ALMOST_FROM = 45.0


def weight_of(rubric: Rubric, criterion: Criterion) -> float:
    """A criterion's share of 100; those without a weight share equally what the others leave."""
    if criterion.bonus:
        return 0.0
    total = sum(c.weight for c in rubric.required if c.weight is not None)
    unweighted = sum(1 for c in rubric.required if c.weight is None)
    rest = max(0.0, 100.0 - total) / unweighted if unweighted else 0.0
    own = rest if criterion.weight is None else criterion.weight
    whole = total + rest * unweighted
    return 100.0 * own / whole if whole else 0.0


def score_of(rubric: Rubric, criteria: tuple[CriterionVerdict, ...]) -> float:
    """0..100 of the required criteria's weights; partial counts half, anything undecided nothing."""
    outcomes = {verdict.id: verdict.outcome for verdict in criteria}
    earned = sum(weight_of(rubric, c) * _WORTH.get(outcomes[c.id], 0.0) for c in rubric.required)
    return round(earned, 1)


def level_of(
    rubric: Rubric,
    score: float,
    criteria: tuple[CriterionVerdict, ...],
    misconceptions: tuple[MisconceptionFound, ...],
) -> Level:
    """Ready needs the score, every must-have met and no critical misconception."""
    met = {verdict.id for verdict in criteria if verdict.outcome is Outcome.MET}
    found = {one.id for one in misconceptions}
    critical = any(
        m.critical and m.id in found and not met & set(m.excused_by) for m in rubric.misconceptions
    )
    if score >= READY_FROM and all(c.id in met for c in rubric.required if c.must) and not critical:
        return Level.READY
    return Level.ALMOST if score >= ALMOST_FROM else Level.REVISIT


def summed_up(
    rubric: Rubric,
    criteria: tuple[CriterionVerdict, ...],
    misconceptions: tuple[MisconceptionFound, ...],
    needs_review: bool,
    grader: str,
) -> Verdict:
    """The verdict on a whole answer."""
    score = score_of(rubric, criteria)
    level = level_of(rubric, score, criteria, misconceptions)
    return Verdict(level, score, criteria, misconceptions, needs_review, grader)
