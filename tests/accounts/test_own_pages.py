"""What was made for one person stays out of caches, also for whoever uses the browser next."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.core.content.library import Library
from tests.builders import make_judged


@pytest.mark.parametrize("page", ["/", "/progress/", "/lessons/", "/accounts/email/", "/no/such/page/"])
def test_no_cache_keeps_a_page_of_somebody_signed_in(her_browser: Client, page: str) -> None:
    response = her_browser.get(page)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]


def test_no_cache_keeps_an_answer(mini_course: Library, her_browser: Client, alice: User) -> None:
    given = make_judged(alice, "target")
    response = her_browser.get(f"/selfcheck/target/attempts/{given.attempt_id}/")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_words_in_a_form_survive_going_back_to_it(mini_course: Library, her_browser: Client) -> None:
    kept = her_browser.get("/selfcheck/target/").headers["Cache-Control"]
    assert "private" in kept and "no-cache" in kept
    assert "no-store" not in kept


def test_a_picture_is_everybodys(her_browser: Client) -> None:
    page = her_browser.get("/lessons/chapter-02/figures/lock-and-serial.svg")
    assert "public" in page.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_page_without_a_session_says_nothing_about_caches(client: Client) -> None:
    assert "Cache-Control" not in client.get("/lessons/").headers


def test_signing_out_empties_what_the_browser_kept(her_browser: Client) -> None:
    assert her_browser.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in her_browser.post("/accounts/logout/").headers


def test_whoever_finds_a_browser_open_is_asked_for_the_password(her_browser: Client, proven: Client) -> None:
    found = her_browser.post("/accounts/email/", {"email": "thief@example.org", "action_add": ""})
    assert found.headers["Location"].startswith("/accounts/reauthenticate/")
    hers = proven.post("/accounts/email/", {"email": "second@example.org", "action_add": ""})
    assert hers.headers["Location"] == "/accounts/email/"
