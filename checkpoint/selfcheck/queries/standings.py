"""How one learner stands at each question and each stage, by their latest judged attempts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from checkpoint.core.content.library import Library
from checkpoint.library import get_library
from checkpoint.prepared import Prepared
from checkpoint.selfcheck.models import Standing
from checkpoint.selfcheck.queries.judged import AS_TEXTS, ids_in, outcomes_in_order, required_ids

CLEARED_SHARE = 0.8
"""A stage is cleared with this share of its criteria met and every must-have among them."""


@dataclass(frozen=True, slots=True)
class QuestionStanding:
    """One learner, one question, the latest judged attempt."""

    question: str
    level: str
    met: int
    total: int
    outcomes: tuple[str, ...]
    misconceptions: tuple[str, ...]
    needs_review: bool
    confidence: int | None
    attempts: int
    attempt_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StageStanding:
    """How far a learner is with what belongs to one stage: cleared, begun or open."""

    stage: str
    state: str
    met: int
    total: int


@dataclass(frozen=True, slots=True)
class StageCriterion:
    """Where a required criterion stands in its question's outcomes."""

    question: str
    index: int
    must: bool


_COLUMNS = (
    "question",
    "level",
    "outcomes_text",
    "misconceptions_text",
    "needs_review",
    "confidence",
    "attempts",
    "attempt_id",
    "at",
)
_mine = Prepared(lambda user_id: _columns_of(Standing.objects.filter(user_id=user_id)))
"""Every page shows the learner's pipeline, so this query is compiled once."""


def standings_of(user_id: int) -> dict[str, QuestionStanding]:
    """By question slug, in the course's order. One query."""
    required = required_ids()
    mine = {
        question: _standing(question, required[question], *facts)
        for question, *facts in _mine.rows(user_id)
        if question in required
    }
    return {slug: mine[slug] for slug in required if slug in mine}


def _columns_of(standings: QuerySet[Standing]) -> QuerySet[Standing, tuple[Any, ...]]:
    return standings.annotate(**AS_TEXTS).values_list(*_COLUMNS)


def _standing(
    question: str,
    required: tuple[str, ...],
    level: str,
    outcomes: str,
    misconceptions: str,
    needs_review: bool,
    confidence: int | None,
    attempts: int,
    attempt_id: int,
    at: datetime,
) -> QuestionStanding:
    in_order, met = outcomes_in_order(outcomes, required)
    return QuestionStanding(
        question=question,
        level=level,
        met=met,
        total=len(in_order),
        outcomes=in_order,
        misconceptions=ids_in(misconceptions),
        needs_review=needs_review,
        confidence=confidence,
        attempts=attempts,
        attempt_id=attempt_id,
        at=at,
    )


def stage_standings(standings: Mapping[str, QuestionStanding]) -> tuple[StageStanding, ...]:
    """One for each stage, in the pipeline's order. No query."""
    return tuple(
        _stage_standing(stage, criteria, standings)
        for stage, criteria in criteria_by_stage(get_library()).items()
    )


def _stage_standing(
    stage: str, criteria: tuple[StageCriterion, ...], standings: Mapping[str, QuestionStanding]
) -> StageStanding:
    outcomes = {slug: standing.outcomes for slug, standing in standings.items()}
    met = sum(_is_met(criterion, outcomes) for criterion in criteria)
    answered = any(criterion.question in standings for criterion in criteria)
    state = "cleared" if is_cleared(criteria, outcomes) else "begun" if answered else "open"
    return StageStanding(stage, state, met, len(criteria))


def is_cleared(criteria: Collection[StageCriterion], outcomes: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether enough of a stage's criteria are met by the latest answers, and every must-have."""
    met = [_is_met(criterion, outcomes) for criterion in criteria]
    musts = all(is_met for criterion, is_met in zip(criteria, met, strict=True) if criterion.must)
    return bool(criteria) and musts and sum(met) >= CLEARED_SHARE * len(criteria)


def _is_met(criterion: StageCriterion, outcomes: Mapping[str, tuple[str, ...]]) -> bool:
    return criterion.question in outcomes and outcomes[criterion.question][criterion.index] == "met"


_by_stage: dict[str, dict[str, tuple[StageCriterion, ...]]] = {}


def criteria_by_stage(library: Library) -> dict[str, tuple[StageCriterion, ...]]:
    """The required criteria that belong to each stage; one without stages has its question's."""
    known = _by_stage.get(library.fingerprint)
    if known is None:
        known = {stage: tuple(_criteria_at(library, stage)) for stage in library.stages}
        _by_stage.clear()
        _by_stage[library.fingerprint] = known
    return known


def _criteria_at(library: Library, stage: str) -> Iterable[StageCriterion]:
    for slug, question in library.questions.items():
        for index, criterion in enumerate(question.required):
            if stage in (criterion.stages or question.stages):
                yield StageCriterion(slug, index, criterion.must)
