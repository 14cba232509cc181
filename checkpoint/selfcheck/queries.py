"""Reads of drafts, attempts and standings; each states how many queries it costs."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from checkpoint.core.content.library import Library
from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.prepared import Prepared, PreparedFirst, Small, as_text, time_in
from checkpoint.selfcheck.decisions.counting import facts_of
from checkpoint.selfcheck.decisions.queries import appeals_on, decisions_on
from checkpoint.selfcheck.decisions.remarks import Remark, as_counted, remarks
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Confidence, Draft, Standing
from checkpoint.selfcheck.result import Result, lay_out_result
from checkpoint.selfcheck.shown import Shown, shown_from_json

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


# --- Standings ---------------------------------------------------------------

# As text: many rows repeat few outcomes, and each is read from its JSON once.
_TEXTS = {
    "outcomes_text": Cast("outcomes", TextField()),
    "misconceptions_text": Cast("misconceptions", TextField()),
}
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
    required = _required()
    mine = {
        question: _standing(question, required[question], *facts)
        for question, *facts in _mine.rows(user_id)
        if question in required
    }
    return {slug: mine[slug] for slug in required if slug in mine}


def _columns_of(standings: QuerySet[Standing]) -> QuerySet[Standing, tuple[Any, ...]]:
    return standings.annotate(**_TEXTS).values_list(*_COLUMNS)


def _required() -> dict[str, tuple[str, ...]]:
    """Ids of the required criteria of each of today's questions."""
    return {slug: tuple(c.id for c in q.required) for slug, q in get_library().questions.items()}


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
    in_order, met = _outcomes(outcomes, required)
    return QuestionStanding(
        question=question,
        level=level,
        met=met,
        total=len(in_order),
        outcomes=in_order,
        misconceptions=_ids(misconceptions),
        needs_review=needs_review,
        confidence=confidence,
        attempts=attempts,
        attempt_id=attempt_id,
        at=at,
    )


@lru_cache(maxsize=4096)
def _outcomes(text: str, required: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Outcomes follow today's rubric; a criterion added since is not decided yet."""
    outcomes = json.loads(text)
    in_order = tuple(outcomes.get(criterion, "unscored") for criterion in required)
    return in_order, in_order.count("met")


@lru_cache(maxsize=4096)
def _by_id(text: str) -> Mapping[str, str]:
    outcomes: dict[str, str] = json.loads(text)
    return outcomes


@lru_cache(maxsize=4096)
def _ids(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


# --- Stages -------------------------------------------------------------------


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


# --- Drafts and attempts --------------------------------------------------------


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
        outcomes_text=_what_counts("outcomes"),
        misconceptions_text=_what_counts("misconceptions"),
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


def _what_counts(column: str) -> Coalesce:
    """The verdict's own, unless people decided something in it."""
    return Coalesce(Cast(f"counted__{column}", TextField()), Cast(f"verdicts__{column}", TextField()))


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
            _by_id(outcomes or "{}"),
            _ids(misconceptions or "[]"),
            counted is not None,
        )
    return tuple(latest.values())


def verdict_of(attempt_id: int) -> AttemptVerdict | None:
    """The verdict that counts: the last one given. One query, compiled once."""
    return _verdict.first(attempt_id)


# --- For a cohort ------------------------------------------------------------------


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


# --- Who needs somebody -----------------------------------------------------------


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


# --- How a crowd stands: one read, from which the rest follows ----------------------


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
        .annotate(**_TEXTS, at_text=as_text("at"))
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
        self._rows, self._required = list(rows), _required()

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
        return tuple(_outcomes(text, required)[1] for text in row[_EARLIER] if text)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """What changed by answers given since."""
        return tuple(
            self._moved(judgement, row) for judgement, row in self._judged if row[_OUTCOMES_THEN] is not None
        )

    def _moved(self, judgement: Judgement, row: tuple[Any, ...]) -> Moved:
        _, met_then = _outcomes(row[_OUTCOMES_THEN], self._required[judgement.question])
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
        in_order, met = _outcomes(outcomes, self._required[question])
        return Judgement(question, met, in_order, _ids(misconceptions))


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


def verdicts_for_review() -> QuerySet[AttemptVerdict]:
    """The verdicts that count and say that a person should look, their attempts with them."""
    later = AttemptVerdict.objects.filter(attempt=OuterRef("attempt"), pk__gt=OuterRef("pk"))
    return AttemptVerdict.objects.filter(~Exists(later), needs_review=True).select_related("attempt")


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
    *(_what_counts(name) for name in ("outcomes", "misconceptions")),
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
        outcomes=_by_id(outcomes or "{}"),
        misconceptions=_ids(misconceptions or "[]"),
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
