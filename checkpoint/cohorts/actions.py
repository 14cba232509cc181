"""Everything that changes a cohort or who belongs to it."""

from itertools import count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import RESERVED_SLUGS, Cohort, Membership, Role, new_code

RACES = 10
"""How often to look again when somebody else took the address first."""


class LastInstructorError(Exception):
    """A cohort keeps at least one instructor."""


class ReservedNameError(Exception):
    """The name would take an address of ours."""


def create_cohort(*, by: User, name: str) -> Cohort:
    """Of two with one name at once, the database refuses the second its address; it takes the next."""
    for _ in range(RACES):
        try:
            with transaction.atomic():
                cohort = Cohort.objects.create(name=name, slug=_free_slug(name), created_by=by)
                Membership.objects.create(cohort=cohort, user=by, role=Role.INSTRUCTOR)
                return cohort
        except IntegrityError as refused:
            taken = refused
    raise taken


def _free_slug(name: str) -> str:
    wish = slugify(name)[:70].strip("-") or "cohort"
    if wish in RESERVED_SLUGS:
        raise ReservedNameError
    taken = set(Cohort.objects.filter(slug__startswith=wish).values_list("slug", flat=True))
    others = (f"{wish}-{number}" for number in count(2))
    return wish if wish not in taken else next(slug for slug in others if slug not in taken)


def rename_cohort(*, cohort: Cohort, name: str) -> None:
    """The address stays, so that links people kept go on working."""
    cohort.name = name
    cohort.save(update_fields=["name"])


def renew_join_code(*, cohort: Cohort) -> None:
    """Links with the old code stop working; members stay."""
    cohort.join_code = new_code()
    cohort.save(update_fields=["join_code"])


def join_cohort(*, cohort: Cohort, user: User) -> bool:
    """False for somebody who belongs to it already."""
    return Membership.objects.get_or_create(cohort=cohort, user=user)[1]


def add_instructor(*, cohort: Cohort, user: User) -> None:
    Membership.objects.update_or_create(cohort=cohort, user=user, defaults={"role": Role.INSTRUCTOR})


@transaction.atomic
def end_membership(*, membership: Membership) -> None:
    """Somebody leaves or is removed."""
    Cohort.objects.select_for_update().get(pk=membership.cohort_id)
    instructors = Membership.objects.filter(cohort_id=membership.cohort_id, role=Role.INSTRUCTOR)
    # Asked now that nobody else can change it: the role we were given may be out of date.
    if set(instructors.values_list("pk", flat=True)) == {membership.pk}:
        raise LastInstructorError
    membership.delete()
