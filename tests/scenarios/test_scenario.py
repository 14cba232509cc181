"""The list of scenarios and the page before a run."""

import pytest
from django.test import Client

from checkpoint.scenarios.models import Run

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_anybody_may_read_the_list_and_the_brief(mini_course):
    assert "The wrong target" in text(Client().get("/scenarios/"))
    assert "waits for two copies of" in text(Client().get("/scenarios/wrong-target/"))


def test_no_placeholder_is_shown(mini_course):
    assert "@service@" not in text(Client().get("/scenarios/wrong-target/"))


def test_an_unknown_scenario_is_not_found(mini_course):
    assert Client().get("/scenarios/nope/").status_code == 404


def test_a_run_begins_with_a_post_only(page):
    assert page.get("/scenarios/wrong-target/start/").status_code == 405
    assert page.post("/scenarios/nope/start/").status_code == 404


def test_doing_it_again_gives_another_variant(page):
    for _ in range(3):
        page.post("/scenarios/wrong-target/start/")
    assert len({run.seed for run in Run.objects.all()}) == 3


def test_the_list_says_how_far_one_has_come(page, address):
    page.post(f"{address}line/", {"line": "kubectl --context staging scale deployment --all --replicas=2"})
    page.post(f"{address}line/", {"line": "echo staging > ~/note.txt"})
    assert "Solved" in text(page.get("/scenarios/"))
    assert "2 goals met" in text(page.get("/scenarios/wrong-target/"))


def test_whoever_left_a_run_open_is_led_back_to_it_first(page, address):
    brief = page.get("/scenarios/wrong-target/").content.decode()
    assert f'<a class="btn btn--go" href="{address}">Go on where you left off' in brief
    page.post(f"{address}finish/")
    brief = page.get("/scenarios/wrong-target/").content.decode()
    assert "where you left off" not in brief and "Start it again" in brief
