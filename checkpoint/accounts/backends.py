"""Who a session belongs to, read by a query compiled once; signing in is Django's and allauth's."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from checkpoint.accounts.models import User
from checkpoint.accounts.queries import person


class _Remembered(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """Every request of somebody signed in asks this."""
        user = person(user_id)
        return user if user and self.user_can_authenticate(user) else None


class PasswordBackend(_Remembered):
    """For the operators' pages."""


class EmailBackend(_Remembered, AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """For everybody: by password, code, passkey or another service."""
