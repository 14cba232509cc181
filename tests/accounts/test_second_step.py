"""The second step of signing in can't be gone around, guessed or used twice."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from checkpoint.accounts.models import User
from tests.builders import PASSWORD

LOGIN = "/accounts/login/"
STEP = "/accounts/2fa/authenticate/"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def secured(proven: Client) -> tuple[str, list[str]]:
    """Alice's secret and recovery codes."""
    page = proven.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    after = proven.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<li>(\d{8})</li>", after.content.decode())


def halfway(alice: User) -> Client:
    """A browser in which the password was right."""
    browser = Client()
    assert browser.post(LOGIN, {"login": alice.email, "password": PASSWORD})["Location"] == STEP
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/progress/").status_code == 200


@pytest.mark.parametrize("place", ["/progress/", "/accounts/2fa/", "/accounts/email/", "/accounts/sessions/"])
def test_no_page_opens_between_the_two_steps(secured, alice: User, place: str) -> None:
    assert halfway(alice).get(place)["Location"].startswith(LOGIN)


def test_a_recovery_code_counts_once(secured, alice: User) -> None:
    _, codes = secured
    first, second = halfway(alice), halfway(alice)
    first.post(STEP, {"code": codes[0]})
    second.post(STEP, {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_code_of_the_app_counts_once(secured, alice: User) -> None:
    secret, _ = secured
    first, second = halfway(alice), halfway(alice)
    code = code_of(secret)
    first.post(STEP, {"code": code})
    second.post(STEP, {"code": code})
    assert not is_in(second)


def test_codes_are_not_guessed_for_long(secured, alice: User) -> None:
    _, codes = secured
    browser = halfway(alice)
    for number in range(12):
        browser.post(STEP, {"code": f"{number:06}"})
    browser.post(STEP, {"code": codes[0]})
    assert not is_in(browser)


def test_an_emailed_code_is_no_way_around_it(secured, alice: User) -> None:
    browser = Client()
    mail.outbox.clear()
    browser.post(reverse("account_request_login_code"), {"email": alice.email})
    (code,) = re.findall(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", mail.outbox[0].body, re.M)
    answer = browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer["Location"].startswith(STEP) and not is_in(browser)


def test_a_new_password_is_no_way_around_it(secured, alice: User) -> None:
    browser = Client()
    mail.outbox.clear()
    browser.post(reverse("account_reset_password"), {"email": alice.email})
    place = re.findall(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[0]
    place = browser.get(place)["Location"]
    browser.post(place, {"password1": "Quite-new-words-77", "password2": "Quite-new-words-77"})
    assert not is_in(browser)
    answer = browser.post(LOGIN, {"login": alice.email, "password": "Quite-new-words-77"})
    assert answer["Location"] == STEP


def test_switching_it_off_asks_for_the_password_again(secured, alice: User) -> None:
    _, codes = secured
    browser = halfway(alice)
    browser.post(STEP, {"code": codes[0]})
    session = browser.session
    session["account_authentication_methods"] = []
    session.save()
    answer = browser.post(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith("/accounts/"), "to be asked"
    assert halfway(alice)
