"""An instructor’s Monday: from the heat map to an answer and back, names hidden, the brief printed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.core.content.library import Library
from tests.browser.conftest import NARROW, Visitor
from tests.browser.test_rubric import looked_at
from tests.builders import make_instructor, make_judged, make_learner, make_played

ANSWER = "First I look. The prompt shows the cluster, so I trust it. Then I write."


@pytest.fixture(autouse=True)
def people(mini_course: Library) -> None:
    """Twelve learners; half of them hold the same wrong idea, one is certain of it."""
    cohort = create_cohort(by=make_instructor("ivy"), name="Autumn group")
    for number in range(12):
        person = make_learner(f"person-{number:02}")
        join_cohort(cohort=cohort, user=person)
        wrong = {"misconceptions": {"Q1.X1": ((14, 42),)}, "confidence": 2 if number else 3}
        outcomes = {"Q1.1": "met", "Q1.2": "missing"} if number % 2 == 0 else "met"
        make_judged(person, "target", outcomes, answer=ANSWER, **({} if number % 2 else wrong))
        make_played(person, "wrong-target", met=["scaled"], shared=number < 3)


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit()
    visitor.sign_in("ivy@example.org")
    return visitor


def test_from_the_heat_map_to_an_answer_and_back_to_the_same_table(visitor: Visitor):
    page = visitor.go("/cohorts/autumn-group/")
    page.get_by_role("link", name="Narrow by criterion, goal, idea, skill or stage").click()
    with page.expect_response(re.compile("has=Q1.X1")):
        page.get_by_label("Has the wrong idea").select_option("Q1.X1")
    expect(page.locator(".heat tbody tr")).to_have_count(6)
    expect(page).to_have_url(re.compile(r"has=Q1\.X1"))
    page.get_by_role("link", name="Person-00, Q1, 1 of 2 met, certain and wrong").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Checking the target")
    page.get_by_role("navigation", name="Pages of").get_by_role("link", name="Cohort").wait_for()
    page.locator(".crumb").get_by_role("link", name="Autumn group").click()
    page.wait_for_load_state()
    expect(page.locator(".heat tbody tr")).to_have_count(6)
    expect(page.get_by_text("Has the idea: The prompt of the shell")).to_be_visible()
    assert looked_at(visitor) == []


def test_names_stay_hidden_from_page_to_page(visitor: Visitor):
    page = visitor.go("/cohorts/autumn-group/")
    page.get_by_role("link", name="Hide names").click()
    page.wait_for_load_state()
    expect(page.locator("main")).not_to_contain_text("Person-")
    page.get_by_role("link", name=re.compile(r"Learner \w{5}, Q1, 1 of 2 met")).first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).not_to_contain_text("Person-")
    page.locator(".crumb").get_by_role("link", name=re.compile(r"Learner \w{5}")).click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Learner \w{5}"))
    page.get_by_role("navigation", name="Pages of").get_by_role("link", name="Brief").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Class brief")
    expect(page.locator("main")).not_to_contain_text("Person-")
    assert looked_at(visitor) == []


def test_the_brief_is_one_page_of_paper(visitor: Visitor):
    page = visitor.go("/cohorts/autumn-group/brief/")
    expect(page.get_by_text("Three drills")).to_be_visible()
    sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))
    assert len(sheets) == 1


def test_the_heat_map_is_of_use_on_a_phone(visit: Callable[..., Visitor]):
    visitor = visit(viewport=NARROW, java_script_enabled=False)
    visitor.sign_in("ivy@example.org")
    page = visitor.go("/cohorts/autumn-group/?sort=readiness")
    head, cell = page.locator(".heat tbody th").first, page.locator(".heat tbody td").last
    before = head.bounding_box()
    cell.scroll_into_view_if_needed()
    after = head.bounding_box()
    assert before and after and before["x"] == after["x"], "names stay in sight"
    expect(page.locator("main")).to_contain_text("Who to help first")
