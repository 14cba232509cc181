"""Signing in: by password, by code, with a second step, and back to where one was."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from checkpoint.accounts.models import User
from tests.builders import PASSWORD

LOGIN = "/accounts/login/"


def test_a_learner_signs_in_with_her_password(client: Client, alice: User) -> None:
    response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert response.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_capital_letters_in_the_address_do_not_matter(client: Client, alice: User) -> None:
    client.post(LOGIN, {"login": "ALICE@Example.ORG", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_a_wrong_password_is_said_beside_the_password(client: Client, alice: User) -> None:
    page = client.post(LOGIN, {"login": alice.email, "password": "wrong"}).content.decode()
    error = re.search(r'id="id_password_error">.*?</div>', page, re.S)
    assert error and "don’t match" in error[0]
    assert f'value="{alice.email}"' in page, "the address stays in its field"
    assert "wrong" not in re.findall(r'name="password"[^>]*', page)[0]


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client: Client, alice: User) -> None:
    def error(address: str) -> str:
        page = client.post(LOGIN, {"login": address, "password": "wrong"}).content.decode()
        return re.findall(r'id="id_password_error">.*?</div>', page, re.S)[0]

    assert error(alice.email) == error("nobody@example.org")


def test_after_signing_in_one_is_back_where_one_was(client: Client, alice: User) -> None:
    place = "/cohorts/?from=mail"
    asked = client.get(place)
    assert f"next={'/cohorts/%3Ffrom%3Dmail'}" in asked.headers["Location"]
    form = client.get(asked.headers["Location"]).content.decode()
    assert f'name="next" value="{place}"' in form
    response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD, "next": place})
    assert response.headers["Location"] == place


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client: Client, alice: User, elsewhere: str) -> None:
    response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD, "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_under_htmx_one_is_sent_to_sign_in_and_back_to_the_page(client: Client, db: None) -> None:
    response = client.get(
        "/cohorts/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/pipeline/ci/?x=1"}
    )
    assert response.status_code == HTTPStatus.UNAUTHORIZED
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2Fpipeline%2Fci%2F%3Fx%3D1"


def test_a_page_of_another_site_is_no_way_back(client: Client, db: None) -> None:
    response = client.get(
        "/cohorts/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/"}
    )
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_a_learner_signs_in_with_an_emailed_code(client: Client, alice: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": alice.email, "next": "/progress/"})
    text = mail.outbox[0].body
    assert "Hello" in text and "Checkpoint" in text
    code = re.findall(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", text, re.M)[0]
    page = client.get(reverse("account_confirm_login_code")).content.decode()
    assert alice.email in page
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_a_code_that_does_not_arrive_is_sent_again(client: Client, alice: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": alice.email})
    confirm = reverse("account_confirm_login_code")
    assert "Send a new code" in client.get(confirm).content.decode()
    client.post(confirm, {"action": "resend"})
    assert [message.to for message in mail.outbox] == [[alice.email], [alice.email]]


def test_asking_for_a_code_does_not_tell_who_has_an_account(client: Client, alice: User) -> None:
    known = client.post(reverse("account_request_login_code"), {"email": alice.email})
    other = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    assert known.headers["Location"] == other.headers["Location"]
    assert mail.outbox[1].to == ["nobody@example.org"]
    assert "no account" in mail.outbox[1].body


def test_a_forgotten_password_is_replaced_through_a_link(client: Client, alice: User) -> None:
    client.post(reverse("account_reset_password"), {"email": alice.email})
    link = re.findall(r"http://\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "a-long-new-one", "password2": "a-long-new-one"})
    alice.refresh_from_db()
    assert alice.check_password("a-long-new-one")
    assert "new password" in mail.outbox[-1].body


def _code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_authenticator_app_becomes_the_second_step_with_recovery_codes(
    proven: Client, alice: User
) -> None:
    page = proven.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml' in page.content.decode()
    secret = page.context["form"].secret
    after = proven.post(reverse("mfa_activate_totp"), {"code": _code_now(secret)}, follow=True)
    assert "Recovery codes" in after.content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", after.content.decode())
    assert len(codes) == 10

    client = Client()
    response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert "One more step" in client.get(reverse("mfa_authenticate")).content.decode()
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.session["_auth_user_id"] == str(alice.pk)
    assert len(Authenticator.objects.get(user=alice, type="recovery_codes").wrap().get_unused_codes()) == 9
    assert get_adapter().is_mfa_enabled(alice)


def test_the_passkey_button_is_tied_by_data_and_hidden_without_scripts(client: Client, db: None) -> None:
    page = client.get(LOGIN).content.decode()
    assert 'data-passkey="loginForm"' in page
    assert re.search(r"data-passkey-part hidden", page)
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["rpId"] == "testserver"


def test_a_change_that_matters_asks_for_the_password_again(her_browser: Client, alice: User) -> None:
    response = her_browser.get(reverse("mfa_activate_totp"))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert "Is it you?" in her_browser.get(response.headers["Location"]).content.decode()


def test_many_wrong_tries_are_stopped_for_a_while(client: Client, alice: User) -> None:
    for _ in range(5):
        client.post(LOGIN, {"login": alice.email, "password": "wrong"})
    page = client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert "Too many tries" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_requests_get_a_page_of_ours(client: Client, db: None) -> None:
    responses = [client.post(LOGIN, {"login": f"{n}@example.org", "password": "x"}) for n in range(31)]
    assert responses[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 'class="mast"' in responses[-1].content.decode()


def test_limits_can_be_switched_off_for_load_tests(client: Client, alice: User, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(40):
        client.post(LOGIN, {"login": alice.email, "password": "wrong"})
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_an_account_switched_off_does_not_get_in(client: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_signing_out_elsewhere_leaves_this_browser_signed_in(proven: Client, alice: User) -> None:
    other = Client(
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    )
    other.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert "Firefox on Linux" in proven.get(reverse("usersessions_list")).content.decode()
    proven.post(reverse("usersessions_list"))
    assert other.get(reverse("settings")).status_code == 302
    assert proven.get(reverse("settings")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("key", ['"\\000aaaaaaaaaaaaaaaa"', "x", "\u00e9" * 32, "a" * 3000])
def test_a_session_nobody_has_is_nobodys(client: Client, key: str) -> None:
    page = client.get("/progress/", headers={"cookie": f"sessionid={key}"})
    assert page.headers["Location"].startswith("/accounts/login/")
