"""Reads of appeals and decisions; each states how many queries it costs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from checkpoint.prepared import Prepared
from checkpoint.selfcheck.models import Appeal, Decision, Standing

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that counts for one criterion of an attempt; `by` is empty where the person is gone."""

    id: int
    criterion: str
    outcome: str
    machine: str
    guess: str
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal that wasn't withdrawn."""

    id: int
    criterion: str
    start: int | None
    end: int | None
    note: str
    at: datetime


Learners = QuerySet[Any, Any] | Collection[int]
"""User ids, as a query of one column where they are many."""

_APPEALED = ("id", "criterion", "start", "end", "note", "at")
_DECIDED = ("id", "criterion", "outcome", "machine", "guess", "comment", "by__name", "by__email", "at")
_on_attempt = Prepared(
    lambda attempt_id: (
        Decision.objects.filter(verdict__attempt_id=attempt_id).order_by("id").values_list(*_DECIDED)
    )
)
_appeals = Prepared(
    lambda attempt_id: (
        Appeal.objects.filter(verdict__attempt_id=attempt_id, withdrawn_at=None)
        .order_by("id")
        .values_list(*_APPEALED)
    )
)


def decisions_on(attempt_id: int) -> dict[str, Decided]:
    """The decision that counts for each criterion, by its id. One query, compiled once."""
    return {row[1]: _decided(*row) for row in _on_attempt.rows(attempt_id)}


def appeals_on(attempt_id: int) -> dict[str, Appealed]:
    """The latest by criterion, whichever verdict they are about. One query, compiled once."""
    return {row[1]: Appealed(*row) for row in _appeals.rows(attempt_id)}


def _decided(*row: Any) -> Decided:
    pk, criterion, outcome, machine, guess, comment, name, email, at = row
    by = name or (email or "").partition("@")[0]
    return Decided(pk, criterion, outcome, machine, guess, comment, by, at)


# --- For the learner ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnMine:
    """A decision about one of the learner's own answers."""

    attempt_id: int
    question: str
    number: int
    decided: Decided


def decisions_about(user_id: int, questions: Iterable[str]) -> tuple[OnMine, ...]:
    """Those that count, the latest first, as many as a page lists. One query."""
    rows = _about(user_id, questions).values_list(*_MINE, *_DECIDED)[: 3 * MOST_LISTED]
    latest: dict[tuple[int, str], OnMine] = {}
    for attempt_id, question, number, *row in rows:
        latest.setdefault((attempt_id, row[1]), OnMine(attempt_id, question, number, _decided(*row)))
    return tuple(latest.values())[:MOST_LISTED]


_MINE = ("verdict__attempt_id", "verdict__attempt__question", "verdict__attempt__number")
_unread = Prepared(
    lambda user_id: (
        Decision.objects.filter(verdict__attempt__user_id=user_id)
        .annotate(seen=Coalesce(F("verdict__attempt__decisions_read__last"), 0))
        .filter(id__gt=F("seen"))
        .order_by("-id")
        .values_list(*_MINE, *_DECIDED)
    )
)


def unread_decisions(user_id: int, questions: Iterable[str]) -> tuple[OnMine, ...]:
    """What people decided since the learner last looked, one for each answer, the latest first.

    One query, compiled once: the overview asks.
    """
    known = set(questions)
    latest: dict[int, OnMine] = {}
    for attempt_id, question, number, *row in _unread.rows(user_id):
        if question in known:
            latest.setdefault(attempt_id, OnMine(attempt_id, question, number, _decided(*row)))
    return tuple(latest.values())


def _about(user_id: int, questions: Iterable[str]) -> QuerySet[Decision]:
    mine = Q(verdict__attempt__user_id=user_id, verdict__attempt__question__in=tuple(questions))
    return Decision.objects.filter(mine).order_by("-id")


# --- For counting --------------------------------------------------------------------


def outcomes_decided(attempt_ids: Iterable[int] | None = None) -> dict[int, dict[str, str]]:
    """What counts by attempt and criterion, of some attempts or of all. One query."""
    rows = Decision.objects.order_by("id")
    if attempt_ids is not None:
        rows = rows.filter(verdict__attempt_id__in=tuple(attempt_ids))
    found: dict[int, dict[str, str]] = {}
    for attempt_id, criterion, outcome in rows.values_list("verdict__attempt_id", "criterion", "outcome"):
        found.setdefault(attempt_id, {})[criterion] = outcome
    return found


def open_appeals(appeals: Mapping[str, Appealed], decisions: Mapping[str, Decided]) -> dict[str, Appealed]:
    """Those about which nobody has decided. No query."""
    return {name: one for name, one in appeals.items() if name not in decisions}


# --- For reviewers -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Undecided:
    """A learner's latest answer with something in it that waits for a person, without who wrote it."""

    attempt_id: int
    question: str
    answer: str
    at: datetime
    outcomes: Mapping[str, str]
    """What counts by now, by criterion."""
    misconceptions: tuple[str, ...]
    is_flagged: bool
    decided: frozenset[str]
    """Criteria and misconceptions that a person decided already."""


def undecided_answers(learners: Learners, questions: Iterable[str]) -> tuple[Undecided, ...]:
    """Of the latest answers of these learners. One query."""
    appealed = Appeal.objects.filter(verdict__attempt=OuterRef("attempt"), withdrawn_at=None)
    waiting = Standing.objects.filter(user_id__in=learners, question__in=tuple(questions))
    rows = waiting.filter(Q(needs_review=True) | Exists(appealed)).values_list(
        "attempt_id",
        "question",
        "attempt__answer",
        "at",
        "outcomes",
        "misconceptions",
        "needs_review",
        "attempt__counted__decided",
    )
    return tuple(
        Undecided(attempt_id, question, answer, at, outcomes, tuple(ideas), flagged, frozenset(decided or ()))
        for attempt_id, question, answer, at, outcomes, ideas, flagged, decided in rows
    )


def appeals_of(learners: Learners) -> dict[int, dict[str, Appealed]]:
    """Appeals about the latest answers of these learners, by attempt and criterion. One query."""
    latest = Standing.objects.filter(user_id__in=learners).values("attempt_id")
    rows = Appeal.objects.filter(verdict__attempt__in=latest, withdrawn_at=None).order_by("id")
    found: dict[int, dict[str, Appealed]] = {}
    for attempt_id, *row in rows.values_list("verdict__attempt_id", *_APPEALED):
        found.setdefault(attempt_id, {})[row[1]] = Appealed(*row)
    return found


def appealed_words(learners: Learners, attempt_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The words that these learners marked in these attempts, by attempt and criterion. One query."""
    rows = Appeal.objects.filter(
        verdict__attempt__in=tuple(attempt_ids), verdict__attempt__user_id__in=learners, start__isnull=False
    ).values_list("verdict__attempt_id", "criterion", "verdict__attempt__answer", "start", "end")
    return {(attempt_id, name): answer[start:end].strip() for attempt_id, name, answer, start, end in rows}


@dataclass(frozen=True, slots=True)
class Ruled:
    """One decision with what reviewers tell each other about it."""

    id: int
    attempt_id: int
    question: str
    verdict_id: int
    criterion: str
    outcome: str
    machine: str
    guess: str
    blind: bool
    comment: str
    note: str
    by_id: int | None
    by: str
    at: datetime


_RULED = (
    "id",
    "verdict__attempt_id",
    "verdict__attempt__question",
    "verdict_id",
    "criterion",
    "outcome",
    "machine",
    "guess",
    "blind",
    "comment",
    "note",
    "by_id",
    "by__name",
    "by__email",
    "at",
)


def rulings_on(attempt_ids: Iterable[int]) -> tuple[Ruled, ...]:
    """Every decision on these attempts, the earliest first. One query."""
    return _ruled(Decision.objects.filter(verdict__attempt_id__in=tuple(attempt_ids)).order_by("id"))


def rulings_about(learners: Learners, questions: Iterable[str]) -> QuerySet[Decision]:
    """Decisions on any answers of these learners, the latest first; to be narrowed and paged."""
    given = Q(verdict__attempt__user_id__in=learners, verdict__attempt__question__in=tuple(questions))
    return Decision.objects.filter(given).order_by("-id")


def ruled(decisions: QuerySet[Decision]) -> tuple[Ruled, ...]:
    """One query."""
    return _ruled(decisions)


def _ruled(decisions: QuerySet[Decision]) -> tuple[Ruled, ...]:
    rows: Iterable[Any] = decisions.values_list(*_RULED)
    return tuple(_ruling(*row) for row in rows)


def _ruling(*row: Any) -> Ruled:
    *facts, name, email, at = row
    named: dict[str, Any] = dict(zip(Ruled.__slots__, facts, strict=False))
    return Ruled(**named, by=name or (email or "").partition("@")[0], at=at)


class Agreed(NamedTuple):
    """How often people decided one thing where the grader thought another likeliest."""

    question: str
    criterion: str
    outcome: str
    machine: str
    guess: str
    blind: bool
    decisions: int


def agreement_counts(learners: Learners, questions: Iterable[str]) -> tuple[Agreed, ...]:
    """The decisions that count, about any answers of these learners. One query."""
    later = Decision.objects.filter(
        verdict__attempt=OuterRef("verdict__attempt"), criterion=OuterRef("criterion"), pk__gt=OuterRef("pk")
    )
    counted = rulings_about(learners, questions).filter(~Exists(later)).order_by()
    grouped = counted.values_list(
        "verdict__attempt__question", "criterion", "outcome", "machine", "guess", "blind"
    )
    return tuple(Agreed(*row) for row in grouped.annotate(Count("id")))
