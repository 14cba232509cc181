"""Writing down what was done; nothing else writes to the log."""

from datetime import datetime

from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.audit.kinds import KINDS
from checkpoint.audit.models import AuditEntry

Detail = str | int | bool | None


def record(
    *,
    cohort_id: int,
    by: User | None,
    what: str,
    person_id: int | None = None,
    subject: str = "",
    at: datetime | None = None,
    **details: Detail,
) -> None:
    """Called within the transaction of what it tells of: the two stand or fall together.

    `by` is nobody where a program did it by itself; `at` is now unless told. Details are few and short,
    never an answer's words.
    """
    if what not in KINDS:
        raise ValueError(f"{what} has no words yet: add it to KINDS in checkpoint/audit/kinds.py")
    AuditEntry.objects.create(
        cohort_id=cohort_id,
        by=by,
        by_itself=by is None,
        what=what,
        at=at or timezone.now(),
        person_id=person_id,
        about_person=person_id is not None,
        subject=subject[: AuditEntry._meta.get_field("subject").max_length],
        details={name: value for name, value in details.items() if value is not None},
    )
