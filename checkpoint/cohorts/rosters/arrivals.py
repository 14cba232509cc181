"""Lets invited people in when they make an account, as soon as their address is shown to be theirs."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_signed_up
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest

from checkpoint.accounts.models import User
from checkpoint.cohorts.roles import Role
from checkpoint.cohorts.rosters.actions import welcome


@receiver(email_confirmed)
def address_confirmed(request: HttpRequest, email_address: EmailAddress, **_more: Any) -> None:
    _welcome(request, email_address.user)


@receiver(user_signed_up)
def signed_up(request: HttpRequest, user: User, **_more: Any) -> None:
    """Another service may have vouched for the address already."""
    _welcome(request, user)


def _welcome(request: HttpRequest, user: User) -> None:
    for seat in welcome(user):
        shown = " Its instructors see your answers from now on." if seat.role == Role.LEARNER else ""
        messages.success(request, f"You’re in {seat.cohort} now.{shown} You can leave under Cohorts.")
