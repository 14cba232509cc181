"""GitHub and an organisation's own sign-in: off until set up, and left by a page, not a redirect."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from checkpoint.accounts.adapter import SocialAdapter
from checkpoint.accounts.models import User

GITHUB = {"github": {"APPS": [{"name": "GitHub", "client_id": "abc", "secret": "def"}]}}


@pytest.fixture
def github(settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = GITHUB


@pytest.mark.django_db
def test_no_service_is_offered_by_default(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Continue with" not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("github")
def test_a_service_that_is_set_up_is_offered(client: Client) -> None:
    for page in ("/accounts/login/", "/accounts/signup/"):
        assert "Continue with GitHub" in client.get(page).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("github")
def test_nobody_is_sent_off_by_a_mere_link(client: Client) -> None:
    response = client.get("/accounts/github/login/")
    assert response.status_code == 200
    assert "Go to GitHub" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("github")
def test_the_way_out_is_a_page_because_forms_may_not_be_redirected_to_others(client: Client) -> None:
    response = client.post("/accounts/github/login/")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'http-equiv="refresh" content="0;url=https://github.com/login/oauth/authorize?' in page
    assert "client_id=abc" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("github")
def test_a_service_can_be_connected_in_the_settings(proven: Client) -> None:
    assert "Other services" in proven.get("/accounts/settings/").content.decode()
    assert "Connect GitHub" in proven.get("/accounts/3rdparty/").content.decode()


@pytest.mark.django_db
def test_a_service_gives_the_name_to_show() -> None:
    class Login:
        user = User()

    facts: dict[str, Any] = {"email": "dana@example.org", "name": "Dana\tDoe", "username": "dana"}
    assert SocialAdapter().populate_user(None, Login(), facts).name == "Dana Doe"


@pytest.mark.parametrize(
    ("variables", "offered"),
    [
        ({}, set()),
        ({"CHECKPOINT_GITHUB_CLIENT_ID": "a", "CHECKPOINT_GITHUB_CLIENT_SECRET": "b"}, {"github"}),
        ({"CHECKPOINT_OIDC_CLIENT_ID": "a", "CHECKPOINT_OIDC_URL": "https://id.example"}, {"openid_connect"}),
    ],
)
def test_the_environment_alone_decides(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], offered: set[str]
) -> None:
    import importlib

    from checkpoint.accounts import settings as module

    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    try:
        assert set(importlib.reload(module).SOCIALACCOUNT_PROVIDERS) == offered
    finally:
        monkeypatch.undo()
        importlib.reload(module)
