"""Who is invited, and what a roster would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort, Invitation, Membership
from checkpoint.cohorts.roles import Role
from checkpoint.cohorts.rosters.reading import Line


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one line."""

    line: Line
    words: str
    is_new: bool = False
    """It gets an invitation."""


def outcomes(cohort: Cohort, lines: Iterable[Line]) -> tuple[Outcome, ...]:
    """What the lines would do now, in words; nothing is changed. Two queries."""
    lines = tuple(lines)
    emails = [line.email for line in lines if not line.problem]
    seats = Membership.objects.filter(cohort=cohort, user__email__in=emails)
    members = dict(seats.values_list("user__email", "role"))
    invited = dict(Invitation.objects.filter(cohort=cohort, email__in=emails).values_list("email", "role"))
    return tuple(_outcome(line, members, invited) for line in lines)


def _outcome(line: Line, members: dict[str, str], invited: dict[str, str]) -> Outcome:
    if line.problem:
        return Outcome(line, line.problem)
    if line.email in members:
        role = Role(members[line.email]).label.lower()
        other = "" if members[line.email] == line.role else ". The list doesn’t change that"
        return Outcome(line, f"Is in the cohort already, as {role}{other}.")
    if line.email in invited:
        role = Role(invited[line.email]).label.lower()
        other = "" if invited[line.email] == line.role else ". Withdraw that first to change it"
        return Outcome(line, f"Is invited already, as {role}{other}.")
    return Outcome(line, f"Gets an invitation, as {line.role.label.lower()}.", is_new=True)


def invited_lately(user_id: int, now: datetime) -> int:
    """How many people somebody invited within a day and who haven't come yet. One query."""
    return Invitation.objects.filter(by_id=user_id, made_at__gte=now - timedelta(days=1)).count()


def invitations(cohort: Cohort) -> tuple[Invitation, ...]:
    """Those who haven't come yet, by address. One query."""
    return tuple(Invitation.objects.filter(cohort=cohort).order_by("email"))


def invitations_to(user: User) -> tuple[Invitation, ...]:
    """With their cohorts: to addresses that somebody has shown to be theirs. One query."""
    return tuple(_to(user).select_related("cohort").order_by("cohort__name"))


def invitation_to(user: User, cohort: Cohort) -> Invitation | None:
    """One query."""
    return _to(user).filter(cohort=cohort).first()


def _to(user: User) -> QuerySet[Invitation]:
    theirs = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Invitation.objects.filter(email__in=[email.lower() for email in theirs])


def unsent(before: datetime, most: int) -> list[int]:
    """Ids of invitations whose mail nobody has taken yet. One query."""
    waiting = Invitation.objects.filter(claimed_at=None, made_at__lt=before)
    return list(waiting.order_by("made_at").values_list("pk", flat=True)[:most])
