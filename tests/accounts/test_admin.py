"""Operators: they sign in like everybody, and make somebody an instructor."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from tests.builders import make_learner, signed_in


@pytest.fixture
def operator(db: None) -> Client:
    return signed_in(make_learner("op", is_staff=True, is_superuser=True))


@pytest.mark.django_db
def test_the_admin_has_no_sign_in_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert response.headers["Location"].startswith("/accounts/login/")


def test_a_learner_is_told_no(her_browser: Client) -> None:
    assert her_browser.get("/admin/login/").status_code == 403
    assert her_browser.get("/admin/accounts/user/").status_code == 302


def test_an_operator_makes_somebody_an_instructor(operator: Client, alice: User) -> None:
    page = f"/admin/accounts/user/{alice.pk}/change/"
    assert operator.get(page).status_code == 200
    facts = {
        "email": alice.email,
        "name": alice.name,
        "theme": "system",
        "is_active": "on",
        "is_instructor": "on",
    }
    assert operator.post(page, facts).status_code == 302
    alice.refresh_from_db()
    assert alice.is_instructor


def test_an_operator_makes_an_account(operator: Client) -> None:
    facts = {
        "email": "Dana@Example.org",
        "name": "Dana",
        "usable_password": "true",
        "password1": "plan-then-apply",
        "password2": "plan-then-apply",
    }
    assert operator.post("/admin/accounts/user/add/", facts).status_code == 302
    assert User.objects.get(name="Dana").email == "dana@example.org"


def test_an_address_in_use_is_refused_with_a_message(operator: Client, alice: User) -> None:
    facts = {"email": "ALICE@example.org", "usable_password": "false"}
    response = operator.post("/admin/accounts/user/add/", facts)
    assert response.status_code == 200
    assert "already" in response.content.decode()


@pytest.mark.parametrize(
    "page", ["", "accounts/user/", "accounts/user/add/", "cohorts/cohort/", "cohorts/cohort/add/"]
)
def test_every_page_of_an_operator_opens(operator: Client, page: str) -> None:
    assert operator.get(f"/admin/{page}").status_code == 200
