"""A cohort's answers as a table for spreadsheets."""

import csv
import re
from collections.abc import Iterable, Iterator

from django.utils import timezone

from checkpoint.cohorts.queries import Learner
from checkpoint.library import get_library
from checkpoint.selfcheck.queries import AnswerRow, answers_of_many

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets read UTF-8 as something else."""

_DROPPED = r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]"
_FORMULA = re.compile(rf"{_DROPPED}*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What spreadsheets take for one: also in full width, and after signs that some of them drop."""


def as_text(cell: object) -> object:
    """A learner's words must never run as a formula: an apostrophe marks them as text.

    >>> as_text("=1+1"), as_text("plain"), as_text(-3)
    ("'=1+1", 'plain', -3)
    """
    if isinstance(cell, str) and _FORMULA.match(cell):
        return f"'{cell}"
    return cell


def answers_csv(people: Iterable[Learner]) -> Iterator[str]:
    """Line by line, however many there are; one query."""
    known = {person.user_id: person for person in people}
    criteria = [c.id for question in get_library().questions.values() for c in question.criteria]
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([*FIRST_COLUMNS, *criteria, *LAST_COLUMNS])
    for row in answers_of_many(known):
        yield writer.writerow([as_text(cell) for cell in _cells(known[row.user_id], row, criteria)])


FIRST_COLUMNS = ("learner", "email", "question", "attempt", "at", "level", "score", "confidence")
LAST_COLUMNS = ("misconceptions", "grader", "answer")


def _cells(person: Learner, row: AnswerRow, criteria: list[str]) -> list[object]:
    return [
        person.name,
        person.email,
        row.question,
        row.number,
        timezone.localtime(row.at).isoformat(timespec="seconds"),
        row.level,
        "" if row.score is None else row.score,
        row.confidence or "",
        *(row.outcomes.get(criterion, "") for criterion in criteria),
        " ".join(row.misconceptions),
        row.grader,
        row.answer,
    ]


class _Echo:
    """What csv writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
