"""Who is reminded of what, and in which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string

from checkpoint.assignments.due import Task, said, tasks
from checkpoint.assignments.models import Assignment

SOONEST = timedelta(days=3)
DAY = timedelta(days=1)
LATEST = timedelta(days=2)
"""Whoever missed it hears of it once, within so many days."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One assignment that one learner hasn't done, on one of three occasions."""

    assignment_id: int
    task: Task
    due_at: datetime
    occasion: str

    @property
    def is_past(self) -> bool:
        return self.occasion == "after"

    @property
    def when(self) -> str:
        return said(self.due_at)

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.task.address


def occasion_of(due_at: datetime, now: datetime) -> str:
    """soon three days before, tomorrow one day before, after once it is past; '' at other times."""
    left = due_at - now
    if timedelta(0) < left <= DAY:
        return "tomorrow"
    if DAY < left <= SOONEST:
        return "soon"
    return "after" if -LATEST <= left <= timedelta(0) else ""


def reminders(
    assignments: Iterable[Assignment],
    learners: Iterable[int],
    extensions: Mapping[int, Mapping[int, datetime]],
    done: Mapping[tuple[str, str], Mapping[int, datetime]],
    reminded: set[tuple[int, int, str, datetime]],
    now: datetime,
) -> dict[int, list[Reminder]]:
    """By user id: what isn't done and wasn't told on this occasion yet."""
    found: dict[int, list[Reminder]] = {}
    known, people = tasks(), tuple(learners)
    for one in assignments:
        finished, own = done.get((one.work, one.slug), {}), extensions.get(one.pk, {})
        for user_id in people:
            due_at = own.get(user_id, one.due_at)
            occasion = occasion_of(due_at, now) if due_at else ""
            if (
                due_at
                and occasion
                and user_id not in finished
                and (one.pk, user_id, occasion, due_at) not in reminded
            ):
                task = known[one.work, one.slug]
                found.setdefault(user_id, []).append(Reminder(one.pk, task, due_at, occasion))
    return found


def reminder_letter(cohort: str, mine: Sequence[Reminder]) -> tuple[str, str]:
    """Subject and text, the next due first."""
    in_order = sorted(mine, key=lambda one: one.due_at)
    first = in_order[0]
    if len(in_order) > 1:
        subject = f"{len(in_order)} assignments of {cohort}"
    else:
        subject = f"{'Was due' if first.is_past else 'Due'} {first.when}: {first.task.name}"
    return subject, render_to_string("assignments/reminder.txt", {"cohort": cohort, "mine": in_order})
