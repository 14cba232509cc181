"""Everything that changes an assignment, an extension or a calendar address, and the reminders."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.assignments import queries
from checkpoint.assignments.digests import digest_letter, digest_readers, week_of
from checkpoint.assignments.due import Task, said, tasks
from checkpoint.assignments.models import Assignment, CalendarKey, Extension, Reminded
from checkpoint.assignments.reminders import LATEST, SOONEST, Reminder, reminder_letter, reminders
from checkpoint.audit.actions import record
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import learner_ids
from checkpoint.mails.actions import write_letter
from checkpoint.mails.models import Kind
from checkpoint.mails.queries import was_written


@transaction.atomic
def assign(
    *,
    cohort: Cohort,
    by: User,
    asked: Sequence[Task],
    due_at: datetime | None,
    now: datetime | None = None,
) -> int:
    """Give these to the cohort; gives how many weren't assigned before."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    already = {(one.work, one.slug) for one in queries.assignments_of(cohort.pk)}
    fresh = [task for task in asked if (task.work, task.slug) not in already]
    for task in fresh:
        Assignment.objects.create(
            cohort=cohort,
            work=task.work,
            slug=task.slug,
            due_at=due_at,
            made_by=by,
            made_at=now or timezone.now(),
        )
        _log(cohort.pk, by, "assigned", task, due=said(due_at) if due_at else None, at=now)
    return len(fresh)


@transaction.atomic
def change_due(*, assignment: Assignment, by: User, due_at: datetime | None) -> None:
    """Extensions stay as they are; reminders begin anew with the new date."""
    assignment.due_at = due_at
    assignment.save(update_fields=["due_at"])
    _log(assignment.cohort_id, by, "due-changed", _task(assignment), due=said(due_at) if due_at else "none")


@transaction.atomic
def remove(*, assignment: Assignment, by: User) -> None:
    """What learners did for it stays."""
    assignment.removed_at = timezone.now()
    assignment.save(update_fields=["removed_at"])
    _log(assignment.cohort_id, by, "assignment-removed", _task(assignment))


@transaction.atomic
def extend(
    *, assignment: Assignment, user_id: int, by: User, due_at: datetime, now: datetime | None = None
) -> None:
    """Give one learner a due date of their own, or another one than before."""
    Extension.objects.update_or_create(
        assignment=assignment,
        user_id=user_id,
        defaults={"due_at": due_at, "by": by, "at": now or timezone.now()},
    )
    _log(assignment.cohort_id, by, "extended", _task(assignment), user_id, due=said(due_at), at=now)


@transaction.atomic
def end_extension(*, assignment: Assignment, user_id: int, by: User) -> None:
    if Extension.objects.filter(assignment=assignment, user_id=user_id).delete()[0]:
        _log(assignment.cohort_id, by, "extension-ended", _task(assignment), user_id)


def _task(assignment: Assignment) -> Task:
    return tasks()[assignment.work, assignment.slug]


def _log(
    cohort_id: int,
    by: User,
    what: str,
    task: Task,
    person_id: int | None = None,
    due: str | None = None,
    at: datetime | None = None,
) -> None:
    record(cohort_id=cohort_id, by=by, what=what, person_id=person_id, subject=task.name, at=at, due=due)


# --- Calendars ------------------------------------------------------------------------------


def renew_calendar(*, user: User) -> None:
    """A new address; the one before opens nothing any more."""
    with transaction.atomic():
        CalendarKey.objects.filter(user=user).delete()
        CalendarKey.objects.create(user=user)


def revoke_calendar(*, user: User) -> None:
    CalendarKey.objects.filter(user=user).delete()


# --- Mails due --------------------------------------------------------------------------------


def remind_due(*, now: datetime) -> None:
    """Write to whoever has something due soon or just missed it: of each occasion once, once a day."""
    open_ones = queries.due_between(now - LATEST, now + SOONEST)
    open_ones.sort(key=lambda one: one.cohort_id)
    for _, group in groupby(open_ones, key=lambda one: one.cohort_id):
        _remind_cohort(list(group), now)


def _remind_cohort(assignments: Sequence[Assignment], now: datetime) -> None:
    cohort = assignments[0].cohort
    learners = queries.members_of(cohort.pk)
    found = reminders(
        assignments,
        learners,
        queries.extensions_of(one.pk for one in assignments),
        queries.done_by(learner_ids(cohort.pk), assignments),
        queries.reminded_of(assignments),
        now,
    )
    for user_id, mine in found.items():
        _remind(cohort, user_id, mine, now)


def _remind(cohort: Cohort, user_id: int, mine: Sequence[Reminder], now: datetime) -> None:
    key = f"reminder:{cohort.pk}:{user_id}:{timezone.localdate(now).isoformat()}"
    if was_written(key):
        return
    subject, text = reminder_letter(cohort.name, mine)
    with transaction.atomic():
        Reminded.objects.bulk_create(
            (
                Reminded(
                    assignment_id=one.assignment_id,
                    user_id=user_id,
                    occasion=one.occasion,
                    due_at=one.due_at,
                    at=now,
                )
                for one in mine
            ),
            ignore_conflicts=True,
        )
        write_letter(
            user_id=user_id,
            cohort_id=cohort.pk,
            kind=Kind.REMINDER,
            key=key,
            subject=subject,
            text=text,
            now=now,
        )


def write_digests(*, now: datetime) -> None:
    """On Monday mornings, to whoever looks after a cohort: one for each cohort, person and week."""
    week = week_of(now)
    if week is None:
        return
    for cohort, people in digest_readers():
        _write_digest(cohort, people, week, now)


def _write_digest(cohort: Cohort, people: Iterable[int], week: str, now: datetime) -> None:
    fresh = [pk for pk in people if not was_written(f"digest:{cohort.pk}:{pk}:{week}")]
    letter = digest_letter(cohort, now) if fresh else None
    if letter is None:
        return
    for user_id in fresh:
        write_letter(
            user_id=user_id,
            cohort_id=cohort.pk,
            kind=Kind.DIGEST,
            key=f"digest:{cohort.pk}:{user_id}:{week}",
            subject=letter[0],
            text=letter[1],
            now=now,
        )
