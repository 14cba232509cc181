"""What a worker writes about itself, and what it tidies up."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from checkpoint.background.models import Heartbeat

FORGOTTEN_AFTER = timedelta(days=1)
"""A worker not seen for so long has been replaced by another."""

RESULTS_KEPT = timedelta(days=7)
"""So long an operator can look up what became of a task."""


def note_alive(*, worker: str, started_at: datetime, now: datetime) -> None:
    Heartbeat.objects.update_or_create(worker=worker, defaults={"started_at": started_at, "seen_at": now})


def tidy(*, now: datetime) -> None:
    """Forget workers long gone and tasks long done."""
    Heartbeat.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_KEPT).delete()
