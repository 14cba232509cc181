"""The first page: where somebody stands and what comes next."""

import pytest
from django.test import Client

from checkpoint.scenarios.models import Run
from tests.builders import make_judged, make_learner, signed_in

pytestmark = pytest.mark.usefixtures("mini_course")


def test_a_visitor_is_asked_to_start_and_the_database_is_not_asked(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Start with question 1" in page
    assert "of 1 questions cleared" in page
    assert "Answering needs" in page
    assert "Not answered" in page
    assert '<h3 id="h-stage">Workstation' in page


@pytest.mark.django_db
def test_a_learner_continues_with_the_first_question_not_cleared() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "partial"}, level="almost")
    page = signed_in(alice).get("/").content.decode()
    assert "Continue with question 1" in page
    assert 'aria-label="1 met, 1 partly"' in page
    assert "1 of 2 criteria" in page
    assert 'class="work__now"' in page


@pytest.mark.django_db
def test_a_learner_with_everything_cleared_goes_on_to_the_next_block() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", "met")
    page = signed_in(alice).get("/").content.decode()
    assert "Go on to chapter 02" in page
    assert 'class="work__now"' not in page
    assert "Cleared" in page


@pytest.mark.django_db
def test_the_scenarios_are_there_with_how_each_one_ended(client: Client) -> None:
    assert 'href="/scenarios/wrong-target/"' in client.get("/").content.decode()
    alice = make_learner("alice")
    assert "Not begun" in signed_in(alice).get("/").content.decode()
    Run.objects.create(user=alice, scenario="wrong-target", seed="1", content="x", ending="clean")
    page = signed_in(alice).get("/").content.decode()
    assert "Not begun" not in page and "Solved" in page


@pytest.mark.django_db
def test_the_line_opens_at_the_learners_own_stage() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", "met")
    assert '<h3 id="h-stage">Cluster' in signed_in(alice).get("/").content.decode()


@pytest.mark.django_db
def test_one_learner_does_not_see_anothers_progress() -> None:
    alice, bob = make_learner("alice"), make_learner("bob")
    make_judged(alice, "target", "met")
    assert "Start with question 1" in signed_in(bob).get("/").content.decode()


def test_another_stage_can_be_opened_by_its_address(client: Client) -> None:
    page = client.get("/?stage=cluster").content.decode()
    assert '<h3 id="h-stage">Cluster' in page
    assert 'hx-get="/?stage=workstation"' in page


def test_htmx_gets_the_stage_alone(client: Client) -> None:
    answer = client.get("/?stage=cluster", headers={"HX-Request": "true"})
    assert "<main" not in answer.content.decode()
    assert 'id="stage-detail"' in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_an_unknown_stage_is_not_found(client: Client) -> None:
    assert client.get("/?stage=moon").status_code == 404


def test_the_overview_is_only_read(client: Client) -> None:
    assert client.post("/").status_code == 405
