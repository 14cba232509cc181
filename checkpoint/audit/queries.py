"""Reading the log of one cohort, newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.audit.models import AuditEntry

AT_ONCE = 50
"""So many entries make a page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it leaves out narrows nothing."""

    by: int = 0
    what: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        return self != Asked()


def count_entries(cohort_id: int, asked: Asked) -> int:
    """One query."""
    return _entries(cohort_id, asked).count()


def entries(cohort_id: int, asked: Asked, first: int) -> tuple[AuditEntry, ...]:
    """A page of them with their people, from the `first` (counted from 1). One query."""
    found = _entries(cohort_id, asked).select_related("by", "person").order_by("-at", "-id")
    return tuple(found[first - 1 : first - 1 + AT_ONCE])


def doers(cohort_id: int) -> tuple[User, ...]:
    """Everybody who did something that is written down, by name. One query."""
    ids = AuditEntry.objects.filter(cohort_id=cohort_id, by__isnull=False).values("by_id").distinct()
    return tuple(sorted(User.objects.filter(pk__in=ids), key=lambda one: one.shown_name.casefold()))


def _entries(cohort_id: int, asked: Asked) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.filter(cohort_id=cohort_id)
    if asked.by:
        found = found.filter(by_id=asked.by)
    if asked.what:
        found = found.filter(what=asked.what)
    if asked.since:
        found = found.filter(at__gte=_morning(asked.since))
    if asked.until:
        found = found.filter(at__lt=_morning(asked.until + timedelta(days=1)))
    return found


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def was_recorded(cohort_id: int, by_id: int, what: str, person_id: int, since: datetime) -> bool:
    """Whether somebody did this to somebody lately. One query."""
    found = AuditEntry.objects.filter(cohort_id=cohort_id, at__gte=since)
    return found.filter(by_id=by_id, what=what, person_id=person_id).exists()
