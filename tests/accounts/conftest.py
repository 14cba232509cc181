"""The cast of accounts: alice, who can sign in, and her browser."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from checkpoint.accounts.models import User
from tests.builders import PASSWORD, make_learner, signed_in


@pytest.fixture
def alice(db: None) -> User:
    user = make_learner("alice")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def her_browser(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def proven(alice: User) -> Client:
    """Alice's browser after she has shown twice that it's her, so that nothing asks for it again."""
    client = Client()
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client
