"""Who belongs to which cohort; each says how many queries it costs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort, Membership, Role
from checkpoint.library import get_library
from checkpoint.prepared import Prepared
from checkpoint.selfcheck.queries import (
    Judgement,
    Latest,
    answer_rows,
    count_judgements,
    gather_latest,
    judgement_rows,
    latest_rows,
    total_rows,
)

AT_ONCE = 50
"""So many learners make a page."""

NOBODY = 0
"""No person's id."""


_SEAT = tuple(field.attname for field in Membership._meta.concrete_fields)
_COHORT = tuple(field.attname for field in Cohort._meta.concrete_fields)


class Learner(NamedTuple):
    """A member as the cohort's instructors see them."""

    user_id: int
    membership_id: int
    name: str
    email: str
    joined_at: datetime
    last_seen_on: date | None


_own = Prepared(lambda user_id: Membership.objects.filter(user_id=user_id).values_list("pk")[:1])


def has_cohorts(user: User) -> bool:
    """Whether the navigation offers cohorts. One query, compiled once: every page asks."""
    return bool(_own.rows(user.pk))


def instructs(user_id: int) -> bool:
    """Whether somebody is an instructor of any cohort. One query."""
    return Membership.objects.filter(user_id=user_id, role=Role.INSTRUCTOR).exists()


def memberships_of(user_id: int) -> tuple[Membership, ...]:
    """A person's cohorts by name, each with `learners` and `instructors` counted. One query."""
    mine = Membership.objects.filter(user_id=user_id).select_related("cohort")
    counted = mine.annotate(
        learners=Count("cohort__memberships", filter=Q(cohort__memberships__role=Role.LEARNER)),
        instructors=Count("cohort__memberships", filter=Q(cohort__memberships__role=Role.INSTRUCTOR)),
    )
    return tuple(counted.order_by("cohort__name", "id"))


_seat = Prepared(
    lambda user_id, slug: Membership.objects.filter(user_id=user_id, cohort__slug=slug).values_list(
        *_SEAT, *(f"cohort__{name}" for name in _COHORT)
    ),
    int,
    str,
)


def membership_of(user_id: int, slug: str) -> Membership | None:
    """With its cohort. One query, compiled once: every page of a cohort asks."""
    for row in _seat.rows(user_id, slug):
        membership = Membership.from_db(connection.alias, _SEAT, row[: len(_SEAT)])
        membership.cohort = Cohort.from_db(connection.alias, _COHORT, row[len(_SEAT) :])
        return membership
    return None


def member(cohort: Cohort, membership_id: int) -> Membership | None:
    """One query."""
    return cohort.memberships.filter(pk=membership_id).select_related("user").first()


def learners(cohort: Cohort) -> tuple[Learner, ...]:
    """By the name shown. One query."""
    return _sorted(_learners.rows(cohort.pk))


def instructors(cohort: Cohort) -> tuple[Learner, ...]:
    """By the name shown. One query."""
    return _sorted(_people(cohort.pk, Role.INSTRUCTOR))


def learner(cohort: Cohort, user_id: int) -> Learner | None:
    """One of the cohort's learners, or nobody. One query."""
    return next(iter(_sorted(_people(cohort.pk, Role.LEARNER).filter(user_id=user_id))), None)


def _people(cohort_id: int, role: Role) -> QuerySet[Membership, tuple[Any, ...]]:
    return Membership.objects.filter(cohort_id=cohort_id, role=role).values_list(
        "user_id", "pk", "user__name", "user__email", "joined_at", "user__last_seen_on"
    )


_learners = Prepared(lambda cohort_id: _people(cohort_id, Role.LEARNER))


def _sorted(rows: Iterable[tuple[Any, ...]]) -> tuple[Learner, ...]:
    people = (
        Learner(pk, row, name or email.partition("@")[0], email, joined, seen)
        for pk, row, name, email, joined, seen in rows
    )
    return tuple(sorted(people, key=lambda person: (person.name.casefold(), person.user_id)))


# --- What a cohort's learners answered ------------------------------------------------


def _ids(cohort_id: int) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(cohort_id=cohort_id, role=Role.LEARNER).values("user_id")


_latest = Prepared(lambda cohort_id: latest_rows(_ids(cohort_id)))
_judgements = Prepared(lambda cohort_id: judgement_rows(_ids(cohort_id)))
_latest_of = Prepared(lambda *user_ids: latest_rows(user_ids), *[int] * AT_ONCE)
_answers = Prepared(
    lambda cohort_id, earlier, later: answer_rows(_ids(cohort_id), earlier, later), int, datetime, datetime
)


@lru_cache(maxsize=2)
def _totals(questions: tuple[str, ...]) -> Prepared:
    return Prepared(lambda cohort_id: total_rows(_ids(cohort_id), questions))


def totals(cohort: Cohort) -> dict[int, tuple[int, datetime]]:
    """How many questions each learner who answered has cleared, and when they last answered. One query."""
    rows = _totals(tuple(get_library().questions)).rows(cohort.pk)
    return {user_id: (cleared, last) for user_id, cleared, last in rows}


def latest_answers(cohort: Cohort) -> dict[int, dict[str, Latest]]:
    """How each learner who answered stands at each question. One query."""
    return gather_latest(_latest.rows(cohort.pk))


def latest_answers_of(user_ids: Sequence[int]) -> dict[int, dict[str, Latest]]:
    """The same for at most AT_ONCE people. One query."""
    nobodys = [NOBODY] * (AT_ONCE - len(user_ids))
    return gather_latest(_latest_of.rows(*user_ids, *nobodys))


def judgements(cohort: Cohort) -> dict[str, dict[Judgement, int]]:
    """For each question, how many learners are judged in each way. One query."""
    return count_judgements(_judgements.rows(cohort.pk))


def answers_given(cohort: Cohort, earlier: datetime, later: datetime) -> tuple[int, int]:
    """How many answers the learners gave between the two times, and since the later. One query."""
    given = dict(_answers.rows(cohort.pk, earlier, later))
    return given.get(False, 0), given.get(True, 0)


# --- Finding ------------------------------------------------------------------------


def cohort_by_code(code: str) -> Cohort | None:
    """However it was typed: capital or not, with or without the dash. One query."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(letters) != 8:
        return None
    return Cohort.objects.filter(join_code=f"{letters[:4]}-{letters[4:]}").first()


def instructors_of(cohort: Cohort) -> Iterable[str]:
    """Their names, for whoever is asked to join. One query."""
    return tuple(person.name for person in instructors(cohort))


def person_by_email(email: str) -> User | None:
    """One query."""
    return User.objects.filter(email__iexact=email, is_active=True).first()
