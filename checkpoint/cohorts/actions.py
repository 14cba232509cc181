"""Everything that changes a cohort or who belongs to it; each change is written down in the audit log."""

from itertools import count

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.cohorts.models import RESERVED_SLUGS, Cohort, Membership, new_code
from checkpoint.cohorts.roles import Role

RACES = 10
"""How often to look again when somebody else took the address first."""


class LastOwnerError(Exception):
    """A cohort keeps at least one owner."""


class NotOwnerError(Exception):
    """Only an owner has the cohort to give."""


class ReservedNameError(Exception):
    """The name would take an address of ours."""


def create_cohort(*, by: User, name: str) -> Cohort:
    """Of two with one name at once, the database refuses the second its address; it takes the next."""
    for _ in range(RACES):
        try:
            with transaction.atomic():
                cohort = Cohort.objects.create(name=name, slug=_free_slug(name), created_by=by)
                Membership.objects.create(cohort=cohort, user=by, role=Role.OWNER)
                record(cohort_id=cohort.pk, by=by, what="cohort-made", subject=name)
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


@transaction.atomic
def rename_cohort(*, cohort: Cohort, name: str, by: User) -> None:
    """The address stays, so that links people kept go on working."""
    record(cohort_id=cohort.pk, by=by, what="cohort-renamed", subject=name, before=cohort.name)
    cohort.name = name
    cohort.save(update_fields=["name"])


@transaction.atomic
def renew_join_code(*, cohort: Cohort, by: User) -> None:
    """Links with the old code stop working; members stay. The log keeps neither code."""
    cohort.join_code = new_code()
    cohort.save(update_fields=["join_code"])
    record(cohort_id=cohort.pk, by=by, what="code-renewed")


@transaction.atomic
def join_cohort(*, cohort: Cohort, user: User) -> bool:
    """False for somebody who belongs to it already."""
    _, joins = Membership.objects.get_or_create(cohort=cohort, user=user)
    if joins:
        record(cohort_id=cohort.pk, by=user, what="joined", role=Role.LEARNER)
    return joins


@transaction.atomic
def give_role(*, cohort: Cohort, user_id: int, role: Role, by: User) -> None:
    """To a member, or to somebody who becomes one by it."""
    _hold(cohort.pk)
    seat = Membership.objects.filter(cohort=cohort, user_id=user_id).first()
    before = seat.role if seat else ""
    if before == role:
        return
    if seat is None:
        Membership.objects.create(cohort=cohort, user_id=user_id, role=role)
    else:
        _keep_an_owner(seat)
        seat.role = role
        seat.save(update_fields=["role"])
    record(cohort_id=cohort.pk, by=by, what="role-given", person_id=user_id, role=role, before=before or None)


@transaction.atomic
def hand_over(*, owner: Membership, to: Membership, by: User) -> None:
    """The other member becomes an owner, and the owner an instructor."""
    _hold(owner.cohort_id)
    # Asked now that nobody else can change it: the roles we were given may be out of date.
    seats = {seat.pk: seat for seat in Membership.objects.filter(pk__in=(owner.pk, to.pk))}
    if len(seats) < 2 or seats[owner.pk].role != Role.OWNER or owner.cohort_id != to.cohort_id:
        raise NotOwnerError
    for seat, role in ((seats[to.pk], Role.OWNER), (seats[owner.pk], Role.INSTRUCTOR)):
        seat.role = role
        seat.save(update_fields=["role"])
    record(cohort_id=owner.cohort_id, by=by, what="handed-over", person_id=to.user_id)


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Somebody leaves or is removed."""
    _hold(membership.cohort_id)
    _keep_an_owner(membership)
    leaves = by.pk == membership.user_id
    record(
        cohort_id=membership.cohort_id,
        by=by,
        what="left" if leaves else "removed",
        person_id=None if leaves else membership.user_id,
        role=membership.role,
    )
    membership.delete()


def _hold(cohort_id: int) -> None:
    """Until the transaction ends, nobody else changes who belongs to this cohort."""
    Cohort.objects.select_for_update().get(pk=cohort_id)


def _keep_an_owner(membership: Membership) -> None:
    """Asked while the cohort is held: the role we were given may be out of date."""
    owners = Membership.objects.filter(cohort_id=membership.cohort_id, role=Role.OWNER)
    if set(owners.values_list("pk", flat=True)) == {membership.pk}:
        raise LastOwnerError
