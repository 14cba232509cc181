"""Verdicts given anew and taken back: always new rows, so that every earlier one stays as it was."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from checkpoint.core.content.types import Question
from checkpoint.selfcheck.actions import count_attempts, judge
from checkpoint.selfcheck.models import Attempt, AttemptVerdict
from checkpoint.selfcheck.rechecks.queries import latest_verdicts
from checkpoint.selfcheck.rechecks.served import Served

FACTS = (
    *("grader", "rubric", "content", "level", "score"),
    *("outcomes", "misconceptions", "needs_review", "shown"),
)
"""What a verdict says; the rest is whose it is and when and why it was given."""


@dataclass(frozen=True, slots=True)
class Anew:
    """A verdict to be given in place of one: `facts` as `judge_anew` made them."""

    before: int
    """Id of the verdict it was compared with."""
    facts: dict[str, Any]


def judge_anew(question: Question, answer: str, served: Served) -> dict[str, Any]:
    """The facts of the verdict this answer would get now, ready for JSON. Stores nothing."""
    verdict, shown = judge(question, answer)
    return {
        "grader": verdict.grader,
        "rubric": served.rubrics[question.slug],
        "content": served.content,
        "level": verdict.level.value,
        "score": shown.score,
        "outcomes": shown.outcomes,
        "misconceptions": [found.id for found in verdict.misconceptions],
        "needs_review": verdict.needs_review,
        "shown": shown.as_json(),
    }


def give_anew(anew: Collection[Anew], *, recheck: str, at: datetime) -> dict[int, AttemptVerdict]:
    """The verdicts given, by the id of the one each replaces; a learner judged again meanwhile keeps that."""
    with transaction.atomic():
        latest = _latest_locked(one.before for one in anew)
        rows = [
            AttemptVerdict(attempt=latest[one.before].attempt, recheck=recheck, at=at, **one.facts)
            for one in anew
            if one.before in latest
        ]
        given = _given(rows)
    replaced = {verdict.attempt_id: before for before, verdict in latest.items()}
    return {replaced[verdict.attempt_id]: verdict for verdict in given}


def take_back(given: Iterable[tuple[int, int]], *, recheck: str, at: datetime) -> set[int]:
    """Let the earlier of each pair count again in place of the later, by a copy; gives the ids replaced."""
    earlier = {later: before for before, later in given}
    with transaction.atomic():
        latest = _latest_locked(earlier)
        kept = AttemptVerdict.objects.in_bulk([earlier[later] for later in latest])
        _given(
            [
                AttemptVerdict(
                    attempt=verdict.attempt,
                    recheck=recheck,
                    at=at,
                    **{fact: getattr(kept[earlier[later]], fact) for fact in FACTS},
                )
                for later, verdict in latest.items()
            ]
        )
    return set(latest)


def _latest_locked(verdict_ids: Iterable[int]) -> dict[int, AttemptVerdict]:
    """Those that count still, while nobody else can judge or decide about their attempts."""
    ids = tuple(verdict_ids)
    attempts = Attempt.objects.select_for_update().filter(verdicts__in=ids)
    list(attempts.order_by("pk").values_list("pk", flat=True))
    return latest_verdicts(ids)


def _given(rows: list[AttemptVerdict]) -> list[AttemptVerdict]:
    given = AttemptVerdict.objects.bulk_create(rows)
    count_attempts(given)
    return given
