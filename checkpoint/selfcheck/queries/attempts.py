"""One learner's drafts and attempts, and one attempt as it was judged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.prepared import Prepared, PreparedFirst, Small
from checkpoint.selfcheck.decisions.counting import facts_of
from checkpoint.selfcheck.decisions.queries import appeals_on, decisions_on
from checkpoint.selfcheck.decisions.remarks import Remark, as_counted, remarks
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Draft
from checkpoint.selfcheck.queries.judged import ids_in, outcomes_by_id, what_counts
from checkpoint.selfcheck.result import Result, lay_out_result
from checkpoint.selfcheck.shown import Shown, shown_from_json

_draft = PreparedFirst(
    Draft, lambda user_id, question: Draft.objects.filter(user_id=user_id, question=question), int, str
)
_last = PreparedFirst(
    Attempt,
    lambda user_id, question: Attempt.objects.filter(user_id=user_id, question=question).order_by("-number"),
    int,
    str,
)
_numbered = PreparedFirst(
    Attempt,
    lambda user_id, question, number: Attempt.objects.filter(
        user_id=user_id, question=question, number=number
    ),
    int,
    str,
    Small,
)
_verdict = PreparedFirst(
    AttemptVerdict,
    lambda attempt_id: AttemptVerdict.objects.filter(attempt_id=attempt_id).order_by("-id"),
)


def draft_of(user_id: int, question: str) -> Draft | None:
    """One query, compiled once."""
    return _draft.first(user_id, question)


def drafted_questions(user_id: int) -> dict[str, datetime]:
    """When each of the learner's drafts was saved. One query."""
    return dict(Draft.objects.filter(user_id=user_id).values_list("question", "saved_at"))


def last_attempt(user_id: int, question: str) -> Attempt | None:
    """The learner's latest attempt at a question. One query, compiled once."""
    return _last.first(user_id, question)


def attempt_numbered(user_id: int, question: str, number: int) -> Attempt | None:
    """The learner's attempt of this number at a question. One query, compiled once."""
    return _numbered.first(user_id, question, number)


def last_answer(user_id: int, question: str) -> str:
    """The words of the learner's latest attempt, '' without one. One query."""
    last = last_attempt(user_id, question)
    return last.answer if last else ""


def attempt_of(user_id: int, question: str, attempt_id: int) -> Attempt | None:
    """The learner's own attempt only. One query."""
    return Attempt.objects.filter(pk=attempt_id, user_id=user_id, question=question).first()


ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def ordinal(number: int) -> str:
    """What the learner's n-th answer to a question is called.

    >>> ordinal(2), ordinal(14)
    ('Second attempt', 'Attempt 14')
    """
    return f"{ORDINALS[number - 1]} attempt" if number <= len(ORDINALS) else f"Attempt {number}"


@dataclass(frozen=True, slots=True)
class Judged:
    """An attempt's facts without its words; `level` is empty while it waits for its verdict."""

    attempt_id: int
    question: str
    number: int
    confidence: int | None
    at: datetime
    level: str
    outcomes: Mapping[str, str]
    misconceptions: tuple[str, ...]
    decided: bool = False
    """Whether a person decided something about it, which then counts."""

    @property
    def name(self) -> str:
        return ordinal(self.number)

    def required(self) -> tuple[str, ...]:
        """Outcomes of today's required criteria, in the rubric's order, as far as they were judged."""
        rubric = get_library().questions[self.question]
        return tuple(self.outcomes[c.id] for c in rubric.required if c.id in self.outcomes)


RECENT = 12
"""How many attempts at one question a page may need: what it lists and what that is compared with."""


def recent_attempts_at(user_id: int, question: str) -> tuple[Judged, ...]:
    """The learner's latest attempts at one question, oldest first. One query, compiled once."""
    return _judged(_recent.rows(user_id, question))


def _recent_facts(user_id: int, question: str) -> QuerySet[Attempt, tuple[Any, ...]]:
    mine = Attempt.objects.filter(user_id=user_id, question=question)
    newest = Subquery(mine.order_by("-number").values("number")[:1])
    return _facts_of(mine.filter(number__gt=newest - RECENT).order_by("number", "verdicts__id"))


_recent = Prepared(_recent_facts, int, str)


def attempts_by(user_id: int) -> tuple[Judged, ...]:
    """All attempts of a learner at today's questions, oldest first. One query."""
    known = tuple(get_library().questions)
    mine = Attempt.objects.filter(user_id=user_id, question__in=known)
    return _judged(_facts_of(mine.order_by("at", "id", "verdicts__id")))


def _facts_of(attempts: QuerySet[Attempt]) -> QuerySet[Attempt, tuple[Any, ...]]:
    return attempts.annotate(
        counts=Coalesce("counted__level", "verdicts__level"),
        outcomes_text=what_counts("outcomes"),
        misconceptions_text=what_counts("misconceptions"),
    ).values_list(
        "id",
        "question",
        "number",
        "confidence",
        "at",
        "counts",
        "outcomes_text",
        "misconceptions_text",
        "counted__id",
    )


def _judged(rows: Iterable[tuple[Any, ...]]) -> tuple[Judged, ...]:
    latest: dict[int, Judged] = {}
    for pk, question, number, confidence, at, level, outcomes, misconceptions, counted in rows:
        latest[pk] = Judged(
            pk,
            question,
            number,
            confidence,
            at,
            level or "",
            outcomes_by_id(outcomes or "{}"),
            ids_in(misconceptions or "[]"),
            counted is not None,
        )
    return tuple(latest.values())


def verdict_of(attempt_id: int) -> AttemptVerdict | None:
    """The verdict that counts: the last one given. One query, compiled once."""
    return _verdict.first(attempt_id)


def verdicts_for_review() -> QuerySet[AttemptVerdict]:
    """The verdicts that count and say that a person should look, their attempts with them."""
    later = AttemptVerdict.objects.filter(attempt=OuterRef("attempt"), pk__gt=OuterRef("pk"))
    return AttemptVerdict.objects.filter(~Exists(later), needs_review=True).select_related("attempt")


@dataclass(frozen=True, slots=True)
class KeptAttempt:
    """An attempt as its learner saw it; `verdict` is None while it waits for one."""

    attempt: Attempt
    question: Question
    verdict: AttemptVerdict | None
    result: Result | None
    shown: Shown | None = None
    """The verdict as the machine gave it, whatever people decided since."""


def kept_attempt(attempt_id: int) -> KeptAttempt | None:
    """Anybody's attempt at one of today's questions: who may see it is the caller's to know. Four queries."""
    library = get_library()
    attempt = Attempt.objects.filter(pk=attempt_id, question__in=tuple(library.questions)).first()
    if attempt is None:
        return None
    question, verdict = library.questions[attempt.question], verdict_of(attempt_id)
    if verdict is None:
        return KeptAttempt(attempt, question, None, None)
    result = lay_out_result(library, question, *counted_result(attempt, verdict))
    return KeptAttempt(attempt, question, verdict, result, shown_from_json(verdict.shown))


def counted_result(attempt: Attempt, verdict: AttemptVerdict) -> tuple[Shown, str, Mapping[str, Remark]]:
    """A verdict as it counts, the answer, and what people said about each criterion. Two queries."""
    decisions, appeals = decisions_on(attempt.pk), appeals_on(attempt.pk)
    shown = shown_from_json(verdict.shown)
    facts = facts_of(attempt.question, verdict, {name: one.outcome for name, one in decisions.items()})
    counted = as_counted(shown, facts, decisions, appeals)
    return counted, attempt.answer, remarks(shown, decisions, appeals, attempt.answer)
