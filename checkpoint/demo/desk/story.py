"""What happened on the desk and when, read from story.yaml."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.utils import timezone

from checkpoint.core.content.reader import read_yaml

STORY = Path(__file__).parent / "story.yaml"
MORNING, AFTERNOON, EVENING = time(9, 20), time(15, 40), time(17)
"""When things are assigned, decided and due; learners appeal at noon."""
NOON = time(12, 5)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Extended:
    person: int
    on: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment to everybody."""

    work: str
    slug: str
    on: datetime
    due: datetime
    extended: tuple[Extended, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something about one criterion, or wrong idea, of somebody's latest answer to a question."""

    person: int
    question: str
    about: str
    on: datetime
    words: str = ""
    """Of the answer, where the learner says that it covers the criterion."""
    note: str = ""
    outcome: str = ""
    comment: str = ""


def assigned(today: date) -> tuple[Given, ...]:
    return tuple(_given(one, today) for one in _told()["assigned"])


def appealed(today: date) -> tuple[Said, ...]:
    return tuple(Said(**{**one, "on": _at(today, one["on"], NOON)}) for one in _told()["appealed"])


def decided(today: date) -> tuple[Said, ...]:
    return tuple(Said(**{**one, "on": _at(today, one["on"], AFTERNOON)}) for one in _told()["decided"])


def _given(one: dict[str, Any], today: date) -> Given:
    extended = tuple(
        Extended(other["person"], _at(today, other["on"], AFTERNOON), _due(today, other["due"]))
        for other in one.get("extended", ())
    )
    return Given(one["work"], one["slug"], _at(today, one["on"], MORNING), _due(today, one["due"]), extended)


def _due(today: date, ago: int) -> datetime:
    """Nothing is due at a weekend, but on the Monday after."""
    weekday = (today - timedelta(days=ago)).weekday()
    return _at(today, ago - max(0, 7 - weekday if weekday >= SATURDAY else 0), EVENING)


def _at(today: date, ago: int, when: time) -> datetime:
    return datetime.combine(today - timedelta(days=ago), when, timezone.get_current_timezone())


@cache
def _told() -> dict[str, list[dict[str, Any]]]:
    document = read_yaml(STORY.name, STORY.read_text(encoding="utf-8"))
    return cast(dict[str, list[dict[str, Any]]], document.data)
