"""Every page of allauth stands in our frame and obeys the content policy."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from checkpoint.accounts.models import User

OPEN_TO_ALL = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_request_login_code",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
FOR_THE_SIGNED_IN = [
    "settings",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
]


def assert_ours(page: str) -> None:
    assert 'class="mast"' in page
    assert "css/accounts.css" in page
    assert len(re.findall("<h1", page)) == 1
    assert not re.findall(r"<script(?![^>]*\ssrc=)", page), "no inline script"
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=\"", page), "no inline style or handler"
    assert "Messages:" not in page and "Menu:" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_a_page_open_to_all_stands_in_our_frame(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code in (200, 401)
    assert_ours(response.content.decode())


@pytest.mark.parametrize("name", FOR_THE_SIGNED_IN)
def test_a_page_for_the_signed_in_stands_in_our_frame(proven: Client, name: str) -> None:
    response = proven.get(reverse(name))
    assert response.status_code == 200
    assert_ours(response.content.decode())


@pytest.mark.parametrize("name", [n for n in FOR_THE_SIGNED_IN if n != "account_logout"])
@pytest.mark.django_db
def test_a_page_for_the_signed_in_sends_others_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_pages_behind_a_passkey_stand_in_our_frame(proven: Client, alice: User) -> None:
    key = Authenticator.objects.create(
        user=alice, type="webauthn", data={"name": "work laptop", "passwordless": True, "credential": {}}
    )
    codes = proven.get(reverse("mfa_index"))
    assert "work laptop" not in codes.content.decode()
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        response = proven.get(reverse(name, args=[key.pk]))
        assert response.status_code == 200
        assert_ours(response.content.decode())


def test_the_link_that_confirms_an_address_leads_to_a_page_of_ours(client: Client, alice: User) -> None:
    other = EmailAddress.objects.create(user=alice, email="alice@work.example", verified=False)
    for key in (EmailConfirmationHMAC(other).key, "used-or-wrong"):
        page = client.get(reverse("account_confirm_email", args=[key])).content.decode()
        assert_ours(page)


@pytest.mark.django_db
def test_a_dead_link_for_a_new_password_says_so_in_our_frame(client: Client) -> None:
    page = client.get(reverse("account_reset_password_from_key", args=["1", "set-password"])).content.decode()
    assert "no longer works" in page
    assert_ours(page)


@pytest.mark.django_db
def test_a_wrong_form_names_the_error_beside_its_field(client: Client) -> None:
    page = client.post(
        reverse("account_signup"), {"email": "not an address", "password1": "x"}
    ).content.decode()
    assert "data-invalid" in page
    assert 'aria-invalid="true"' in page
    assert re.search(r'aria-describedby="[^"]*id_email_error', page)
    assert 'id="id_email_error"' in page
    assert len(re.findall(" autofocus", page)) == 1, "the focus goes to the first error"


@pytest.mark.django_db
def test_a_service_that_is_not_set_up_is_not_found(client: Client) -> None:
    for address in (
        "/accounts/github/login/",
        "/accounts/github/login/callback/",
        "/accounts/oidc/x/login/",
        "/accounts/oidc/%00/login/",
    ):
        assert client.get(address).status_code == 404
