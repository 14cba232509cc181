"""A passkey from making it to signing in with nothing else, with Chromium's own virtual key."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from tests.builders import PASSWORD, make_learner

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_key(visitor: Any) -> None:
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_learner_makes_a_passkey_and_signs_in_with_it_alone(visit: Callable[..., Any]) -> None:
    alice = make_learner("alice")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    visitor = visit()
    page = visitor.sign_in(alice.email)
    plug_in_key(visitor)

    visitor.go("/accounts/2fa/webauthn/add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of this passkey").fill("work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    assert visitor.violations() == []

    visitor.go("/accounts/2fa/webauthn/")
    page.get_by_role("rowheader", name="work laptop").wait_for()
    assert "alone" in page.get_by_role("row", name="work laptop").inner_text()

    visitor.go("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    visitor.go("/accounts/login/?next=/cohorts/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/cohorts/")
    page.get_by_role("link", name="Alice").wait_for()


def test_a_passkey_that_fails_is_explained_in_words(visit: Callable[..., Any]) -> None:
    visitor = visit()
    visitor.base = visitor.base.replace("localhost", "127.0.0.1")
    page = visitor.go("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("open it as localhost instead").wait_for()


def test_without_scripts_no_dead_button_is_shown(visit: Callable[..., Any]) -> None:
    page = visit(java_script_enabled=False).go("/accounts/login/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    assert page.get_by_role("button", name="Sign in", exact=True).is_visible()


def test_without_scripts_a_passkey_page_says_why_and_a_guardrail_has_no_dead_button(
    visit: Callable[..., Any],
) -> None:
    alice = make_learner("alice")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    visitor = visit(java_script_enabled=False)
    page = visitor.sign_in(alice.email)
    visitor.go("/accounts/2fa/webauthn/add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.locator("noscript .note").wait_for()
    assert not page.get_by_role("button", name="Make the passkey").is_visible()
    assert not visitor.go("/guardrails/sops-age/").get_by_role("button", name="Print").is_visible()
