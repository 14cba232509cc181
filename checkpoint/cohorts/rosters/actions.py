"""Everything that invites somebody, sends the mail, and lets them in."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.cohorts.models import Cohort, Invitation, Membership
from checkpoint.cohorts.roles import Role
from checkpoint.cohorts.rosters.queries import invitation_to, invitations_to, invited_lately, outcomes, unsent
from checkpoint.cohorts.rosters.reading import Line

MOST_A_DAY = 500
"""So many people who haven't come yet may one person have invited within a day."""

TAKEN_SOON = timedelta(minutes=2)
"""A mail older than this that nobody took is offered again."""

OFFERED_AT_ONCE = 200

logger = logging.getLogger(__name__)


class TooManyError(Exception):
    """More mail than one person should cause."""


@transaction.atomic
def invite(*, cohort: Cohort, lines: Iterable[Line], by: User) -> int:
    """Invite those of the lines who are new; how many. Doing it twice invites nobody twice."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    new = [outcome.line for outcome in outcomes(cohort, lines) if outcome.is_new]
    now = timezone.now()
    if invited_lately(by.pk, now) + len(new) > MOST_A_DAY:
        raise TooManyError
    for line in new:
        invitation = Invitation.objects.create(
            cohort=cohort, email=line.email, name=line.name, role=line.role, by=by, made_at=now
        )
        record(cohort_id=cohort.pk, by=by, what="invited", subject=line.email, role=line.role)
        send_invitation.enqueue(invitation.pk)
    return len(new)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    record(cohort_id=invitation.cohort_id, by=by, what="invitation-withdrawn", subject=invitation.email)
    invitation.delete()


# --- Coming in ---------------------------------------------------------------------------


@transaction.atomic
def welcome(user: User) -> tuple[Membership, ...]:
    """Let somebody in who made their account because they were invited.

    Whoever had one before is asked first: joining shows the answers they have given already.
    """
    fresh = [one for one in invitations_to(user) if one.made_at <= user.date_joined]
    return tuple(seat for one in fresh if (seat := _let_in(user, one)))


@transaction.atomic
def take_seat(*, user: User, cohort: Cohort) -> Role | None:
    """Join as invited: the role, or nothing for somebody who isn't (any more)."""
    invitation = invitation_to(user, cohort)
    seat = invitation and _let_in(user, invitation)
    return Role(seat.role) if seat else None


def _let_in(user: User, invitation: Invitation) -> Membership | None:
    """None for a member: the role they have stays."""
    seat, joins = Membership.objects.get_or_create(
        cohort_id=invitation.cohort_id, user=user, defaults={"role": invitation.role}
    )
    Invitation.objects.filter(pk=invitation.pk).delete()
    if not joins:
        return None
    record(cohort_id=invitation.cohort_id, by=user, what="joined", role=invitation.role)
    return seat


# --- The mail ------------------------------------------------------------------------------


@task()
def send_invitation(invitation_id: int) -> None:
    """At most once: it is claimed first, and given back only where nothing can have left."""
    waiting = Invitation.objects.filter(pk=invitation_id, claimed_at=None)
    if not waiting.update(claimed_at=timezone.now()):
        return
    invitation = Invitation.objects.select_related("cohort").get(pk=invitation_id)
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        logger.warning("The mail server isn't there; invitation %s waits", invitation_id)
        Invitation.objects.filter(pk=invitation_id).update(claimed_at=None)
        return
    try:
        connection.send_messages([_message(invitation)])
    finally:
        connection.close()
    Invitation.objects.filter(pk=invitation_id).update(sent_at=timezone.now())


def send_waiting(*, now: datetime) -> None:
    """Offer mails again that nobody took."""
    for invitation_id in unsent(now - TAKEN_SOON, OFFERED_AT_ONCE):
        send_invitation.enqueue(invitation_id)


def _message(invitation: Invitation) -> EmailMessage:
    cohort = invitation.cohort
    place = settings.SITE_URL + reverse("cohort-join", args=[cohort.join_code])
    text = render_to_string(
        "cohorts/invited.txt", {"cohort": cohort, "invitation": invitation, "place": place}
    )
    return EmailMessage(
        subject=" ".join(f"Your invitation to {cohort.name}".split()),
        body=text,
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
