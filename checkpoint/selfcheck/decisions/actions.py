"""Every write about appeals and decisions; what counts moves on with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from checkpoint.core.grading.verdict import Span
from checkpoint.selfcheck.actions import count_attempt
from checkpoint.selfcheck.decisions.counting import IDEA_OUTCOMES
from checkpoint.selfcheck.models import (
    Appeal,
    Attempt,
    AttemptVerdict,
    Decision,
    DecisionOutcome,
    DecisionsRead,
)


class DecidedMeanwhileError(Exception):
    """Somebody else decided since the reviewer was shown the answer; `decisions` are theirs."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        super().__init__(f"{len(decisions)} decided meanwhile")
        self.decisions = tuple(decisions)


# --- Appeals ------------------------------------------------------------------------


def appeal(
    *,
    verdict: AttemptVerdict,
    criterion: str,
    span: Span | None,
    note: str,
    at: datetime | None = None,
) -> Appeal | None:
    """None where there is one already: a form sent twice is one appeal."""
    start, end = span or (None, None)
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                verdict=verdict,
                criterion=criterion,
                start=start,
                end=end,
                note=note,
                at=at or timezone.now(),
            )
    except IntegrityError:
        return None


def withdraw_appeal(*, attempt: Attempt, criterion: str, at: datetime | None = None) -> bool:
    """The learner takes it back; false where nothing was open."""
    mine = Appeal.objects.filter(verdict__attempt=attempt, criterion=criterion, withdrawn_at=None)
    return bool(mine.update(withdrawn_at=at or timezone.now()))


# --- Decisions ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a reviewer decides about one criterion of one attempt.

    `known` is the latest decision on the attempt that they were shown, 0 for none.
    """

    attempt_id: int
    criterion: str
    outcome: str
    known: int = 0
    blind: bool = False
    comment: str = ""
    note: str = ""


@transaction.atomic
def record_decisions(*, by_id: int, rulings: Sequence[Ruling], at: datetime | None = None) -> list[Decision]:
    """All of them or, where somebody else was faster about any, none: raises DecidedMeanwhileError."""
    attempts = Attempt.objects.select_for_update().in_bulk({one.attempt_id for one in rulings})
    _refuse_unseen(rulings)
    verdicts = _latest_verdicts(attempts)
    made = [_decision(by_id, one, verdicts[one.attempt_id], at or timezone.now()) for one in rulings]
    for one in made:
        one.save()
    for attempt_id in dict.fromkeys(one.attempt_id for one in rulings):
        count_attempt(attempt=attempts[attempt_id], verdict=verdicts[attempt_id])
    return made


def _refuse_unseen(rulings: Sequence[Ruling]) -> None:
    known = {(one.attempt_id, one.criterion): one.known for one in rulings}
    latest = {
        (one.verdict.attempt_id, one.criterion): one
        for one in Decision.objects.filter(verdict__attempt_id__in={r.attempt_id for r in rulings})
        .select_related("verdict", "by")
        .defer("verdict__shown")
        .order_by("id")
    }
    unseen = [one for place, one in latest.items() if place in known and one.pk > known[place]]
    if unseen:
        raise DecidedMeanwhileError(unseen)


def _latest_verdicts(attempts: dict[int, Attempt]) -> dict[int, AttemptVerdict]:
    given = AttemptVerdict.objects.filter(attempt__in=attempts).select_related("attempt").order_by("id")
    return {verdict.attempt_id: verdict for verdict in given}


def _decision(by_id: int, ruling: Ruling, verdict: AttemptVerdict, at: datetime) -> Decision:
    machine, guess = _machines(verdict, ruling)
    return Decision(
        verdict=verdict,
        criterion=ruling.criterion,
        outcome=ruling.outcome,
        machine=machine,
        guess=guess,
        blind=ruling.blind,
        comment=ruling.comment,
        note=ruling.note,
        by_id=by_id,
        at=at,
    )


def _machines(verdict: AttemptVerdict, ruling: Ruling) -> tuple[str, str]:
    """What the grader said, and what it thought likeliest."""
    if ruling.outcome in IDEA_OUTCOMES:
        held = ruling.criterion in verdict.misconceptions
        said = (DecisionOutcome.HELD if held else DecisionOutcome.ABSENT).value
        return said, said
    found = next(one for one in verdict.shown["criteria"] if one["id"] == ruling.criterion)
    return found["outcome"], found["guess"] or found["outcome"]


def mark_decisions_read(*, attempt: Attempt) -> None:
    """The learner has the attempt's page before them, with every decision made so far."""
    last = Decision.objects.filter(verdict__attempt=attempt).aggregate(last=Max("id"))["last"]
    if last and not DecisionsRead.objects.filter(attempt=attempt, last=last).exists():
        DecisionsRead.objects.update_or_create(attempt=attempt, defaults={"last": last})
