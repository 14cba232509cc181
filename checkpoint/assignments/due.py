"""What is due when, and how a learner stands to it: values and words, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from checkpoint.assignments.models import Work
from checkpoint.library import get_library


class Task(NamedTuple):
    """A question or scenario that can be assigned."""

    work: str
    slug: str
    name: str
    address: str

    @property
    def value(self) -> str:
        return f"{self.work}:{self.slug}"


def tasks() -> Mapping[tuple[str, str], Task]:
    """Everything that can be assigned, in the course's order."""
    return _tasks(get_library().fingerprint)


@lru_cache(maxsize=2)
def _tasks(_fingerprint: str) -> Mapping[tuple[str, str], Task]:
    """Told once for the content as it is: most pages ask."""
    library = get_library()
    found = [
        Task(Work.QUESTION, slug, _called(one.id, one.title or slug), reverse("question", args=[slug]))
        for slug, one in library.questions.items()
    ]
    found += [
        Task(Work.SCENARIO, slug, _called(f"S{number}", one.scenario.title), reverse("scenario", args=[slug]))
        for number, (slug, one) in enumerate(library.scenarios.items(), start=1)
    ]
    return MappingProxyType({(task.work, task.slug): task for task in found})


def _called(number: str, title: str) -> str:
    return f"{number} {title}".strip()


@dataclass(frozen=True, slots=True)
class Due:
    """One assignment as it is for one learner."""

    assignment_id: int
    cohort_id: int
    cohort: str
    cohort_slug: str
    task: Task
    common: datetime | None
    """Everybody's due date."""
    own: datetime | None
    """The learner's extension."""
    done_at: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        return self.own or self.common

    @property
    def when(self) -> str:
        """Due Fri 27 Nov, 17:00 (UTC); yours: Mon 30 Nov, 17:00."""
        if self.common is None and self.own is None:
            return "no due date"
        words = f"due {said(self.common)}" if self.common else "no common due date"
        return f"{words}; yours: {said(self.own)}" if self.own else words

    def state(self, now: datetime) -> str:
        return state_of(self.due_at, self.done_at, now)


DONE, LATE, OPEN, OVERDUE = "done", "late", "open", "overdue"
WORDS = {DONE: "Done", LATE: "Done late", OPEN: "Open", OVERDUE: "Open, past due"}


def state_of(due_at: datetime | None, done_at: datetime | None, now: datetime) -> str:
    """Done is handing in an answer or finishing a run, whatever it was worth."""
    if done_at is not None:
        return LATE if due_at is not None and done_at > due_at else DONE
    return OVERDUE if due_at is not None and now > due_at else OPEN


def said(at: datetime) -> str:
    """Fri 27 Nov, 17:00 (UTC): a time without its zone would be a guess."""
    local = timezone.localtime(at)
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year}, {local:%H:%M} ({settings.TIME_ZONE})"
