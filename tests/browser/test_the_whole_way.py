"""A stranger becomes a learner, an instructor makes a cohort, and both see where the learner stands."""

import re

import pytest
from playwright.sync_api import Page, expect

from checkpoint.selfcheck.models import Attempt
from tests.browser.conftest import NARROW, WIDE, Visitor
from tests.builders import make_instructor

FIRST = (
    "First I'd run git revert so that the key is out of the repository. Then I'd tell the service owner "
    "and the security people and open an incident."
)
BETTER = (
    "Revoke the key at its provider at once, before touching Git at all. Then end the sessions and "
    "tokens that were issued with it. Find out where the value went: history, pull request, CI logs, "
    "chat, clones. Open an incident and tell the service owner and the security owner. The replacement "
    "is a new value, encrypted with SOPS, committed, and decrypted by Flux; I check that the secret is "
    "there without printing it. Rewriting the history is clean-up at most, it doesn't fix anything. At "
    "the end, check the audit log for use of the old key and add a content scan so that it can't happen "
    "again."
)


def read_and_explore(page: Page) -> None:
    """What somebody does who has never been here: follow the page's own suggestions."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Your delivery pipeline")
    page.locator("svg.dg--h a.dg-stage[data-stage=flux], svg.dg--v a.dg-stage[data-stage=flux]").locator(
        "visible=true"
    ).first.click()
    expect(page.locator("#stage-detail")).to_contain_text("Flux")
    page.locator("#stage-detail").get_by_role("link", name="chapter 03", exact=False).first.click()
    expect(page).to_have_url(re.compile(r"/lessons/chapter-03/"))
    page.locator("article, .prose").get_by_role("link", name=re.compile("guardrail|SOPS", re.I)).first.click()


def sign_up(visitor: Visitor) -> None:
    page = visitor.go("/accounts/signup/?next=/selfcheck/leaked-secret/")
    page.fill("input[name=email]", "mara@example.org")
    page.fill("input[name=password1]", "a-long-enough-passphrase")
    page.fill("input[name=name]", "Mara")
    page.get_by_role("button", name="Create my account").click()
    expect(page).to_have_url(re.compile(r"/selfcheck/leaked-secret/"))


def answer(page: Page, text: str) -> None:
    page.fill("textarea[name=answer]", text)
    page.get_by_text("Fairly").click()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("ol.criteria").first).to_be_visible()  # a bonus has a list of its own


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_whole_way_of_a_learner_and_an_instructor(visit, viewport, scripts):
    learner = visit(viewport=viewport, java_script_enabled=scripts)
    read_and_explore(learner.go("/"))
    sign_up(learner)
    page = learner.page
    expect(page.locator("body")).not_to_contain_text("Ends sessions")

    answer(page, FIRST)
    expect(page.locator(".fix").first).to_contain_text("git revert")
    page.get_by_role("link", name="Revise my answer").click()
    answer(page, BETTER)
    expect(page.locator("main")).to_contain_text("Cleared")
    assert list(Attempt.objects.order_by("number").values_list("answer", flat=True)) == [FIRST, BETTER]
    learner.go("/progress/")
    expect(page.locator("main")).to_contain_text("Q3, second attempt")

    make_instructor("ivy")
    instructor = visit(viewport=viewport, java_script_enabled=scripts)
    instructor.sign_in("ivy@example.org")
    desk = instructor.go("/cohorts/")
    desk.fill("input[name=name]", "Autumn platform group")
    desk.get_by_role("button", name="Make this cohort").click()
    expect(desk).to_have_url(re.compile(r"/cohorts/autumn-platform-group/"))
    code = desk.locator(".invitation__code").first.text_content()

    learner.go("/cohorts/")
    page.fill("input[name=code]", code or "")
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("main")).to_contain_text("Instructors of this cohort will see your answers")
    page.get_by_role("button", name="Join Autumn platform group").click()
    expect(page.locator("main")).to_contain_text("Autumn platform group")

    instructor.go("/cohorts/autumn-platform-group/")
    expect(desk.locator("table.heat")).to_contain_text("Mara")
    desk.get_by_role("row", name=re.compile("Mara")).get_by_role("link", name=re.compile("Q3")).click()
    expect(desk.locator("main")).to_contain_text("Revoke the key at its provider at once")
