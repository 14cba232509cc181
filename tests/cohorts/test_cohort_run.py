"""A run that a learner shares: found by the instructors of their cohort, and by nobody else."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.scenarios.models import Run
from tests.builders import make_instructor, make_learner, make_played, make_run, signed_in

COHORT = "/cohorts/autumn-group/"
WRONG = "kubectl scale deployment --all --replicas=2"


@pytest.fixture
def run(alice: User) -> Run:
    return make_run(alice, "ls", WRONG, "echo '<b>staging</b>' > ~/note.txt", shared=True)


def place(run: Run, number: int = 3) -> str:
    return f"{COHORT}runs/{run.pk}/steps/{number}/"


def test_it_is_found_from_the_cohorts_page_and_from_the_learners(ivys: Client, run: Run) -> None:
    for page in (COHORT, f"{COHORT}learners/{run.user_id}/"):
        shown = ivys.get(page).content.decode()
        assert f'href="{place(run, 0)}"' in shown and "The wrong target" in shown


def test_a_run_that_is_not_shared_is_neither_listed_nor_found(ivys: Client, alice: User) -> None:
    private = make_run(alice, WRONG)
    for page in (COHORT, f"{COHORT}learners/{alice.pk}/"):
        assert str(private.pk) not in ivys.get(page).content.decode()
    for last in ("steps/1/", "transcript.txt", "recording.cast"):
        assert ivys.get(f"{COHORT}runs/{private.pk}/{last}").status_code == 404


def test_sharing_can_be_taken_back(ivys: Client, alice: User, run: Run) -> None:
    assert ivys.get(place(run)).status_code == 200
    signed_in(alice).post(f"/scenarios/runs/{run.pk}/share/", {"shared": ""})
    assert ivys.get(place(run)).status_code == 404


def test_a_run_is_found_in_its_learners_cohort_only(ivys: Client, ivy: User, run: Run) -> None:
    other = create_cohort(by=ivy, name="Other group")
    assert ivys.get(place(run).replace(COHORT, f"/cohorts/{other.slug}/")).status_code == 404


def test_instructors_do_not_see_each_others_learners(run: Run, otto: User) -> None:
    join_cohort(cohort=create_cohort(by=otto, name="Ottos"), user=make_learner("bea"))
    assert signed_in(otto).get(place(run)).status_code == 404
    assert signed_in(otto).get(place(run).replace(COHORT, "/cohorts/ottos/")).status_code == 404


def test_an_instructors_own_run_is_not_the_cohorts(ivys: Client, ivy: User, cohort: Cohort) -> None:
    assert ivys.get(place(make_run(ivy, shared=True), 1)).status_code == 404


def test_sharing_opens_none_of_the_learners_own_addresses(ivys: Client, run: Run) -> None:
    own = f"/scenarios/runs/{run.pk}/"
    for last in ("", "debrief/", "steps/1/", "note.md", "transcript.txt", "recording.cast"):
        assert ivys.get(f"{own}{last}").status_code == 404
    for last in ("line/", "branch/", "share/", "undo/", "finish/"):
        assert ivys.post(f"{own}{last}", {"line": "ls", "at": 1, "shared": 1}).status_code == 404
    assert run.lines.count() == 3


def test_a_step_shows_the_run_as_it_stood_then(ivys: Client, run: Run) -> None:
    before, after = (ivys.get(place(run, number)).content.decode() for number in (1, 2))
    assert "Alice" in after and "step 2 of 3" in after
    assert "Production stays as it is" in after and "Production stays as it is" not in before


def test_buttons_slider_and_steps_stay_within_the_cohort(ivys: Client, run: Run) -> None:
    shown = ivys.get(place(run, 2)).content.decode()
    replay = shown[shown.index('id="replay"') : shown.index("</main>")]
    assert "/scenarios/runs/" not in replay and '<form method="post"' not in replay
    links = set(re.findall(r'href="(\.\./[^"]+)"', replay))
    assert {"../1/", "../2/", "../3/", "../../transcript.txt", "../../recording.cast"} <= links
    assert ivys.get(f"{place(run, 0)}?step=3")["Location"] == place(run, 3)


def test_the_damage_is_marked_and_one_link_away(ivys: Client, run: Run) -> None:
    shown = ivys.get(place(run, 1)).content.decode()
    assert '<a class="small" href="../2/">Jump to the damage</a>' in shown and "Broke a rule" in shown


def test_what_was_typed_is_escaped(ivys: Client, run: Run) -> None:
    shown = ivys.get(place(run)).content.decode()
    assert "&lt;b&gt;staging" in shown and "<b>staging" not in shown


def test_a_step_too_far_is_not_found(ivys: Client, run: Run) -> None:
    assert ivys.get(place(run, 4)).status_code == 404


def test_transcript_and_recording_are_the_learners(ivys: Client, run: Run) -> None:
    base = f"{COHORT}runs/{run.pk}/"
    assert f"$ {WRONG}" in ivys.get(f"{base}transcript.txt").content.decode()
    head, *lines = ivys.get(f"{base}recording.cast").content.decode().splitlines()
    assert json.loads(head)["version"] == 2 and len(lines) >= 3
    assert "no-store" in ivys.get(f"{base}transcript.txt")["Cache-Control"]


def test_a_run_whose_scenario_has_changed_shows_what_was_kept(ivys: Client, run: Run) -> None:
    Run.objects.update(content="other")
    shown = ivys.get(place(run)).content.decode()
    assert WRONG in shown and "only the terminal can be shown" in shown


def test_a_second_instructor_of_the_cohort_sees_it_too(run: Run, cohort: Cohort) -> None:
    noor = make_instructor("noor")
    cohort.memberships.create(user=noor, role="instructor")
    assert signed_in(noor).get(place(run)).status_code == 200


def test_the_cohorts_page_lists_the_latest_only(ivys: Client, alice: User) -> None:
    for _ in range(10):
        make_played(alice, "wrong-target", shared=True)
    assert ivys.get(COHORT).content.decode().count(f"{COHORT}runs/") == 8
    assert ivys.get(f"{COHORT}learners/{alice.pk}/").content.decode().count(f"{COHORT}runs/") == 10


def test_runs_do_not_multiply_queries(ivys: Client, alice: User, run: Run) -> None:
    def cost(page: str) -> int:
        ivys.get(page)
        with CaptureQueriesContext(connection) as queries:
            ivys.get(page)
        return len(queries)

    pages = (COHORT, f"{COHORT}learners/{alice.pk}/")
    before = [cost(page) for page in pages]
    for _ in range(5):
        make_played(alice, "wrong-target", met=["scaled"], shared=True)
    assert [cost(page) for page in pages] == before


def test_a_step_that_htmx_asks_for_swaps_nothing_beside_itself(ivys: Client, run: Run) -> None:
    part = ivys.get(place(run), headers={"HX-Request": "true"}).content.decode()
    assert 'id="world"' in part and "hx-swap-oob" not in part
