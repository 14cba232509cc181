"""Which verdicts are not those of today's rubric and grader, and what was checked again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from checkpoint.library import get_library
from checkpoint.prepared import Prepared
from checkpoint.selfcheck.decisions.queries import outcomes_decided
from checkpoint.selfcheck.models import AttemptVerdict, Standing
from checkpoint.selfcheck.queries.crowd import Learners
from checkpoint.selfcheck.rechecks.served import Served
from checkpoint.selfcheck.rechecks.telling import Rechecked, Verdict

_LATER = AttemptVerdict.objects.filter(attempt=OuterRef("attempt"), pk__gt=OuterRef("pk"))


def _counting(learners: Learners) -> QuerySet[AttemptVerdict]:
    """The verdict that counts of each learner's latest judged attempt at each question."""
    attempts = Standing.objects.filter(user_id__in=learners).values("attempt_id")
    return AttemptVerdict.objects.filter(~Exists(_LATER), attempt__in=attempts)


class Judged(NamedTuple):
    """So many latest verdicts on a question were given by this rubric, grader and course."""

    question: str
    rubric: str
    grader: str
    content: str
    verdicts: int


def judged_by(learners: Learners) -> list[Judged]:
    """By what the verdicts that count were given. One query."""
    of = ("attempt__question", "rubric", "grader", "content")
    return [Judged(*row) for row in _counting(learners).values_list(*of).annotate(Count("id")).order_by(*of)]


class Checkable(NamedTuple):
    """A verdict of another rubric or grader than today's."""

    verdict_id: int
    question: str


def to_check(learners: Learners, questions: Iterable[str], served: Served) -> list[Checkable]:
    """Same answers to the same question next to each other: each text is judged once. One query."""
    found = _counting(learners).filter(attempt__question__in=tuple(questions))
    rows = found.order_by("attempt__question", "attempt__answer", "id")
    return [
        Checkable(pk, question)
        for pk, question, rubric, grader in rows.values_list("id", "attempt__question", "rubric", "grader")
        if not served.is_current(question, rubric, grader)
    ]


def latest_verdicts(verdict_ids: Iterable[int]) -> dict[int, AttemptVerdict]:
    """Those of them that count still, their attempts with them. One query."""
    found = AttemptVerdict.objects.filter(~Exists(_LATER), pk__in=tuple(verdict_ids))
    return {verdict.pk: verdict for verdict in found.select_related("attempt").defer("shown")}


def with_answers(verdict_ids: Iterable[int]) -> dict[int, AttemptVerdict]:
    """Verdicts as shown, with the answers they are about. One query."""
    found = AttemptVerdict.objects.filter(pk__in=tuple(verdict_ids))
    return {verdict.pk: verdict for verdict in found.select_related("attempt")}


# --- Told to the learner ---------------------------------------------------------------

_COLUMNS = ("recheck", "rubric", "grader", "level", "score", "outcomes", "misconceptions", "at")


def rechecks_of(question: str, attempt_id: int) -> tuple[Rechecked, ...]:
    """What each re-check of an attempt changed, the latest first. Two queries."""
    rows = AttemptVerdict.objects.filter(attempt_id=attempt_id).order_by("id").values_list(*_COLUMNS)
    decided = outcomes_decided([attempt_id])
    return _rechecked(question, attempt_id, [Verdict(*row) for row in rows], decided)


def _recent_rows(user_id: int, since: datetime) -> QuerySet[AttemptVerdict, Any]:
    again = AttemptVerdict.objects.filter(attempt__user_id=user_id, at__gte=since).exclude(recheck="")
    told = AttemptVerdict.objects.filter(attempt__in=again.values("attempt_id"))
    return told.order_by("attempt_id", "id").values_list("attempt__question", "attempt_id", "id")


_recent = Prepared(_recent_rows, int, datetime)


def rechecked_since(user_id: int, since: datetime) -> tuple[Rechecked, ...]:
    """What re-checks changed for a learner, the latest first. One query, three where there was any."""
    rows = _recent.rows(user_id, since)
    if not rows:
        return ()
    facts = {
        pk: Verdict(*rest)
        for pk, *rest in AttemptVerdict.objects.filter(pk__in=[row[2] for row in rows]).values_list(
            "id", *_COLUMNS
        )
    }
    by_attempt: dict[tuple[str, int], list[Verdict]] = {}
    for question, attempt_id, pk in rows:
        by_attempt.setdefault((question, attempt_id), []).append(facts[pk])
    decided = outcomes_decided(attempt_id for _, attempt_id in by_attempt)
    found = [
        change
        for (question, attempt_id), verdicts in by_attempt.items()
        for change in _rechecked(question, attempt_id, verdicts, decided)
        if change.at >= since
    ]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True))


def _rechecked(
    question: str, attempt_id: int, verdicts: list[Verdict], decided: Mapping[int, Mapping[str, str]]
) -> tuple[Rechecked, ...]:
    rubric = get_library().questions.get(question)
    if rubric is None:
        return ()
    mine = decided.get(attempt_id, {}).keys()
    pairs = (pair for pair in pairwise(verdicts) if pair[1].recheck)
    changes = (Rechecked.between(rubric, attempt_id, *pair, mine) for pair in pairs)
    return tuple(reversed([change for change in changes if change]))
