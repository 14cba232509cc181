"""A roster, pasted or from a file, as lines that say who, with which role, or what is wrong with them."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from checkpoint.accounts.signup import tidy_name
from checkpoint.cohorts.roles import Role, with_article

MOST_LINES = 500
MOST_LETTERS = 100_000
MOST_BYTES = 200_000
"""Of a file; more than so many lines ever need."""
LONGEST_NAME, LONGEST_ADDRESS = 80, 254

COLUMNS = ("name", "email", "role")
"""In this order, unless a first line names them in another; the role may be left out."""

QUOTED = re.compile(r'"[^"]*"')
SEPARATOR_NAMED = re.compile("sep=.", re.IGNORECASE)
"""What a first line may say to Excel."""

INVITED = tuple(role for role in Role if role != Role.OWNER)
"""A cohort is handed over on the page of people, not by a list."""


SAVE_AS_TEXT = "In your spreadsheet, save it as “CSV UTF-8” and choose that file."


class UnreadableError(ValueError):
    """The list as a whole can't be read; the words say why."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    """As an editor counts, from 1."""
    name: str
    email: str
    role: Role
    problem: str = ""


def text_of(data: bytes, size: int) -> str:
    """A file's words; `size` is how large it was, of which `data` may be the beginning."""
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableError(f"That’s a workbook. {SAVE_AS_TEXT}")
    if size > MOST_BYTES:
        raise UnreadableError(f"The file has {-(-size // 1000)} kB; at most {MOST_BYTES // 1000} are read.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"The file isn’t written in UTF-8. {SAVE_AS_TEXT}") from None


def read_roster(text: str) -> tuple[Line, ...]:
    """Lines of names, addresses and roles, between commas, semicolons or tabs as spreadsheets copy them."""
    if len(text) > MOST_LETTERS:
        raise UnreadableError("That’s too long for a list of people. Send it in pieces.")
    if "\0" in text:
        raise UnreadableError("That’s no text. Copy the cells in your spreadsheet and paste them here.")
    rows = list(_rows(text.lstrip("\ufeff")))
    if len(rows) > MOST_LINES:
        raise UnreadableError(f"{len(rows)} lines are too many at once. Send at most {MOST_LINES}.")
    order = _order(rows[0][1]) if rows else None
    people = rows[1:] if order else rows
    if not people:
        raise UnreadableError("There is nobody in it. Write lines like: Dana Reyes, dana@example.org")
    return tuple(_once([_line(number, row, order or COLUMNS) for number, row in people]))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line by itself, so that one stray quotation mark doesn't swallow the rest."""
    for number, line in enumerate(text.splitlines(), start=1):
        between = next((sign for sign in "\t;" if sign in QUOTED.sub("", line)), ",")
        if line.strip(' \t,;"') and not (number == 1 and SEPARATOR_NAMED.fullmatch(line)):
            yield number, next(csv.reader([line], delimiter=between, skipinitialspace=True), [])


def _order(first: Sequence[str]) -> tuple[str, ...] | None:
    """The columns by a line that names them, if it does."""
    named = tuple(cell.strip().casefold() for cell in first)
    named = tuple("email" if cell in ("e-mail", "email address", "address") else cell for cell in named)
    return named if "email" in named and set(named) <= set(COLUMNS) else None


def _line(number: int, row: Sequence[str], order: Sequence[str]) -> Line:
    if len(row) == 1 and "@" in row[0]:
        order = ("email",)
    cells = dict(zip(order, (cell.strip() for cell in row), strict=False))
    name, email, role = (cells.get(column, "") for column in COLUMNS)
    known = role.casefold() if role.casefold() in INVITED else ""
    read = Line(number, tidy_name(name), email.lower(), Role(known or Role.LEARNER))
    return replace(read, problem=_problem(row, order, name, email, role if not known else ""))


def _problem(row: Sequence[str], order: Sequence[str], name: str, email: str, odd_role: str) -> str:
    if len(row) > len(order):
        return f"It has {len(row)} columns. Put a name with a comma in it between quotation marks."
    if not email:
        return "It has no email address."
    if len(email) > LONGEST_ADDRESS or not _is_address(email):
        return f"“{email[:60]}” is no email address."
    if name and not name.lstrip("'’ʻ")[:1].isalpha():
        return f"The name begins with “{name[0]}”. Write it as people say it, without a formula."
    if len(name) > LONGEST_NAME:
        return f"The name is longer than {LONGEST_NAME} letters."
    if odd_role.casefold() == Role.OWNER:
        return "Nobody becomes an owner by a list. Give that role on the page of people."
    if odd_role:
        return f"“{odd_role[:30]}” is no role. Write {', '.join(INVITED[:-1])} or {INVITED[-1]}."
    return ""


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    """An address counts where it stands first."""
    first: dict[str, int] = {}
    for line in lines:
        earlier = first.setdefault(line.email, line.number)
        if earlier != line.number and not line.problem:
            yield replace(line, problem=f"Line {earlier} has the same address.")
        else:
            yield line


def refuse_roles(lines: Iterable[Line], manages_roles: bool) -> tuple[Line, ...]:
    """Who gives no roles invites learners only."""
    words = "Only an owner invites {}. Leave the role out, or ask one."
    return tuple(
        line
        if manages_roles or line.problem or line.role == Role.LEARNER
        else replace(line, problem=words.format(with_article(line.role)))
        for line in lines
    )
