"""One learner as the instructor sees them, and one answer as its learner saw it."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort
from tests.builders import make_attempt, make_judged, signed_in


def test_the_page_lists_standing_and_every_answer_newest_first(ivys: Client, alice: User) -> None:
    first = make_judged(alice, "target", "missing", days_ago=5)
    second = make_judged(alice, "target", days_ago=1)
    page = ivys.get(f"/cohorts/autumn-group/learners/{alice.pk}/").content.decode()
    assert "Cleared" in page and "2 of 2" in page
    links = [f"/cohorts/autumn-group/attempts/{given.attempt_id}/" for given in (second, first)]
    listed = page[page.index("Every answer") :]
    assert listed.index(links[0]) < listed.index(links[1])


def test_a_learner_without_answers_has_a_page(ivys: Client, alice: User) -> None:
    page = ivys.get(f"/cohorts/autumn-group/learners/{alice.pk}/").content.decode()
    assert "Not answered" in page and "No answer yet" in page


def test_an_answer_is_shown_with_the_verdict_its_learner_saw(ivys: Client, alice: User) -> None:
    given = make_judged(
        alice,
        "target",
        {"Q1.1": "met", "Q1.2": "missing"},
        answer="Right before each write & <b>always</b>.",
        evidence={"Q1.1": ((0, 23),)},
    )
    page = ivys.get(f"/cohorts/autumn-group/attempts/{given.attempt_id}/").content.decode()
    assert '<mark class="ev" data-v="met"' in page
    assert "&lt;b&gt;always&lt;/b&gt;" in page and "<b>always" not in page
    assert "Says why" in page
    assert "Revise my answer" not in page, "it isn't the instructor's to revise"


def test_an_answer_not_judged_yet_is_shown_with_its_words(ivys: Client, alice: User) -> None:
    kept = make_attempt(alice, "target", "Words that wait.")
    page = ivys.get(f"/cohorts/autumn-group/attempts/{kept.pk}/").content.decode()
    assert "Words that wait." in page and "not checked yet" in page


def test_a_learner_cannot_open_another_learners_answer(alice: User, bob: User) -> None:
    given = make_judged(alice, "target")
    assert signed_in(bob).get(f"/selfcheck/target/attempts/{given.attempt_id}/").status_code == 404


def test_an_answer_that_is_not_there_is_not_found(ivys: Client, alice: User) -> None:
    assert ivys.get("/cohorts/autumn-group/attempts/999999/").status_code == 404


@pytest.mark.parametrize("page", ["learners", "attempts"])
@pytest.mark.parametrize("number", [2**63, 10**300])
def test_a_number_that_no_row_can_have_is_not_found(
    ivys: Client, cohort: Cohort, page: str, number: int
) -> None:
    assert ivys.get(f"/cohorts/autumn-group/{page}/{number}/").status_code == 404
