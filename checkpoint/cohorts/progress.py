"""How a cohort stands: one row for each learner, and what the rows add up to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.paging import Page, page_of
from checkpoint.cohorts.queries import (
    Learner,
    answers_given,
    judgements,
    latest_answers,
    latest_answers_of,
    learners,
    totals,
)
from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.selfcheck.queries import Judgement, Latest

QUIET_AFTER = timedelta(days=7)
MOST_LISTED = 6
BAR = 200
FEWEST_FOR_PERCENT = 10
MISSED = ("partial", "missing", "contradicted")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; anything unknown is as if it weren't there."""

    words: str = ""
    show: str = ""
    sort: str = ""
    missed: str = ""
    has: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.show or self.missed or self.has)

    @property
    def looks_into_answers(self) -> bool:
        return bool(self.missed or self.has or self.sort == "readiness")

    def query(self, **changed: str | int) -> str:
        """The address of the same table with something changed; on its first page unless said."""
        wish = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        asked = {
            "q": wish.words,
            "show": wish.show,
            "sort": wish.sort,
            "missed": wish.missed,
            "has": wish.has,
            "page": wish.page if wish.page > 1 else "",
        }
        return f"?{urlencode({key: value for key, value in asked.items() if value})}"


class Row(NamedTuple):
    learner: Learner
    is_ready: bool
    is_quiet: bool
    answered: datetime
    """When they last answered, or joined."""

    @property
    def seen(self) -> date:
        """The last sign of life: a visit, an answer, or joining."""
        return max(timezone.localdate(self.answered), self.learner.last_seen_on or date.min)

    @property
    def last_here(self) -> str:
        return _in_words(self.seen)


@lru_cache(maxsize=512)
def _in_words(day: date) -> str:
    """Thu 19 Nov. Days repeat, and wording one takes its time."""
    return date_format(day, "D j M")


Everybodys = Mapping[int, Mapping[str, Latest]]
"""Latest answers by user id and question."""

Counts = Mapping[str, Mapping[Judgement, int]]
"""For each question, how many learners are judged in each way."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A criterion that latest answers leave out or only touch."""

    id: str
    heading: str
    question: Question
    missed: int
    of: int

    @property
    def width(self) -> int:
        return round(BAR * self.missed / self.of)

    @property
    def share(self) -> str:
        return share(self.missed, self.of)

    @property
    def address(self) -> str:
        return _address(self.question.slug)


@cache
def _address(question: str) -> str:
    return reverse("question", args=[question])


@dataclass(frozen=True, slots=True)
class Shared:
    """A wrong idea that latest answers have in common."""

    id: str
    claim: str
    question: Question
    learners: int
    of: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the cohort page shows."""

    wish: Wish
    rows: tuple[Row, ...]
    latest: Everybodys
    """Of the learners in these rows, at least."""
    page: Page
    learners: int
    ready: int
    answers: int
    answers_before: int
    quiet: tuple[Row, ...]
    all_met: tuple[int, ...]
    """For each question, how many learners met all its criteria."""
    missed: tuple[Missed, ...]
    shared: tuple[Shared, ...]
    narrowed: str
    """What the table is narrowed to, in words."""

    @property
    def more_answers(self) -> int:
        return self.answers - self.answers_before

    @property
    def fewer_answers(self) -> int:
        return -self.more_answers

    @property
    def offers_narrowing(self) -> bool:
        """A handful is read at a glance; nobody needs to search in it."""
        return self.learners >= FEWEST_FOR_PERCENT or self.wish != Wish()

    @property
    def turns(self) -> tuple[tuple[str, str], ...]:
        """Addresses of the pages before and after, with the words of their links."""
        return tuple((self.wish.query(page=number), word) for number, word in self.page.turns)


def share(part: int, whole: int) -> str:
    """A percentage for ten or more, words for fewer: small groups are people.

    >>> share(7, 14), share(2, 5)
    ('50%', '2 of 5')
    """
    return f"{round(100 * part / whole)}%" if whole >= FEWEST_FOR_PERCENT else f"{part} of {whole}"


def progress(cohort: Cohort, wish: Wish, now: datetime) -> Progress:
    """Five queries, however many learners; only answers shown or sought are read one by one."""
    rows, counts = _rows(cohort, now), judgements(cohort)
    answers_before, answers = answers_given(cohort, now - 2 * QUIET_AFTER, now - QUIET_AFTER)
    latest: Everybodys = latest_answers(cohort) if wish.looks_into_answers else {}
    wanted = [row for row in rows if _is_wanted(wish, latest, row)] if wish.narrows else rows
    found = _ordered(wish, latest, wanted)
    page = page_of(wish.page, len(found))
    shown = page.of(found)
    return Progress(
        wish=replace(wish, page=page.number),
        rows=tuple(shown),
        latest=latest or latest_answers_of([row.learner.user_id for row in shown]),
        page=page,
        learners=len(rows),
        ready=sum(row.is_ready for row in rows),
        answers=answers,
        answers_before=answers_before,
        quiet=tuple(sorted((row for row in rows if row.is_quiet), key=lambda row: row.seen)),
        all_met=_all_met(counts),
        missed=_most_missed(counts),
        shared=_most_shared(counts),
        narrowed=_narrowed(wish),
    )


# --- One learner -----------------------------------------------------------------


def _rows(cohort: Cohort, now: datetime) -> list[Row]:
    """By name. Two queries."""
    known, questions = totals(cohort), len(get_library().questions)
    last_quiet_day = timezone.localdate(now) - QUIET_AFTER
    next_day = timezone.make_aware(datetime.combine(last_quiet_day + timedelta(days=1), time()))
    rows = []
    for person in learners(cohort):
        cleared, answered = known.get(person.user_id) or (0, person.joined_at)
        is_quiet = answered < next_day and (person.last_seen_on or date.min) <= last_quiet_day
        rows.append(Row(person, 0 < questions == cleared, is_quiet, answered))
    return rows


# --- Which rows, in which order ---------------------------------------------------


def _is_wanted(wish: Wish, latest: Everybodys, row: Row) -> bool:
    return (
        is_called(wish.words, row.learner)
        and (wish.show not in ("ready", "open") or row.is_ready == (wish.show == "ready"))
        and (wish.show != "quiet" or row.is_quiet)
        and (not wish.missed or _misses(wish.missed, latest.get(row.learner.user_id, {})))
        and (not wish.has or _has(wish.has, latest.get(row.learner.user_id, {})))
    )


def is_called(words: str, person: Learner) -> bool:
    """Whether the name or address holds these words."""
    words = words.casefold()
    return words in person.name.casefold() or words in person.email.casefold()


def _misses(criterion_id: str, latest: Mapping[str, Latest]) -> bool:
    """Everybody, where no such criterion is known."""
    criterion = _find_criterion(criterion_id)
    if criterion is None:
        return True
    question, index = criterion
    return question.slug in latest and latest[question.slug].judgement.outcomes[index] in MISSED


def _has(misconception_id: str, latest: Mapping[str, Latest]) -> bool:
    return any(misconception_id in judgement.misconceptions for judgement, _ in latest.values())


def _ordered(wish: Wish, latest: Everybodys, rows: list[Row]) -> list[Row]:
    """Rows come by name, and stay so among equals."""
    if wish.sort == "quiet":
        return sorted(rows, key=lambda row: row.seen)
    if wish.sort != "readiness":
        return rows

    def readiness(row: Row) -> tuple[bool, int]:
        mine = latest.get(row.learner.user_id, {})
        return row.is_ready, sum(judgement.met for judgement, _ in mine.values())

    return sorted(rows, key=readiness)


def _find_criterion(criterion_id: str) -> tuple[Question, int] | None:
    for question in get_library().questions.values():
        for index, criterion in enumerate(question.required):
            if criterion.id == criterion_id:
                return question, index
    return None


def _narrowed(wish: Wish) -> str:
    criterion = _find_criterion(wish.missed)
    if criterion:
        question, index = criterion
        return f"Left out or only touched: {question.required[index].heading}"
    claims = {m.id: m.claim for q in get_library().questions.values() for m in q.misconceptions}
    return f"Has the idea: {claims[wish.has]}" if wish.has in claims else ""


# --- What the rows add up to -------------------------------------------------------


def _all_met(counts: Counts) -> tuple[int, ...]:
    return tuple(
        sum(learners for judged, learners in answered.items() if judged.met == judged.total)
        for answered in counts.values()
    )


def _most_missed(counts: Counts) -> tuple[Missed, ...]:
    """The largest share first; the course's order among equals."""
    found = []
    for slug, question in get_library().questions.items():
        answered = counts[slug].items()
        of = sum(learners for _, learners in answered)
        for index, criterion in enumerate(question.required):
            missed = sum(learners for judged, learners in answered if judged.outcomes[index] in MISSED)
            if missed:
                found.append(Missed(criterion.id, criterion.heading, question, missed, of))
    return tuple(sorted(found, key=lambda m: -m.missed / m.of)[:MOST_LISTED])


def _most_shared(counts: Counts) -> tuple[Shared, ...]:
    found = []
    for slug, question in get_library().questions.items():
        answered = counts[slug].items()
        of = sum(learners for _, learners in answered)
        for wrong in question.misconceptions:
            sharing = sum(learners for judged, learners in answered if wrong.id in judged.misconceptions)
            if sharing > 1:
                found.append(Shared(wrong.id, wrong.claim, question, sharing, of))
    return tuple(sorted(found, key=lambda shared: -shared.learners)[:MOST_LISTED])
