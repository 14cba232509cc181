"""Making an account: what is asked, what is stored, and one account per address."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.views import signup as allauth_sign_up
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from checkpoint.accounts.models import User
from checkpoint.accounts.views import again_if_taken
from tests.builders import make_learner

SIGN_UP = "/accounts/signup/"
NEW = {"email": "Bob@Example.org", "password1": "plan-then-apply", "name": "  Bob\x07\n  the Builder "}


@pytest.mark.django_db
def test_a_newcomer_is_signed_in_and_back_where_they_were(client: Client) -> None:
    response = client.post(SIGN_UP, {**NEW, "next": "/selfcheck/"})
    assert response.headers["Location"] == "/selfcheck/"
    bob = User.objects.get()
    assert (bob.email, bob.name) == ("bob@example.org", "Bob the Builder")
    assert not bob.is_instructor and not bob.is_staff
    assert client.session["_auth_user_id"] == str(bob.pk)


@pytest.mark.django_db
def test_without_a_name_the_part_before_the_at_is_shown(client: Client) -> None:
    client.post(SIGN_UP, {**NEW, "name": ""})
    assert User.objects.get().shown_name == "bob"


@pytest.mark.django_db
def test_a_weak_password_is_refused(client: Client) -> None:
    page = client.post(SIGN_UP, {**NEW, "password1": "password"}).content.decode()
    assert "too common" in page
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_address_in_use_is_refused(client: Client) -> None:
    make_learner("bob")
    page = client.post(SIGN_UP, NEW).content.decode()
    assert "Somebody already uses this address" in page
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_with_delivered_mail_an_address_in_use_is_told_by_mail_only(client: Client, settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_learner("bob")
    taken = client.post(SIGN_UP, NEW)
    fresh = Client().post(SIGN_UP, {**NEW, "email": "new@example.org"})
    assert taken.headers["Location"] == fresh.headers["Location"]
    assert "have one already" in mail.outbox[0].body
    assert User.objects.filter(email="bob@example.org").count() == 1


@pytest.mark.django_db
def test_an_address_is_asked_to_be_confirmed_by_a_kind_message(client: Client) -> None:
    client.post(SIGN_UP, NEW)
    message = mail.outbox[0]
    assert message.subject == "Confirm your email address"
    assert "open this link" in message.body
    link = next(word for word in message.body.split() if word.startswith("http") and "confirm" in word)
    client.post(link)
    assert EmailAddress.objects.get().verified


@pytest.mark.django_db
def test_nobody_sends_words_of_their_own_to_an_address_they_made_up(client: Client) -> None:
    client.post(SIGN_UP, {**NEW, "name": "You won: https://evil.example"})
    assert "evil" not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.django_db
def test_two_accounts_cannot_differ_by_capital_letters_only() -> None:
    make_learner("carol")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="CAROL@example.org")


@pytest.mark.django_db
def test_sign_up_can_be_closed(client: Client, settings) -> None:
    settings.SIGN_UP_IS_OPEN = False
    assert "closed here" in client.get(SIGN_UP).content.decode()
    client.post(SIGN_UP, NEW)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_with_delivered_mail_an_account_waits_for_its_confirmation(client: Client, settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = client.post(SIGN_UP, NEW, follow=True)
    assert "Look in your mail" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_first_operator_is_made_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "only-for-this-test")
    call_command("createsuperuser", email="Op@Example.org", interactive=False, verbosity=0)
    operator = User.objects.get()
    assert operator.email == "op@example.org"
    assert operator.is_staff and operator.is_superuser and operator.is_instructor


def test_of_two_forms_sent_at_once_the_second_is_answered_like_one_sent_later(rf: RequestFactory) -> None:
    outcomes = [IntegrityError("one_account_per_email"), HttpResponse("Somebody already uses this address")]

    def sign_up(request: HttpRequest) -> HttpResponse:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    assert b"already uses" in again_if_taken(sign_up)(rf.post(SIGN_UP)).content


def test_sign_up_is_asked_again_where_two_forms_race() -> None:
    assert resolve(SIGN_UP).func.__wrapped__ is allauth_sign_up
