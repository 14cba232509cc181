"""Entries of the log in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checkpoint.accounts.models import User
from checkpoint.audit.kinds import DETAILS, KINDS, VALUES
from checkpoint.audit.models import AuditEntry
from checkpoint.core.content.inline import plain_inline
from checkpoint.library import get_library

SOMEBODY = "Somebody whose account is gone"
BY_ITSELF = "Checkpoint"
"""Who did what no person did."""


@dataclass(frozen=True, slots=True)
class Shown:
    at: datetime
    who: str
    what: str
    whom: str
    details: tuple[tuple[str, str], ...]
    """Each with its name."""


def shown_entries(entries: Iterable[AuditEntry]) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            at=entry.at,
            who=_called(entry.by) if entry.by or not entry.by_itself else BY_ITSELF,
            what=KINDS.get(entry.what, entry.what),
            whom=_question(entry) or entry.subject or (_called(entry.person) if entry.about_person else ""),
            details=tuple((DETAILS.get(name, name), _worded(value)) for name, value in entry.details.items()),
        )
        for entry in entries
    )


ABOUT_QUESTIONS = ("decided", "patch-made")
"""Kinds whose subject is a question's slug."""


def _question(entry: AuditEntry) -> str:
    """As the course calls it; empty for what it hasn't any more."""
    found = get_library().questions.get(entry.subject) if entry.what in ABOUT_QUESTIONS else None
    return f"{found.id} {plain_inline(found.title)}".strip() if found else ""


def _called(person: User | None) -> str:
    return person.shown_name if person else SOMEBODY


def _worded(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return VALUES.get(str(value), str(value))
