"""The settings page: name shown, theme, single-key shortcuts, and the ways to sign in."""

from django.test import Client

from checkpoint.accounts.models import User

SETTINGS = "/accounts/settings/"


def test_a_learner_chooses_name_theme_and_shortcuts(her_browser: Client, alice: User) -> None:
    response = her_browser.post(SETTINGS, {"name": "Alice L.", "theme": "dark"})
    assert response.headers["Location"] == SETTINGS
    alice.refresh_from_db()
    assert (alice.name, alice.theme, alice.single_key_shortcuts) == ("Alice L.", "dark", False)
    page = her_browser.get(SETTINGS).content.decode()
    assert 'data-theme="dark"' in page
    assert "Your settings are saved." in page


def test_a_wrong_form_keeps_the_words_and_stores_nothing(her_browser: Client, alice: User) -> None:
    response = her_browser.post(SETTINGS, {"name": "x" * 81, "theme": "dark"})
    assert response.status_code == 422
    assert "x" * 81 in response.content.decode()
    alice.refresh_from_db()
    assert alice.theme == "system"


def test_a_name_is_shown_as_text(her_browser: Client) -> None:
    her_browser.post(SETTINGS, {"name": "<script>alert(1)</script>", "theme": "system"})
    page = her_browser.get(SETTINGS).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_it_leads_to_every_way_of_signing_in(her_browser: Client) -> None:
    page = her_browser.get(SETTINGS).content.decode()
    for address in ("email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/"):
        assert f'href="/accounts/{address}"' in page
    assert "Other services" not in page, "none is set up"


def test_another_method_is_refused_to_anybody(client: Client, her_browser: Client) -> None:
    assert client.put(SETTINGS).status_code == her_browser.put(SETTINGS).status_code == 405


def test_nobody_makes_themselves_an_operator(her_browser: Client, alice: User) -> None:
    more = {"is_staff": "on", "is_superuser": "on", "is_instructor": "on", "email": "else@example.org"}
    her_browser.post(SETTINGS, {"name": "Alice", "theme": "dark", **more})
    alice.refresh_from_db()
    assert not (alice.is_staff or alice.is_superuser or alice.is_instructor)
    assert alice.email == "alice@example.org"


def test_somebody_not_signed_in_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(SETTINGS).headers["Location"] == f"/accounts/login/?next={SETTINGS}"


def test_only_operators_are_shown_the_way_to_their_pages(her_browser: Client, alice: User) -> None:
    assert "/admin/" not in her_browser.get(SETTINGS).content.decode()
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    assert 'href="/admin/"' in her_browser.get(SETTINGS).content.decode()
