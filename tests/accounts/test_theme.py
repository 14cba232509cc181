"""The theme button: the next theme or a named one, with or without an account, and safely back."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User

THEME = "/accounts/theme/"


@pytest.mark.django_db
def test_a_visitor_keeps_the_theme_in_a_cookie(client: Client) -> None:
    response = client.post(THEME, {"theme": "dark", "next": "/pipeline/"})
    assert response.headers["Location"] == "/pipeline/"
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("dark", True, "Lax")
    assert 'data-theme="dark"' in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_without_a_wish_the_next_theme_comes(client: Client) -> None:
    seen = [client.post(THEME).cookies["theme"].value for _ in range(3)]
    assert seen == ["light", "dark", "system"]


def test_a_learner_keeps_the_theme_in_the_account(her_browser: Client, alice: User) -> None:
    her_browser.post(THEME, {"theme": "light"})
    alice.refresh_from_db()
    assert alice.theme == "light"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "javascript:1"]
)
def test_it_never_leads_to_another_site(client: Client, wish: str) -> None:
    assert client.post(THEME, {"theme": "dark", "next": wish}).headers["Location"] == "/"


@pytest.mark.django_db
def test_an_unknown_theme_is_as_if_none_was_named(client: Client) -> None:
    assert client.post(THEME, {"theme": "sepia"}).cookies["theme"].value == "light"


@pytest.mark.django_db
def test_looking_changes_nothing(client: Client) -> None:
    assert client.get(THEME).status_code == 405
