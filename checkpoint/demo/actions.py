"""Fills an installation with the demo cohort; what is there already stays as it is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Role
from checkpoint.demo.desk.actions import work_at_desk
from checkpoint.demo.people import FIRST_NAMES, INSTRUCTOR, LEARNER, Person, chance, people
from checkpoint.demo.runs import Tried, runs_of
from checkpoint.demo.stories import Given, answers_of
from checkpoint.library import get_library
from checkpoint.scenarios.actions import Recorded, record_runs
from checkpoint.selfcheck.actions import record_history
from checkpoint.selfcheck.models import Attempt

PASSWORD = "checkpoint-demo"  # noqa: S105  (printed at every start)
SLUG, CODE, NAME = "demo", "DEMO-JOIN", "Platform course, autumn group"
COHORT_AGE = timedelta(days=36)


class SomebodyElsesError(Exception):
    """The database or the cohort's address belongs to other people."""


@dataclass(frozen=True, slots=True)
class Loaded:
    learners: int
    answers: int
    runs: int


@transaction.atomic
def load_demo(*, learners: int, seed: int, today: date, force: bool = False) -> Loaded:
    """Make who and what is missing of the demo; times count back from midnight of `today`.

    Learners who are there keep everything as it is, so a second run adds only what the first had not.
    """
    _refuse_others(force)
    password = make_password(PASSWORD)
    instructor = _instructor(password, today)
    cohort, new_cohort = _cohort(instructor, today)
    wanted = people(learners, seed)
    there = set(User.objects.filter(email__in=[p.email for p in wanted]).values_list("email", flat=True))
    fresh = [person for person in wanted if person.email not in there]
    questions = tuple(get_library().questions)
    given = {person.email: answers_of(person, questions, seed, today) for person in fresh}
    users = _make_users(fresh, given, password, seed, today)
    Membership.objects.bulk_create(
        Membership(cohort=cohort, user=user, joined_at=user.date_joined) for user in users
    )
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                cohort=cohort, by=user, what="joined", details={"role": Role.LEARNER}, at=user.date_joined
            )
            for user in users
        ),
        batch_size=500,
    )
    attempts = _attempts(users, given)
    record_history(attempts)
    if new_cohort:
        work_at_desk(
            cohort=cohort,
            by=instructor,
            learners={
                person.number: user
                for person, user in zip(fresh, users, strict=True)
                if person.number < len(FIRST_NAMES)
            },
            today=today,
        )
    runs = _runs(users, {person.email: runs_of(person, seed, today) for person in fresh})
    record_runs(runs)
    return Loaded(len(users), len(attempts), len(runs))


def _refuse_others(force: bool) -> None:
    ours = Q(email__in=(INSTRUCTOR[0], LEARNER)) | Q(email__regex=r"^learner-\d+@example\.org$")
    if not force and User.objects.exclude(ours).exists():
        raise SomebodyElsesError("This database holds other people's accounts.")


def _instructor(password: str, today: date) -> User:
    email, name = INSTRUCTOR
    user, made = User.objects.get_or_create(
        email=email,
        defaults={
            "name": name,
            "password": password,
            "is_instructor": True,
            "date_joined": _midnight(today) - COHORT_AGE,
            "last_seen_on": today - timedelta(days=1),
        },
    )
    if made:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _cohort(instructor: User, today: date) -> tuple[Cohort, bool]:
    """And whether it was made just now."""
    cohort, made = Cohort.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": NAME,
            "join_code": CODE,
            "created_by": instructor,
            "created_at": _midnight(today) - COHORT_AGE,
        },
    )
    if made:
        Membership.objects.create(
            cohort=cohort, user=instructor, role=Role.OWNER, joined_at=cohort.created_at
        )
        record(cohort_id=cohort.pk, by=instructor, what="cohort-made", subject=NAME, at=cohort.created_at)
    elif cohort.created_by_id != instructor.pk:
        raise SomebodyElsesError(f"Somebody else's cohort has the address /cohorts/{SLUG}/.")
    return cohort, made


def _make_users(
    fresh: list[Person], given: dict[str, tuple[Given, ...]], password: str, seed: int, today: date
) -> list[User]:
    """One shared hash: hashing anew for each would take longer than everything else."""
    users = User.objects.bulk_create(
        (
            User(
                email=person.email,
                name=person.name,
                password=password,
                date_joined=_joined(person, given[person.email], seed, today),
                last_seen_on=_last_seen(person, given[person.email], seed, today),
            )
            for person in fresh
        ),
        batch_size=500,
    )
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users),
        batch_size=500,
    )
    return users


def _joined(person: Person, given: tuple[Given, ...], seed: int, today: date) -> datetime:
    """A day or two before the first answer, never before the cohort was made."""
    first = given[0].at if given else _midnight(today)
    days = chance(seed, person.number, "joined").randint(1, 2)
    return max(first - timedelta(days=days), _midnight(today) - COHORT_AGE)


def _last_seen(person: Person, given: tuple[Given, ...], seed: int, today: date) -> date:
    """Those who keep coming were here within the week; the quiet ones left after their last answer."""
    last = timezone.localdate(given[-1].at) if given else today - timedelta(days=1)
    if person.quiet_for:
        return last
    return max(last, today - timedelta(days=chance(seed, person.number, "seen").randint(1, 5)))


def _attempts(users: list[User], given: dict[str, tuple[Given, ...]]) -> list[Attempt]:
    """Oldest first, across all learners, as they would have come in."""
    rows = [
        Attempt(
            user=user,
            question=one.question,
            number=one.number,
            answer=one.tried.words,
            confidence=one.tried.sure,
            at=one.at,
        )
        for user in users
        for one in given[user.email]
    ]
    return sorted(rows, key=lambda attempt: (attempt.at, attempt.user.email))


def _runs(users: list[User], tried: dict[str, tuple[Tried, ...]]) -> list[Recorded]:
    return [
        Recorded(user.pk, one.scenario, one.seed, one.steps, one.at, one.shared, one.finished)
        for user in users
        for one in tried[user.email]
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
