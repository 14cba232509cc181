"""Reads of assignments; each says how many queries it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from checkpoint.assignments.due import Due as Due  # a word for the overview too
from checkpoint.assignments.due import tasks
from checkpoint.assignments.models import Assignment, CalendarKey, Extension, Reminded, Work
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import learner_ids
from checkpoint.cohorts.roles import Role
from checkpoint.prepared import Prepared
from checkpoint.scenarios.queries import first_finished
from checkpoint.selfcheck.queries.crowd import Learners
from checkpoint.selfcheck.queries.many import first_answered

DoneBy = Mapping[tuple[str, str], Mapping[int, datetime]]
"""For each kind of work and slug: when each learner first did it."""


def assignments_of(cohort_id: int) -> list[Assignment]:
    """Of what the course still has: the next due first, then those without a date. One query."""
    found = Assignment.objects.filter(cohort_id=cohort_id, removed_at=None)
    known = tasks()
    mine = [one for one in found if (one.work, one.slug) in known]
    order = {key: number for number, key in enumerate(known)}
    return sorted(
        mine,
        key=lambda one: (
            one.due_at is None,
            one.due_at.timestamp() if one.due_at else 0,
            order[one.work, one.slug],
        ),
    )


def assignment_of(cohort_id: int, assignment_id: int) -> Assignment | None:
    """One query."""
    found = Assignment.objects.filter(pk=assignment_id, cohort_id=cohort_id, removed_at=None)
    return next((one for one in found if (one.work, one.slug) in tasks()), None)


def extensions_of(assignment_ids: Iterable[int]) -> dict[int, dict[int, datetime]]:
    """By assignment and user id. One query."""
    found: dict[int, dict[int, datetime]] = {}
    rows = Extension.objects.filter(assignment_id__in=tuple(assignment_ids))
    for assignment_id, user_id, due_at in rows.values_list("assignment_id", "user_id", "due_at"):
        found.setdefault(assignment_id, {})[user_id] = due_at
    return found


def done_by(learners: Learners, assignments: Iterable[Assignment]) -> DoneBy:
    """When each of these learners first did what is assigned. Two queries."""
    wanted = {(one.work, one.slug) for one in assignments}
    found: dict[tuple[str, str], dict[int, datetime]] = {}
    for work, first in ((Work.QUESTION, first_answered), (Work.SCENARIO, first_finished)):
        slugs = [slug for kind, slug in wanted if kind == work]
        for user_id, slug, at in first(learners, slugs):
            found.setdefault((work.value, slug), {})[user_id] = at
    return found


# --- For one learner --------------------------------------------------------------------


def _of_learner(user_id: Any) -> QuerySet[Assignment, tuple[Any, ...]]:
    own = Extension.objects.filter(assignment=OuterRef("pk"), user_id=user_id).values("due_at")[:1]
    found = Assignment.objects.filter(
        removed_at=None, cohort__memberships__user_id=user_id, cohort__memberships__role=Role.LEARNER
    ).annotate(own=Subquery(own))
    return found.values_list(
        "pk", "cohort_id", "cohort__name", "cohort__slug", "work", "slug", "due_at", "own"
    )


_assigned = Prepared(_of_learner)
"""Most pages ask what is due."""


def assigned_to(user_id: int) -> tuple[Due, ...]:
    """What somebody is asked to do in all their cohorts, the next due first. One query."""
    rows = _assigned.rows(user_id)
    known = tasks() if rows else {}
    dues = [
        Due(pk, cohort_id, name, cohort_slug, known[work, slug], due_at, mine)
        for pk, cohort_id, name, cohort_slug, work, slug, due_at, mine in rows
        if (work, slug) in known
    ]
    return tuple(sorted(dues, key=_next_first))


def with_done(user_id: int, dues: Iterable[Due]) -> tuple[Due, ...]:
    """The same with when they were done. At most two queries, none where nothing is assigned."""
    asked = tuple(dues)
    if not asked:
        return ()
    first = {
        (work, slug): at
        for work, rows in (
            (Work.QUESTION, first_answered([user_id], _slugs(asked, Work.QUESTION))),
            (Work.SCENARIO, first_finished([user_id], _slugs(asked, Work.SCENARIO))),
        )
        for _, slug, at in rows
    }
    return tuple(replace(due, done_at=first.get((Work(due.task.work), due.task.slug))) for due in asked)


def _slugs(dues: Iterable[Due], work: Work) -> list[str]:
    return [due.task.slug for due in dues if due.task.work == work]


def _next_first(due: Due) -> tuple[bool, float, str]:
    return due.due_at is None, due.due_at.timestamp() if due.due_at else 0.0, due.task.name


# --- Calendars ----------------------------------------------------------------------------


def calendar_key(user_id: int) -> str:
    """'' where somebody has no address. One query."""
    return next(iter(CalendarKey.objects.filter(user_id=user_id).values_list("key", flat=True)), "")


def calendar_owner(key: str) -> int | None:
    """Whose address it is, while they may sign in. One query, none for what can't be anybody's key."""
    if not key.isprintable():
        return None
    found = CalendarKey.objects.filter(key=key, user__is_active=True)
    return next(iter(found.values_list("user_id", flat=True)), None)


# --- Reminders ------------------------------------------------------------------------------


def due_between(earliest: datetime, latest: datetime) -> list[Assignment]:
    """Assignments that are due for anybody within these times, their cohorts with them. One query."""
    common = Q(due_at__gte=earliest, due_at__lte=latest)
    extended = Q(extensions__due_at__gte=earliest, extensions__due_at__lte=latest)
    found = Assignment.objects.filter(common | extended, removed_at=None).select_related("cohort").distinct()
    known = tasks()
    return [one for one in found if (one.work, one.slug) in known]


def members_of(cohort_id: int) -> list[int]:
    """User ids of the cohort's learners. One query."""
    return list(learner_ids(cohort_id).values_list("user_id", flat=True))


def reminded_of(assignments: Iterable[Assignment]) -> set[tuple[int, int, str, datetime]]:
    """(assignment, user, occasion, due date) of every reminder given. One query."""
    rows = Reminded.objects.filter(assignment__in=tuple(assignments))
    return set(rows.values_list("assignment_id", "user_id", "occasion", "due_at"))


def common_due(cohort: Cohort, one: Assignment) -> Due:
    """An assignment as it is for everybody. No query."""
    task = tasks()[one.work, one.slug]
    return Due(one.pk, cohort.pk, cohort.name, cohort.slug, task, one.due_at, None)
