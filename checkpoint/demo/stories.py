"""What the demo's learners wrote and when: read from answers/, dealt out by chance that a seed fixes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, cast

from django.utils import timezone

from checkpoint.core.content.reader import read_yaml
from checkpoint.demo.people import FIRST_NAMES, Person, chance

ANSWERS = Path(__file__).parent / "answers"
FIRST_DAY = 32
"""Days before today on which the earliest answers were given."""
DAYS_A_QUESTION = 7
OPENING, CLOSING = 8 * 60, 21 * 60
"""Minutes of the day between which people answer."""


@dataclass(frozen=True, slots=True)
class Try:
    words: str
    sure: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer somebody gave: question, words, how sure, when."""

    question: str
    tried: Try
    number: int
    at: datetime


@cache
def stories(question: str) -> tuple[tuple[Try, ...], ...]:
    """Everybody's tries at one question, empty for those who didn't get to it; none for one unknown here."""
    path = ANSWERS / f"{question}.yaml"
    if not path.exists():
        return ()
    document = read_yaml(path.name, path.read_text(encoding="utf-8"))
    entries = cast(list[dict[str, Any]], document.data)
    return tuple(tuple(Try(one["words"], one.get("sure")) for one in entry["tries"]) for entry in entries)


def answers_of(person: Person, questions: Sequence[str], seed: int, today: date) -> tuple[Given, ...]:
    """All answers of one person, oldest first; days count back from `today`, which has none."""
    dice = chance(seed, person.number, "answers")
    questions = [question for question in questions if stories(question)]
    reached = _reached(person, questions, dice)
    given: list[Given] = []
    for place, question in enumerate(questions[:reached]):
        tries = _story(person, question, dice)
        days = _days(place, len(tries), person.quiet_for, dice)
        given += [
            Given(question, tried, number, at)
            for number, (tried, at) in enumerate(
                zip(tries, _moments(days, today, dice), strict=True), start=1
            )
        ]
    return tuple(sorted(given, key=lambda one: one.at))


def _reached(person: Person, questions: Sequence[str], dice: Random) -> int:
    """How many questions somebody has got to: all for most, fewer for some and for the quiet."""
    if person.number < len(FIRST_NAMES):
        return len(questions)
    if person.quiet_for:
        return dice.randint(1, max(1, len(questions) - 1))
    return len(questions) - dice.choice((0, 0, 0, 0, 1, 1, 2))


def _story(person: Person, question: str, dice: Random) -> tuple[Try, ...]:
    told = stories(question)
    if person.number < len(told):
        return told[person.number]
    story = dice.choice([one for one in told if one])
    return story[: dice.randint(1, len(story))]


def _days(place: int, tries: int, quiet_for: int, dice: Random) -> list[int]:
    """How many days ago each try was: a question a week, a new try within days, none today."""
    day = FIRST_DAY - DAYS_A_QUESTION * place + dice.randint(-2, 2)
    days = []
    for _ in range(tries):
        days.append(max(day, quiet_for, 1))
        day -= dice.randint(1, 4)
    return days


def _moments(days: Iterable[int], today: date, dice: Random) -> list[datetime]:
    """Later tries come later, on the same day too."""
    moments: list[datetime] = []
    for ago in days:
        minute = dice.randint(OPENING, CLOSING - 180)
        at = datetime.combine(
            today - timedelta(days=ago), time(minute // 60, minute % 60), timezone.get_current_timezone()
        )
        if moments and at <= moments[-1]:
            at = moments[-1] + timedelta(minutes=dice.randint(9, 50))
        moments.append(at)
    return moments
