"""The worker: one process that does what requests leave for later, and looks at the clock between tasks."""

import logging
import os
import platform
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from checkpoint.assignments.actions import remind_due, write_digests
from checkpoint.background.actions import note_alive, tidy
from checkpoint.background.queries import tasks_wait
from checkpoint.cohorts.rosters.actions import send_waiting
from checkpoint.mails.actions import deliver_waiting
from checkpoint.regrades.actions import resume_stalled

BEAT = timedelta(seconds=30)
"""How often the worker says that it is there."""

TICK = timedelta(seconds=60)
"""How often it looks whether something is due."""

PAUSE = 1.0
"""Seconds between two looks at an empty queue."""

DUE: dict[Callable[..., object], timedelta] = {
    deliver_waiting: TICK,
    send_waiting: TICK,
    resume_stalled: TICK,
    remind_due: timedelta(minutes=10),
    write_digests: timedelta(minutes=10),
    tidy: timedelta(hours=1),
}
"""What is looked at and how often, each by itself and told the time; doing it twice does nothing twice."""

logger = logging.getLogger("checkpoint.worker")


def do_due(lately: dict[str, datetime] | None = None) -> None:
    """Look at everything that may be due and wasn't looked at lately.

    What fails is logged and keeps nothing else from its turn.
    """
    lately = {} if lately is None else lately
    for look, often in DUE.items():
        if look.__qualname__ in lately and timezone.now() < lately[look.__qualname__] + often:
            continue
        lately[look.__qualname__] = timezone.now()
        try:
            look(now=timezone.now())
        except DatabaseError:
            raise
        except Exception:
            logger.exception("%s failed", look.__qualname__)


def do_waiting() -> None:
    """Every task that waits, one after the other."""
    while tasks_wait():
        _next_task()


def _next_task() -> None:
    TaskWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=_name(),
        excluded_queue_names=[],
    ).run()


def _name() -> str:
    return f"{platform.node()[:40]}-{os.getpid()}"


class Working:
    """The worker's life: until it is told to stop, or the server it stands beside is gone."""

    def __init__(self, beside: int | None = None) -> None:
        self.beside = beside
        self.stopped = self.busy = False
        self.name = f"{_name()}-{get_random_string(4)}"
        self.started_at = timezone.now()
        self.lately: dict[str, datetime] = {}
        self.next_beat = self.next_tick = self.started_at

    def listen(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)

    def _stop(self, _sign: int, _frame: FrameType | None) -> None:
        """What is being done is finished first; told twice, it is left and taken up by the next worker."""
        if self.stopped or not self.busy:
            sys.exit(0)
        self.stopped = True

    def run(self) -> None:
        unreachable = False
        while not self.stopped and self._has_server():
            try:
                worked = self.turn()
                unreachable = False
            except DatabaseError:
                if not unreachable:
                    logger.warning("The database isn't there or not migrated yet; trying again")
                unreachable, worked = True, False
            finally:
                self.busy = False
            close_old_connections()
            if not worked and not self.stopped:
                time.sleep(PAUSE)

    def turn(self) -> bool:
        """One look at the clock and at most one task; False where there was none."""
        self.busy, now = True, timezone.now()
        if now >= self.next_beat:
            note_alive(worker=self.name, started_at=self.started_at, now=now)
            self.next_beat = now + BEAT
        if now >= self.next_tick:
            self.next_tick = now + TICK
            do_due(self.lately)
        if not tasks_wait():
            return False
        _next_task()
        return True

    def _has_server(self) -> bool:
        if self.beside is None:
            return True
        try:
            os.kill(self.beside, 0)
        except ProcessLookupError:
            return False
        return True
