"""From an appeal to a decision: a learner marks words, a reviewer decides, the learner sees it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.core.content.library import Library
from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from checkpoint.selfcheck.models import Appeal, AttemptVerdict, Decision
from tests.browser.conftest import NARROW, Visitor
from tests.browser.test_rubric import looked_at
from tests.browser.test_scenario import BOTH
from tests.builders import make_instructor, make_judged, make_learner

ANSWER = "Before every write I look 👀 at it. It keeps me from the wrong place."


@pytest.fixture(autouse=True)
def group(mini_course: Library) -> None:
    cohort = create_cohort(by=make_instructor("ivy"), name="Autumn group")
    for name, words in (("alice", ANSWER), ("bob", ANSWER.upper()), ("carol", "Nobody told me why at all.")):
        person = make_learner(name)
        join_cohort(cohort=cohort, user=person)
        make_judged(
            person,
            "target",
            {"Q1.1": "met", "Q1.2": "missing" if name == "alice" else "unscored"},
            answer=words,
        )


def appeal(visitor: Visitor, script: bool) -> None:
    visitor.sign_in("alice@example.org")
    page = visitor.go("/progress/")
    page.get_by_role("link", name="1 attempt").click()
    page.get_by_role("link", name="This verdict looks wrong").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This verdict looks wrong")
    if script:
        own = page.get_by_label("Your answer")
        expect(own).to_be_visible()
        own.focus()
        own.evaluate("area => area.setSelectionRange(area.value.indexOf('keeps'), area.value.length - 1)")
        expect(page.locator("[data-said]")).to_contain_text("keeps me from the wrong place")
        assert looked_at(visitor) == []
    else:
        page.get_by_label("It keeps me from the wrong place").check()
    page.get_by_label("Why").fill("I say why.")
    page.get_by_role("button", name="Send it to a reviewer").click()
    expect(page.locator(".criterion", has_text="With a reviewer")).to_contain_text(
        "keeps me from the wrong place"
    )


@BOTH
def test_an_appeal_is_decided_and_the_learner_sees_by_whom(visit: Callable[..., Visitor], script: bool):
    learner = visit(java_script_enabled=script)
    appeal(learner, script)
    kept = Appeal.objects.get()
    assert "keeps me from the wrong place" in ANSWER[kept.start : kept.end]

    reviewer = visit(java_script_enabled=script)
    reviewer.sign_in("ivy@example.org")
    page = reviewer.go("/cohorts/autumn-group/review/?kind=appeal")
    expect(page.locator("main")).not_to_contain_text("Alice")
    page.get_by_role("link", name=re.compile("Before every write")).click()
    page.get_by_label("Met", exact=True).first.check(force=True)
    page.get_by_label("To the learner").fill("You name the harm.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("you said met. The machine said missing")

    page = learner.go("/")
    page.get_by_role("link", name=re.compile("Q1, Checking the target")).first.click()
    expect(page.locator("#c-2")).to_contain_text("Ivy decided: Met")
    expect(page.locator("#c-2")).to_contain_text("You name the harm.")
    expect(page.locator("#c-2")).to_contain_text("The machine’s verdict was: Missing.")
    expect(page.get_by_role("heading", name="Cleared: all two")).to_be_visible()
    if script:
        assert looked_at(learner) == []


def test_a_reviewer_needs_no_mouse(visit: Callable[..., Visitor]):
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    page = visitor.go("/cohorts/autumn-group/review/")
    page.keyboard.press("j")
    expect(page.locator(".qlist--all a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/review/\d+/"))
    page.wait_for_load_state()
    first = page.url
    page.keyboard.press("?")
    expect(page.get_by_text("Met, partly, missing, contradicted")).to_be_visible()
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.wait_for_load_state()
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.wait_for_load_state()
    page.get_by_label("To the learner").fill("1 2 3 j k")
    assert page.url == first
    page.get_by_label("To the learner").evaluate("area => area.blur()")
    page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "after=" in url)
    assert [(one.outcome, one.blind, one.comment) for one in Decision.objects.all()] == [
        ("missing", True, "1 2 3 j k")
    ]
    assert looked_at(visitor) == []


def test_single_keys_rest_where_the_person_turned_them_off(visit: Callable[..., Visitor]):
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    page = visitor.go("/accounts/settings/")
    page.get_by_label(re.compile("single", re.IGNORECASE)).uncheck(force=True)
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    page = visitor.go("/cohorts/autumn-group/review/")
    page.get_by_role("link", name=re.compile("Nobody told me")).click()
    page.wait_for_load_state()
    page.keyboard.press("1")
    expect(page.locator(".judge :checked")).to_have_count(0)


def test_what_was_typed_outlives_a_look_at_another_answer(visit: Callable[..., Visitor]):
    visitor = visit(viewport=NARROW)
    visitor.sign_in("ivy@example.org")
    page = visitor.go("/cohorts/autumn-group/review/")
    page.get_by_role("link", name=re.compile("Nobody told me")).click()
    page.wait_for_load_state()
    page.get_by_label("For reviewers only").fill("Ask somebody.")
    here = page.url
    page.goto(here.partition("review/")[0] + "review/")
    page.goto(here)
    expect(page.get_by_label("For reviewers only")).to_have_value("Ask somebody.")
    assert looked_at(visitor) == []


@BOTH
def test_a_decision_becomes_a_patch_to_take_away(visit: Callable[..., Visitor], script: bool):
    mine = AttemptVerdict.objects.get(attempt__user__email="carol@example.org")
    ivy = User.objects.get(email="ivy@example.org")
    record_decisions(by_id=ivy.pk, rulings=[Ruling(mine.attempt_id, "Q1.2", "missing")])
    visitor = visit(java_script_enabled=script)
    visitor.sign_in("ivy@example.org")
    page = visitor.go("/cohorts/autumn-group/review/decisions/")
    page.get_by_role("checkbox").first.check()
    if script:
        assert looked_at(visitor) == []
    page.get_by_role("button", name="Offer the ticked ones").click()
    page.get_by_label("The words").fill("Nobody says why.")
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("#the-patch")).to_contain_text("Nobody says why.")
    expect(page.locator("#trial")).to_contain_text("The question’s own tests")
    if script:
        assert looked_at(visitor) == []
    with page.expect_download() as patch:
        page.get_by_role("button", name="Download target.patch").click()
    written = patch.value.path().read_text()
    assert '+      missing: [Because the rule says so., "Nobody says why."]' in written
