"""How a crowd of learners stands: one read, from which the rest follows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from checkpoint.prepared import as_text, time_in
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Confidence, Standing
from checkpoint.selfcheck.queries.judged import AS_TEXTS, ids_in, outcomes_in_order, required_ids

Learners = QuerySet[Any, Any] | Collection[int]
"""User ids; as a query of one column they are asked for within ours, so that a crowd makes no long list."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """How an answer to a question stands, whoever gave it; a cohort's many answers share a few of them."""

    question: str
    met: int
    outcomes: tuple[str, ...]
    misconceptions: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.outcomes)


class Latest(NamedTuple):
    """One learner's latest judged answer to one question."""

    judgement: Judgement
    attempt_id: int


class Alike(NamedTuple):
    """How many latest answers are judged in one way, and two of them, which may be the same."""

    learners: int
    latest: int
    first: int


def total_rows(learners: Learners, questions: Collection[str]) -> QuerySet[Standing, tuple[Any, ...]]:
    """The query for how many of these questions each learner cleared, and when they last answered."""
    cleared = Count("id", filter=Q(level="ready", question__in=questions))
    found = Standing.objects.filter(user_id__in=learners)
    return found.values_list("user_id").annotate(cleared=cleared, last=Max("at"))


def answer_rows(
    learners: Learners, earlier: datetime, later: datetime
) -> QuerySet[Attempt, tuple[bool, int]]:
    """The query for how many answers these learners gave since the later time, and between the two."""
    given = Attempt.objects.filter(user_id__in=learners, at__gte=earlier)
    return given.annotate(is_later=Q(at__gte=later)).values_list("is_later").annotate(Count("id"))


class Certain(NamedTuple):
    """A latest answer that says something wrong, given by somebody who was certain of it."""

    judgement: Judgement
    user_id: int
    attempt_id: int


class Tried(NamedTuple):
    """A question that somebody answered more than once and hasn't cleared."""

    judgement: Judgement
    user_id: int
    attempt_id: int
    attempts: int
    earlier: tuple[int, ...]
    """How many criteria the one or two answers before met, the nearer first."""


def _outcomes_at(back: int) -> Subquery:
    """Outcomes of the answer so many before the latest."""
    wanted = AttemptVerdict.objects.filter(
        attempt__user_id=OuterRef("user_id"),
        attempt__question=OuterRef("question"),
        attempt__number=OuterRef("attempts") - back,
    )
    return _last_outcomes(wanted.order_by("-id"))


def _last_outcomes(verdicts: QuerySet[AttemptVerdict]) -> Subquery:
    """With what people decided in it."""
    counted = Cast("attempt__counted__outcomes", TextField())
    return Subquery(verdicts.values(text=Coalesce(counted, Cast("outcomes", TextField())))[:1])


class Moved(NamedTuple):
    """A standing that a later answer changed; `then` is what stood before, nothing without an answer."""

    user_id: int
    question: str
    level: str
    met: int
    level_then: str
    met_then: int


def crowd_rows(learners: Learners, since: datetime) -> QuerySet[Standing, tuple[Any, ...]]:
    """The query whose rows a Crowd takes. What stood before is looked up where somebody asks for it alone."""
    tried = Q(attempts__gte=2) & ~Q(level="ready")
    then = AttemptVerdict.objects.filter(
        attempt__user_id=OuterRef("user_id"),
        attempt__question=OuterRef("question"),
        attempt__at__lt=since,
    ).order_by("-attempt__number", "-id")
    level_then = Subquery(then.values(counts=Coalesce("attempt__counted__level", "level"))[:1])
    outcomes_then = Coalesce(_last_outcomes(then), Value("{}", TextField()))
    return (
        Standing.objects.filter(user_id__in=learners)
        .annotate(**AS_TEXTS, at_text=as_text("at"))
        .annotate(
            before=Case(When(tried, then=_outcomes_at(1))),
            long_before=Case(When(tried, then=_outcomes_at(2))),
            level_then=Case(When(at__gte=since, then=level_then)),
            outcomes_then=Case(When(at__gte=since, then=outcomes_then)),
        )
        .values_list(*_JUDGED, *_GIVEN, *_BEFORE)
    )


_JUDGED = ("outcomes_text", "misconceptions_text", "question")
_GIVEN = ("user_id", "attempt_id", "level", "confidence", "attempts", "at_text")
_BEFORE = ("before", "long_before", "level_then", "outcomes_then")


class Crowd:
    """How many learners stand at today's questions, each part worked out once and only when asked for."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """`rows` are those of `crowd_rows`."""
        self._rows, self._required = list(rows), required_ids()

    @cached_property
    def totals(self) -> Mapping[int, tuple[int, datetime]]:
        """How many questions each learner who answered has cleared, and when they last answered."""
        ready = (row for row in self._rows if row[_LEVEL] == "ready" and row[_QUESTION] in self._required)
        cleared = Counter(row[_USER] for row in ready)
        last: dict[int, str] = {}
        for row in self._rows:
            if row[_AT] > last.get(row[_USER], ""):
                last[row[_USER]] = row[_AT]
        return {user_id: (cleared[user_id], time_in(at)) for user_id, at in last.items()}

    @cached_property
    def counts(self) -> Mapping[str, Mapping[Judgement, Alike]]:
        """For each question, how many latest answers are judged in each way."""
        attempts = defaultdict[Judgement, list[int]](list)
        for judgement, row in self._judged:
            attempts[judgement].append(row[_ATTEMPT])
        found: dict[str, dict[Judgement, Alike]] = {slug: {} for slug in self._required}
        for judgement, ids in attempts.items():
            found[judgement.question][judgement] = Alike(len(ids), max(ids), min(ids))
        return found

    @cached_property
    def certain(self) -> tuple[Certain, ...]:
        """Wrong is a known wrong idea, the opposite of a criterion, or an answer to reread for."""
        sure = ((j, row) for j, row in self._judged if row[_CONFIDENCE] == Confidence.CERTAIN)
        return tuple(
            Certain(judgement, row[_USER], row[_ATTEMPT])
            for judgement, row in sure
            if row[_LEVEL] == "revisit" or judgement.misconceptions or "contradicted" in judgement.outcomes
        )

    @cached_property
    def tried(self) -> tuple[Tried, ...]:
        """Questions answered several times and not cleared."""
        return tuple(
            Tried(judgement, row[_USER], row[_ATTEMPT], row[_ATTEMPTS], self._met(judgement, row))
            for judgement, row in self._judged
            if row[_ATTEMPTS] >= 2 and row[_LEVEL] != "ready"
        )

    def _met(self, judgement: Judgement, row: tuple[Any, ...]) -> tuple[int, ...]:
        required = self._required[judgement.question]
        return tuple(outcomes_in_order(text, required)[1] for text in row[_EARLIER] if text)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """What changed by answers given since."""
        return tuple(
            self._moved(judgement, row) for judgement, row in self._judged if row[_OUTCOMES_THEN] is not None
        )

    def _moved(self, judgement: Judgement, row: tuple[Any, ...]) -> Moved:
        _, met_then = outcomes_in_order(row[_OUTCOMES_THEN], self._required[judgement.question])
        now, then = (row[_LEVEL], judgement.met), (row[_LEVEL_THEN] or "", met_then)
        return Moved(row[_USER], judgement.question, *now, *then)

    def latest_of(self, user_ids: Collection[int]) -> dict[int, dict[str, Latest]]:
        """Their latest judged answers, by learner and question."""
        found: dict[int, dict[str, Latest]] = {}
        for judgement, row in self._judged:
            if row[_USER] in user_ids:
                mine = found.setdefault(row[_USER], {})
                mine[judgement.question] = Latest(judgement, row[_ATTEMPT])
        return found

    @cached_property
    def _judged(self) -> Sequence[tuple[Judgement, tuple[Any, ...]]]:
        """Many rows are judged alike, and share one Judgement."""
        judged, known = [], dict[tuple[str, ...], Judgement]()
        for row in self._rows:
            texts = row[:_USER]
            judgement = known.get(texts)
            if judgement is None and row[_QUESTION] in self._required:
                judgement = known[texts] = self._judgement(*texts)
            if judgement is not None:
                judged.append((judgement, row))
        return judged

    def _judgement(self, outcomes: str, misconceptions: str, question: str) -> Judgement:
        in_order, met = outcomes_in_order(outcomes, self._required[question])
        return Judgement(question, met, in_order, ids_in(misconceptions))


# Places in a row.
_QUESTION, _USER, _ATTEMPT, _LEVEL, _CONFIDENCE, _ATTEMPTS, _AT = range(2, 9)
_EARLIER, _LEVEL_THEN, _OUTCOMES_THEN = slice(9, 11), 11, 12


class Corrected(NamedTuple):
    """An answer with the places of the wrong ideas that its learner was shown, by id."""

    attempt_id: int
    user_id: int
    answer: str
    places: Mapping[str, tuple[tuple[int, int], ...]]


def corrected_rows(attempts: Collection[int]) -> QuerySet[Attempt, tuple[Any, ...]]:
    """The query whose rows `gather_corrected` takes."""
    wanted = Attempt.objects.filter(pk__in=attempts).order_by("id", "verdicts__id")
    return wanted.values_list("id", "user_id", "answer", "verdicts__shown__corrections")


def gather_corrected(rows: Iterable[tuple[Any, ...]]) -> dict[int, Corrected]:
    """By attempt; of several verdicts the last one counts. No query."""
    return {
        attempt_id: Corrected(
            attempt_id,
            user_id,
            answer,
            {one["id"]: tuple(map(tuple, one["evidence"])) for one in corrections or ()},
        )
        for attempt_id, user_id, answer, corrections in rows
    }
