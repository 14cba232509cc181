"""A run between people: typed in two tabs, shared by its learner, found and replayed by their instructor."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.core.content.library import Library
from checkpoint.scenarios.models import Run, TypedLine
from tests.browser.conftest import NARROW, Visitor
from tests.browser.test_rubric import looked_at
from tests.browser.test_scenario import BOTH, SCALE, begin, finish, run
from tests.builders import make_instructor, make_judged, make_learner


@pytest.fixture(autouse=True)
def alice(mini_course: Library) -> None:
    alice = make_learner("alice")
    join_cohort(cohort=create_cohort(by=make_instructor("ivy"), name="Autumn group"), user=alice)
    make_judged(alice, "target", {"Q1.1": "met"})


@BOTH
def test_a_shared_run_is_found_and_replayed_by_the_instructor(visit: Callable[..., Visitor], script: bool):
    learner = begin(visit(java_script_enabled=script))
    run(learner, "ls")
    run(learner, SCALE)
    finish(learner)
    learner.get_by_role("button", name="Share it with my instructors").click()
    expect(learner.locator("main")).to_contain_text("Your instructors can see this run")

    visitor = visit(java_script_enabled=script)
    visitor.sign_in("ivy@example.org")
    page = visitor.go("/cohorts/autumn-group/")
    expect(page.locator("#skills")).to_contain_text("1 of 1 can say when the target is checked; nobody has")
    page.get_by_role("link", name=re.compile("Alice: The wrong target")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The wrong target, step 0 of 2")
    page.get_by_role("link", name="Jump to the damage").click()
    expect(page.locator("[aria-current=step] .term__cmd")).to_have_text(SCALE)
    page.get_by_role("link", name="Before").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The wrong target, step 1 of 2")
    page.get_by_label("Step", exact=True).focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The wrong target, step 2 of 2")
    with page.expect_download() as recording:
        page.get_by_role("link", name="Recording").click()
    assert recording.value.suggested_filename.endswith(".cast")
    assert page.get_by_role("button", name=re.compile("Go on from here")).count() == 0
    if script:
        assert looked_at(visitor) == []


def test_the_learner_is_led_from_the_gap_to_the_scenario(visit: Callable[..., Visitor]):
    visitor = visit(viewport=NARROW)
    visitor.sign_in("alice@example.org")
    page = visitor.go("/progress/")
    page.get_by_role("link", name="try The wrong target").click()
    expect(page.get_by_role("button", name="Start the scenario")).to_be_visible()


def test_two_tabs_type_into_one_world(visit: Callable[..., Visitor]):
    visitor = visit()
    left = begin(visitor)
    right = visitor.context.new_page()
    right.goto(left.url)
    for number, tab in enumerate((left, right, left, right)):
        tab.locator("#cmd").fill(f"echo {number} >> ~/said.txt")
        tab.locator("#cmd").press("Enter")
        expect(tab.locator(f"#step-{number + 1}")).to_be_visible()
    left.locator("#cmd").fill("cat ~/said.txt")
    left.locator("#cmd").press("Enter")
    expect(left.locator("#step-5 pre")).to_have_text(re.compile("0\\s1\\s2\\s3"))
    expect(left.locator(".term__step")).to_have_count(5)
    assert [line.number for line in TypedLine.objects.all()] == [1, 2, 3, 4, 5]
    assert Run.objects.get().stands_after == 5
