"""Who a browser's session belongs to, and until when."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checkpoint.accounts.models import User
from tests.builders import make_learner, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_learner("alice")


def _is_signed_in(client: Client) -> bool:
    return client.get(reverse("settings")).status_code == 200


def test_a_session_lasts_until_its_end(alice: User) -> None:
    client = signed_in(alice)
    assert _is_signed_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not _is_signed_in(client)


def test_a_session_is_over_once_it_is_deleted(alice: User) -> None:
    client = signed_in(alice)
    Session.objects.all().delete()
    assert not _is_signed_in(client)


def test_a_closed_account_is_signed_out_at_once(alice: User) -> None:
    client = signed_in(alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert not _is_signed_in(client)


def test_a_changed_password_ends_other_sessions(alice: User) -> None:
    client = signed_in(alice)
    alice.set_password("another long password")
    alice.save()
    assert not _is_signed_in(client)


def test_a_deleted_person_is_signed_out(alice: User) -> None:
    client = signed_in(alice)
    User.objects.filter(pk=alice.pk).delete()
    assert not _is_signed_in(client)
