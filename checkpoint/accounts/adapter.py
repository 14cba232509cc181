"""Where allauth asks this house: its words, who may sign up, the name a service gives."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest

from checkpoint.accounts.models import User
from checkpoint.accounts.queries import authenticators_of
from checkpoint.accounts.signup import tidy_name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Plain words for what went wrong, each with what to do next."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off. Ask whoever runs your course.",
        "cannot_remove_primary_email": "This is your main address. Make another one the main address first.",
        "duplicate_email": "This address is already on your account.",
        "email_password_mismatch": (
            "That email and password don’t match. Check the password, or use an emailed code instead."
        ),
        "email_taken": "Somebody already uses this address. Sign in with it, or choose another.",
        "enter_current_password": "Enter the password you use now.",
        "incorrect_code": "That code isn’t right. Check it, or ask for a new one.",
        "incorrect_password": "That isn’t your password. Check it and try again.",
        "invalid_or_expired_key": "This code has run out. Ask for a new one.",
        "invalid_login": "We couldn’t sign you in. Check your email address and try again.",
        "invalid_password_reset": "This link has been used or has run out. Ask for a new one.",
        "same_as_current": "This is the one you have already. Enter a different one.",
        "select_only_one": "Choose one of them.",
        "too_many_login_attempts": "Too many tries with this address. Wait five minutes, then try again.",
        "unknown_email": "No account here uses this address. Check the spelling.",
        "unverified_primary_email": "Confirm this address first, then make it your main one.",
        "rate_limited": "That was too many tries in a row. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, *_: object) -> bool:
        return bool(settings.SIGN_UP_IS_OPEN)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The same for authenticator apps and passkeys."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "While a second step is on, no address can be added. Switch it off first.",
        "cannot_delete_authenticator": "This second step can’t be switched off.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first; recovery codes come with it.",
        "incorrect_code": "That code isn’t right. Enter the one your app shows now.",
        "unverified_email": "Confirm your email address first, then set up a second step.",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What stands in the field where a passkey is named."""
        others = authenticators_of(user, type)
        return f"Passkey {others + 1}" if others else "Passkey"


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts that GitHub or an organisation vouches for."""

    def is_open_for_signup(self, *_: object) -> bool:
        return bool(settings.SIGN_UP_IS_OPEN)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.name = tidy_name(data.get("name") or data.get("username") or "")
        return user
