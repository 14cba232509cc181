"""Answering as a learner does it: typing, waiting, sending, losing the connection, coming back."""

import re

import pytest
from playwright.sync_api import expect

from checkpoint.selfcheck.models import Attempt, Draft
from tests.builders import make_judged, make_learner
from tests.selfcheck.conftest import CLEARS, HALF, WRONG

ASK = "/selfcheck/target/"


@pytest.fixture(autouse=True)
def small_course(mini_course):
    return mini_course


@pytest.fixture
def alice():
    return make_learner("alice")


def signed_in(visit, **options):
    visitor = visit(**options)
    visitor.sign_in("alice@example.org")
    return visitor


def test_words_are_counted_and_kept_while_typing(visit, alice):
    visitor = signed_in(visit)
    page = visitor.go(ASK)
    page.locator("#answer").press_sequentially("Four words to keep")
    expect(page.locator("[data-words]")).to_have_text("4 words.")
    expect(page.locator("#draft-status")).to_contain_text(re.compile(r"Draft saved at \d\d:\d\d\."))
    assert page.evaluate("document.activeElement.id") == "answer"
    with page.expect_response(lambda one: "/draft/" in one.url and "more" in (one.request.post_data or "")):
        page.locator("#answer").press_sequentially(", and two more")
        page.locator("input[name=confidence]").first.focus()
    visitor.go(ASK)
    expect(page.locator("#answer")).to_have_value("Four words to keep, and two more")


def test_ctrl_enter_sends_and_the_verdict_takes_the_focus(visit, alice):
    page = signed_in(visit).go(ASK)
    page.fill("#answer", f"{HALF} {WRONG}")
    page.press("#answer", "Control+Enter")
    expect(page.locator("#res")).to_contain_text("one thing to unlearn")
    assert re.search(r"/selfcheck/target/attempts/\d+/$", page.url)
    expect(page.locator("#answer-region")).to_be_focused()
    expect(page).to_have_title(re.compile("First attempt"))
    shown = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == shown
    page.get_by_role("link", name="Revise my answer").click()
    expect(page.locator("#answer")).to_have_value(f"{HALF} {WRONG}")


def test_back_leads_to_the_question_again(visit, alice):
    page = signed_in(visit).go(ASK)
    page.fill("#answer", HALF)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#res")).to_be_visible()
    page.go_back()
    expect(page.locator("#answer")).to_be_visible()
    expect(page.locator("#res")).to_have_count(0)


def test_nothing_to_check_puts_the_focus_into_the_field(visit, alice):
    visitor = signed_in(visit)
    visitor.expected = ("422",)
    page = visitor.go(ASK)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#answer-error")).to_contain_text("nothing to check yet")
    expect(page.locator("#answer")).to_be_focused()


def test_two_devices_keep_both_drafts(visit, alice):
    phone, laptop = signed_in(visit), signed_in(visit)
    phone.expected = ("409",)
    phone.go(ASK)
    laptop.go(ASK).fill("#answer", "From the laptop.")
    laptop.page.locator("#answer").blur()
    expect(laptop.page.locator("#draft-status")).to_contain_text("Draft saved")
    phone.page.fill("#answer", "From the phone.")
    phone.page.locator("#answer").blur()
    note = phone.page.locator("#draft-conflict")
    expect(note).to_contain_text("another draft")
    expect(phone.page.locator("#answer")).to_have_value("From the phone.")
    note.get_by_role("button", name="Keep both").click()
    expect(phone.page.locator("#answer")).to_have_value("From the phone.\n\nFrom the laptop.")
    assert Draft.objects.get().answer == "From the phone.\n\nFrom the laptop."


def test_no_connection_keeps_every_word(visit, alice):
    visitor = signed_in(visit)
    visitor.expected = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    page = visitor.go(ASK)
    visitor.context.set_offline(True)
    page.fill("#answer", HALF)
    page.locator("#answer").blur()
    expect(page.locator("#draft-status")).to_contain_text("Draft not saved")
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".note--failure")).to_contain_text("sent")
    expect(page.locator("#answer")).to_have_value(HALF)
    visitor.context.set_offline(False)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#res")).to_be_visible()
    assert Attempt.objects.count() == 1


def test_everything_works_without_scripts(visit, alice):
    visitor = signed_in(visit, java_script_enabled=False)
    page = visitor.go(ASK)
    page.fill("#answer", "Half a thought")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#draft-status")).to_contain_text("Draft saved")
    page.fill("#answer", CLEARS)
    page.get_by_label("Certain").check(force=True)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#res")).to_contain_text("Cleared")
    page.get_by_role("link", name="Show in my answer").first.click()
    assert page.url.endswith("#ev-1")


def test_without_an_account_an_answer_is_checked_and_forgotten(visit):
    visitor = visit()
    page = visitor.go(ASK)
    page.fill("#answer", HALF)
    page.press("#answer", "Control+Enter")
    expect(page.get_by_text("nothing was stored")).to_be_visible()
    assert not Attempt.objects.exists()
    visitor.go(ASK)
    expect(page.locator("#answer")).to_have_value("")


def test_words_come_along_through_signing_in(visit, alice):
    visitor = visit()
    page = visitor.go(ASK)
    page.fill("#answer", HALF)
    page.get_by_role("button", name="Sign in and check").click()
    page.fill("input[name=login]", "alice@example.org")
    page.fill("input[name=password]", "checkpoint-demo")
    page.press("input[name=password]", "Enter")
    expect(page.locator("#answer")).to_have_value(HALF)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_assistive_technology(visit, alice, theme):
    text = f"{HALF} {WRONG} The end."
    judged = make_judged(
        alice,
        "target",
        {"Q1.1": "met", "Q1.2": "unscored"},
        answer=text,
        level="almost",
        evidence={"Q1.1": ((0, len(HALF)),), "Q1.2": ((0, 20),)},
        misconceptions={"Q1.X1": ((len(HALF) + 1, len(text) - 9),)},
        confidence=3,
        days_ago=1,
    )
    make_judged(alice, "target", answer=CLEARS)
    visitor = signed_in(visit, color_scheme=theme)
    for path in ("/selfcheck/", ASK, f"{ASK}attempts/{judged.attempt_id}/", "/progress/"):
        visitor.go(path)
        assert visitor.violations() == [], path
    visitor.go(ASK).fill("#answer", text)
    visitor.page.get_by_role("button", name="Check privately").click()
    expect(visitor.page.locator("#res")).to_be_visible()
    assert visitor.violations() == []
