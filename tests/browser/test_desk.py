"""The desk as instructor and learner meet it: a regrade tried, applied, told, undone; an assignment."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from pytest_django import Settings

from checkpoint.selfcheck.actions import count_attempts
from checkpoint.selfcheck.models import AttemptVerdict
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import INSTRUCTOR, LEARNER
from tests.browser.test_rubric import looked_at

QUESTION = "stale-plan"
DRIFT = re.compile("What the night left behind")


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.SENTENCE_MODEL_ON = False  # the same grader at once, in the test and in the server
    call_command("demo", verbosity=0)


@pytest.fixture
def generous() -> None:
    """An earlier grader found everything in the demo learner's latest answer to the question."""
    mine = AttemptVerdict.objects.filter(attempt__user__email=LEARNER, attempt__question=QUESTION)
    latest = mine.order_by("attempt_id").select_related("attempt").last()
    assert latest is not None
    latest.grader, latest.level = "an-earlier/1", "ready"
    latest.outcomes = dict.fromkeys(latest.outcomes, "met")
    latest.attempt.answer = "Somebody applied something else after the plan was made."
    latest.attempt.save()
    latest.save()
    count_attempts([latest])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_regrade_is_tried_applied_told_and_undone(
    visit: Callable[..., Visitor], generous: None, script: bool
):
    ivy, mara = visit(java_script_enabled=script), visit(java_script_enabled=script)
    ivy.sign_in(INSTRUCTOR)
    page = ivy.go("/cohorts/demo/")
    page.click("nav.desk >> text=Regrade")
    page.wait_for_load_state()
    assert page.locator("input[name=question]").count() == 1
    if script:
        assert looked_at(ivy) == []
    page.click("text=Start a dry run")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "What would change"
    assert page.locator("article.sample").count() == 1
    if script:
        assert looked_at(ivy) == []

    mara.sign_in(LEARNER)
    assert mara.go("/").locator(".rechecked").count() == 0
    page.click("text=Apply to")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "What changed"
    told = mara.go("/")
    assert "Checked again under grader" in told.locator(".rechecked").inner_text()
    told.click(".rechecked a")
    told.wait_for_load_state()
    assert "now missing" in told.locator(".rechecked").inner_text()
    if script:
        assert looked_at(mara) == []

    page.click("text=Undo this regrade")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Undone"
    told.reload()
    assert "A re-check was taken back" in told.locator(".rechecked >> nth=0").inner_text()


def test_a_learner_meets_what_an_instructor_assigned(visit: Callable[..., Visitor]):
    ivy, mara = visit(), visit()
    ivy.sign_in(INSTRUCTOR)
    page = ivy.go("/cohorts/demo/assignments/")
    page.check("input[value='scenario:drift']")
    page.fill("#id_due_at", "2031-11-27T17:00")
    page.click("button:has-text('Assign')")
    page.wait_for_load_state()
    assert "Thu 27 Nov 2031, 17:00 (UTC)" in page.locator("table").inner_text()
    assert looked_at(ivy) == []
    page.get_by_role("table").get_by_role("link", name=DRIFT).click()
    page.wait_for_load_state()
    page.locator("li", has_text="Mara Lindqvist").locator("summary").click()
    row = page.locator("li", has_text="Mara Lindqvist")
    row.locator("input[type=datetime-local]").fill("2031-12-01T09:00")
    assert looked_at(ivy) == []
    row.locator("button:has-text('Save for')").click()
    page.wait_for_load_state()

    mara.sign_in(LEARNER)
    told = mara.go("/")
    assert "yours: Mon 1 Dec 2031, 09:00 (UTC)" in told.locator(".assigned").inner_text()
    told.locator(".assigned").get_by_role("link", name=DRIFT).click()
    told.wait_for_load_state()
    assert "yours: Mon 1 Dec 2031" in told.locator(".duenote").inner_text()
    assert looked_at(mara) == []
    mara.go("/calendar/").click("text=Make an address")
    told.wait_for_load_state()
    assert told.input_value("#ics").endswith(".ics")
    assert looked_at(mara) == []
