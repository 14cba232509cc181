"""Whether somebody does what requests leave for later."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django_tasks_db.models import DBTaskResult

from checkpoint.background.models import Heartbeat

MISSED_AFTER = timedelta(minutes=3)
"""A worker says every half minute that it is there; one task may take a while."""


@dataclass(frozen=True, slots=True)
class Worker:
    """What is known about the worker; `seen_at` is None where none ever ran."""

    seen_at: datetime | None
    is_there: bool


def worker_seen(now: datetime) -> Worker:
    """One query."""
    seen_at = Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return Worker(seen_at, seen_at is not None and now - seen_at < MISSED_AFTER)


def tasks_wait() -> bool:
    """Whether a task could be begun. One query, without a lock: most of the time there is none."""
    return bool(DBTaskResult.objects.ready().exists())
