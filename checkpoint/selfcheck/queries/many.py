"""Everybody's answers and levels, for whoever lists them: reviews, exports, assignments."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Max
from django.db.models.functions import Coalesce

from checkpoint.selfcheck.models import Attempt, Standing
from checkpoint.selfcheck.queries.crowd import Learners
from checkpoint.selfcheck.queries.judged import ids_in, outcomes_by_id, what_counts
from checkpoint.selfcheck.shown import Shown, shown_from_json


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of a judged attempt and its latest verdict, without who wrote it."""

    attempt_id: int
    question: str
    answer: str
    verdict_id: int


def answers_among(
    learners: Learners, attempt_ids: Collection[int] = (), *, question: str = ""
) -> dict[int, Answer]:
    """These learners' attempts by id: those named, or the latest of each to one question. One query."""
    given = Attempt.objects.filter(user_id__in=learners, verdicts__isnull=False)
    if question:
        latest = Standing.objects.filter(user_id__in=learners, question=question)
        given = given.filter(pk__in=latest.values("attempt_id"))
    else:
        given = given.filter(pk__in=tuple(attempt_ids))
    rows = given.order_by("pk").values_list("pk", "question", "answer").annotate(Max("verdicts__id"))
    return {row[0]: Answer(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One attempt with its words and what counts: the latest verdict with what people decided in it."""

    attempt_id: int
    user_id: int
    question: str
    number: int
    at: datetime
    confidence: int | None
    answer: str
    level: str
    score: float | None
    outcomes: Mapping[str, str]
    misconceptions: tuple[str, ...]
    needs_review: bool
    decided: tuple[str, ...]
    """Ids of the criteria and misconceptions that a person decided."""
    grader: str
    rubric: str
    """Fingerprint of the rubric that judged it."""
    content: str
    """Fingerprint of the course that was served."""
    shown: Shown | None
    """As the grader alone had it."""


_ANSWERED = ("id", "user_id", "question", "number", "at", "confidence", "answer")
_COUNTED_AS: tuple[str | Coalesce, ...] = (
    *(Coalesce(f"counted__{name}", f"verdicts__{name}") for name in ("level", "score")),
    *(what_counts(name) for name in ("outcomes", "misconceptions")),
    Coalesce("counted__needs_review", "verdicts__needs_review"),
    "counted__decided",
)
_JUDGED_AS = ("grader", "rubric", "content", "shown")


def answers_of_many(user_ids: Iterable[int]) -> Iterator[AnswerRow]:
    """Every attempt of these learners, by learner, question and number, a few at a time. One query."""
    rows = (
        Attempt.objects.filter(user_id__in=tuple(user_ids))
        .order_by("user_id", "question", "number", "verdicts__id")
        .values_list(*_ANSWERED, *_COUNTED_AS, *(f"verdicts__{name}" for name in _JUDGED_AS))
    )
    for _, verdicts in groupby(rows.iterator(chunk_size=500), key=itemgetter(0)):
        yield _answer_row(*list(verdicts)[-1])


def _answer_row(*row: Any) -> AnswerRow:
    answered, counted, (grader, rubric, content, shown) = row[:7], row[7:13], row[13:]
    attempt_id, user_id, question, number, at, confidence, answer = answered
    level, score, outcomes, misconceptions, needs_review, decided = counted
    return AnswerRow(
        attempt_id=attempt_id,
        user_id=user_id,
        question=question,
        number=number,
        at=at,
        confidence=confidence,
        answer=answer,
        level=level or "",
        score=score,
        outcomes=outcomes_by_id(outcomes or "{}"),
        misconceptions=ids_in(misconceptions or "[]"),
        needs_review=bool(needs_review),
        decided=tuple(decided or ()),
        grader=grader or "",
        rubric=rubric or "",
        content=content or "",
        shown=shown_from_json(shown) if shown else None,
    )


class LevelRow(NamedTuple):
    """How one learner stands at one question, for a list of everybody."""

    user_id: int
    question: str
    level: str
    outcomes: Mapping[str, str]
    attempts: int


def levels_of_many(user_ids: Iterable[int]) -> Iterator[LevelRow]:
    """One query."""
    rows = Standing.objects.filter(user_id__in=tuple(user_ids)).values_list(
        "user_id", "question", "level", "outcomes", "attempts"
    )
    return (LevelRow(*row) for row in rows.iterator(chunk_size=2000))


def first_answered(learners: Learners, questions: Iterable[str]) -> Iterable[tuple[int, str, datetime]]:
    """(user id, question, when they first answered it). One query."""
    given = Attempt.objects.filter(user_id__in=learners, question__in=tuple(questions), number=1)
    return given.values_list("user_id", "question", "at")
