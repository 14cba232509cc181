"""What the settings page says about how somebody signs in."""

from collections import Counter
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.prepared import Prepared, PreparedFirst

_person = PreparedFirst(User, lambda user_id: User.objects.filter(pk=user_id))
_session = Prepared(
    lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date"), str
)


def person(user_id: int) -> User | None:
    """Whose id it is. One query, compiled once."""
    return _person.first(user_id)


def session_data(key: str) -> str | None:
    """What a session holds, still signed; nothing once it is over. One query, compiled once."""
    for data, ends in _session.rows(key):
        if ends > timezone.now():
            return str(data)
    return None


@dataclass(frozen=True, slots=True)
class SignInFacts:
    email: str
    email_confirmed: bool
    other_emails: int
    has_password: bool
    app_is_on: bool
    passkeys: int
    has_recovery_codes: bool
    sessions: int
    services: int


def authenticators_of(user: User, kind: str) -> int:
    """How many apps, passkeys or sets of recovery codes somebody has. One query."""
    count: int = Authenticator.objects.filter(user=user, type=kind).count()
    return count


def sign_in_facts(user: User) -> SignInFacts:
    """Four small queries; the page is opened rarely."""
    confirmed = dict(EmailAddress.objects.filter(user=user).values_list("email", "verified"))
    kinds = Counter(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return SignInFacts(
        email=user.email,
        email_confirmed=confirmed.get(user.email, False),
        other_emails=len(confirmed.keys() - {user.email}),
        has_password=user.has_usable_password(),
        app_is_on=bool(kinds[Authenticator.Type.TOTP]),
        passkeys=kinds[Authenticator.Type.WEBAUTHN],
        has_recovery_codes=bool(kinds[Authenticator.Type.RECOVERY_CODES]),
        sessions=len(UserSession.objects.purge_and_list(user)),
        services=SocialAccount.objects.filter(user=user).count(),
    )
