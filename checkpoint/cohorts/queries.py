"""Who belongs to which cohort; each says how many queries it costs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import TEAM, Permission, Role, roles_with
from checkpoint.core.content.skills import Played
from checkpoint.library import get_library
from checkpoint.prepared import Prepared, as_text, time_in
from checkpoint.scenarios.queries import (
    Newest,
    Shared,
    begun_rows,
    gather_newest,
    gather_played,
    newest_rows,
    played_rows,
    shared_rows,
)
from checkpoint.selfcheck.queries.crowd import (
    Corrected,
    Crowd,
    answer_rows,
    corrected_rows,
    crowd_rows,
    gather_corrected,
    total_rows,
)

AT_ONCE = 50
"""So many learners make a page."""

SAMPLES = 24
"""So many answers at most are looked at for quotes."""

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


class Colleague(NamedTuple):
    """A member of the cohort's team, as the page of people lists them."""

    user_id: int
    membership_id: int
    name: str
    email: str
    role: str

    @property
    def role_word(self) -> str:
        return Role(self.role).label


_own = Prepared(lambda user_id: Membership.objects.filter(user_id=user_id).values_list("pk")[:1])


def has_cohorts(user: User) -> bool:
    """Whether the navigation offers cohorts. One query, compiled once: every page asks."""
    return bool(_own.rows(user.pk))


SEE_ANSWERS, REVIEW = roles_with(Permission.SEE_ANSWERS), roles_with(Permission.REVIEW)


def instructs(user_id: int) -> bool:
    """Whether somebody sees learners' answers in any cohort. One query."""
    return Membership.objects.filter(user_id=user_id, role__in=SEE_ANSWERS).exists()


_reviewed = Prepared(
    lambda user_id: Membership.objects.filter(
        user_id=user_id, role=Role.LEARNER, cohort__memberships__role__in=REVIEW
    ).values_list("pk")[:1]
)


def is_reviewed(user_id: int) -> bool:
    """Whether somebody reviews this learner's answers. One query, compiled once: every verdict asks."""
    return bool(_reviewed.rows(user_id))


def memberships_of(user_id: int) -> tuple[Membership, ...]:
    """A person's cohorts by name, each with `learners` and who sees answers counted. One query."""
    mine = Membership.objects.filter(user_id=user_id).select_related("cohort")
    counted = mine.annotate(
        learners=Count("cohort__memberships", filter=Q(cohort__memberships__role=Role.LEARNER)),
        instructors=Count("cohort__memberships", filter=Q(cohort__memberships__role__in=SEE_ANSWERS)),
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
    """With their account. One query."""
    return cohort.memberships.filter(pk=membership_id).select_related("user").first()


def learners(cohort: Cohort) -> tuple[Learner, ...]:
    """By the name shown. One query."""
    return _sorted(_learners.rows(cohort.pk))


def team(cohort: Cohort) -> tuple[Colleague, ...]:
    """Everybody who isn't one of its learners: owners first, then by role and name. One query."""
    rows = Membership.objects.filter(cohort=cohort, role__in=TEAM).values_list(
        "user_id", "pk", "user__name", "user__email", "role"
    )
    people = (
        Colleague(pk, row, name or email.partition("@")[0], email, role)
        for pk, row, name, email, role in rows
    )
    ranks = [role.value for role in TEAM]
    return tuple(sorted(people, key=lambda one: (ranks.index(one.role), one.name.casefold(), one.user_id)))


def instructors(cohort: Cohort) -> tuple[Colleague, ...]:
    """Those of the team who see learners' answers. One query."""
    return tuple(one for one in team(cohort) if one.role in SEE_ANSWERS)


def learner(cohort: Cohort, user_id: int) -> Learner | None:
    """One of the cohort's learners, or nobody. One query."""
    return next(iter(_sorted(_people(cohort.pk, Role.LEARNER).filter(user_id=user_id))), None)


def _people(cohort_id: int, role: Role) -> QuerySet[Membership, tuple[Any, ...]]:
    members = Membership.objects.filter(cohort_id=cohort_id, role=role)
    texts = members.annotate(joined_text=as_text("joined_at"), seen_text=as_text("user__last_seen_on"))
    return texts.values_list("user_id", "pk", "user__name", "user__email", "joined_text", "seen_text")


_learners = Prepared(lambda cohort_id: _people(cohort_id, Role.LEARNER))


def _sorted(rows: Iterable[tuple[Any, ...]]) -> tuple[Learner, ...]:
    people = (
        Learner(pk, row, name or email.partition("@")[0], email, time_in(joined), seen and _day(seen))
        for pk, row, name, email, joined, seen in rows
    )
    return tuple(sorted(people, key=lambda person: (person.name.casefold(), person.user_id)))


_day = lru_cache(maxsize=512)(date.fromisoformat)
"""Many were last seen on the same few days."""


# --- What a cohort's learners answered ------------------------------------------------


def looked_after() -> Iterable[Membership]:
    """The seats of whoever may assign work, by cohort; their cohorts with them. One query."""
    roles = roles_with(Permission.ASSIGN)
    seats = Membership.objects.filter(role__in=roles, user__is_active=True).select_related("cohort")
    return seats.order_by("cohort_id", "id").iterator()


def learner_ids(cohort_id: int) -> QuerySet[Membership, Any]:
    """The cohort's learners as a query of one column, to be asked for within another. No query."""
    return _ids(cohort_id)


def _ids(cohort_id: int) -> QuerySet[Membership, Any]:
    return Membership.objects.filter(cohort_id=cohort_id, role=Role.LEARNER).values("user_id")


_crowd = Prepared(lambda cohort_id, since: crowd_rows(_ids(cohort_id), since), int, datetime)
_played = Prepared(lambda cohort_id: played_rows(_ids(cohort_id)))
_answers = Prepared(
    lambda cohort_id, earlier, later: answer_rows(_ids(cohort_id), earlier, later), int, datetime, datetime
)
_begun = Prepared(
    lambda cohort_id, earlier, later: begun_rows(_ids(cohort_id), earlier, later), int, datetime, datetime
)
_newest_of = Prepared(lambda *user_ids: newest_rows(user_ids), *[int] * AT_ONCE)
_corrected = Prepared(lambda *attempts: corrected_rows(attempts), *[int] * SAMPLES)


@lru_cache(maxsize=4)
def _shared(most: int) -> Prepared:
    return Prepared(lambda cohort_id: shared_rows(_ids(cohort_id))[:most])


@lru_cache(maxsize=2)
def _totals(questions: tuple[str, ...]) -> Prepared:
    return Prepared(lambda cohort_id: total_rows(_ids(cohort_id), questions))


def totals(cohort: Cohort) -> dict[int, tuple[int, datetime]]:
    """How many questions each learner who answered has cleared, and when they last answered. One query."""
    rows = _totals(tuple(get_library().questions)).rows(cohort.pk)
    return {user_id: (cleared, last) for user_id, cleared, last in rows}


def crowd(cohort: Cohort, since: datetime) -> Crowd:
    """How the learners stand at each question, and what changed since. One query."""
    return Crowd(_crowd.rows(cohort.pk, since))


def _padded(ids: Sequence[int], most: int) -> list[int]:
    return [*ids, *[NOBODY] * (most - len(ids))]


def answers_given(cohort: Cohort, earlier: datetime, later: datetime) -> tuple[int, int]:
    """How many answers the learners gave between the two times, and since the later. One query."""
    given = dict(_answers.rows(cohort.pk, earlier, later))
    return given.get(False, 0), given.get(True, 0)


def played(cohort: Cohort) -> dict[int, set[Played]]:
    """What each learner's runs came to, of those who began one. One query."""
    return gather_played(_played.rows(cohort.pk))


def runs_begun(cohort: Cohort, earlier: datetime, later: datetime) -> tuple[int, int]:
    """How many runs the learners began between the two times, and since the later. One query."""
    begun = dict(_begun.rows(cohort.pk, earlier, later))
    return begun.get(False, 0), begun.get(True, 0)


def newest_runs_of(user_ids: Sequence[int]) -> dict[int, dict[str, Newest]]:
    """The latest run of each scenario of at most AT_ONCE people. One query."""
    return gather_newest(_newest_of.rows(*_padded(user_ids, AT_ONCE)))


def shared_runs(cohort: Cohort, most: int) -> tuple[Shared, ...]:
    """What the learners share, the latest first. One query."""
    return tuple(Shared(*row) for row in _shared(most).rows(cohort.pk))


def corrected(attempts: Sequence[int]) -> dict[int, Corrected]:
    """At most SAMPLES answers with the places of their wrong ideas. One query."""
    return gather_corrected(_corrected.rows(*_padded(attempts, SAMPLES)))


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
