"""After a run: the debrief, every step, what can be taken along, and who may see it."""

import json
import re

import pytest

from checkpoint.core.sim.scenario.debrief import Decisive, Without
from checkpoint.scenarios.debriefs import did, otherwise, step_row
from checkpoint.scenarios.models import Run, TypedLine
from checkpoint.scenarios.plays import start_of
from checkpoint.scenarios.templatetags.scenes import coded
from tests.builders import make_learner, signed_in
from tests.markup import close_up

pytestmark = pytest.mark.django_db
WRONG = "kubectl scale deployment --all --replicas=2"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def played(page, address):
    for line in ("ls", WRONG, "echo staging > ~/note.txt"):
        page.post(f"{address}line/", {"line": line})
    return address


def test_finishing_leads_to_the_debrief(page, played):
    answer = page.post(f"{played}finish/")
    assert answer["Location"] == f"{played}debrief/"
    assert Run.objects.get().finished_at is not None


def test_the_debrief_tells_what_was_done_broken_and_touched(page, played):
    shown = text(page.get(f"{played}debrief/"))
    for words in (
        "Not solved yet",
        "Broke a rule",
        "Goal 2",
        "Twice the load",
        "around the line",
        "Context check",
    ):
        assert words in shown


def test_a_step_shows_the_run_as_it_stood_then(page, played):
    shown = text(page.get(f"{played}steps/1/"))
    assert "step 1 of 3" in shown
    assert "Production stays as it is" not in shown
    assert "Production stays as it is" in text(page.get(f"{played}steps/2/"))


def test_the_slider_leads_to_its_step_and_a_step_too_far_is_not_found(page, played):
    assert page.get(f"{played}steps/0/?step=2")["Location"] == f"{played}steps/2/"
    assert page.get(f"{played}steps/4/").status_code == 404


def test_a_branch_goes_on_from_a_step_and_leaves_the_run_as_it_is(page, played):
    place = page.post(f"{played}branch/", {"at": 1})["Location"]
    page.post(f"{place}line/", {"line": "ls /"})
    other = Run.objects.exclude(branched_from=None).get()
    assert [one.line for one in other.lines.all()] == ["ls", "ls /"]
    assert other.broken == []
    assert TypedLine.objects.filter(run=other.branched_from).count() == 3


def test_transcript_note_and_recording_can_be_taken_along(page, played):
    assert f"$ {WRONG}" in text(page.get(f"{played}transcript.txt"))
    assert text(page.get(f"{played}note.md")).startswith("# Incident note")
    head, *rest = text(page.get(f"{played}recording.cast")).splitlines()
    assert json.loads(head)["version"] == 2
    assert [json.loads(one)[1] for one in rest][:1] == ["o"]
    assert [json.loads(one)[0] for one in rest] == sorted(json.loads(one)[0] for one in rest)


def test_a_run_whose_scenario_has_changed_is_replayed_from_what_was_kept(page, played):
    Run.objects.update(content="other")
    assert page.get(f"{played}debrief/")["Location"] == f"{played}steps/0/"
    shown = text(page.get(f"{played}steps/3/"))
    assert WRONG in shown and ">Goals<" not in shown and ">World<" not in shown
    assert page.get(f"{played}note.md").status_code == 404


def test_sharing_is_asked_for_and_can_be_taken_back(page, played):
    page.post(f"{played}share/", {"shared": "1"})
    assert Run.objects.get().shared
    page.post(f"{played}share/", {"shared": ""})
    assert not Run.objects.get().shared


PLACES = ("debrief/", "steps/1/", "note.md", "transcript.txt", "recording.cast")


@pytest.mark.parametrize("place", PLACES)
def test_somebody_elses_run_is_not_found(played, place):
    assert signed_in(make_learner("otto")).get(f"{played}{place}").status_code == 404


@pytest.mark.parametrize("place", ["branch/", "share/"])
def test_somebody_elses_run_is_not_changed(played, place):
    otto = signed_in(make_learner("otto"))
    assert otto.post(f"{played}{place}", {"at": 1, "shared": 1}).status_code == 404


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ({"caught", "bypassed", "passed"}, "It caught something here. You went around it."),
        ({"passed"}, "It looked, and let it pass."),
        ((), "None of your lines came to it."),
    ],
)
def test_everything_that_a_guardrail_did_is_told(results, told):
    assert did(results) == told


@pytest.mark.parametrize(
    ("without", "results", "told"),
    [
        (Without("g", (), (), ("deployment.apps/web",)), {"caught"}, "would have stayed: deployment"),
        (Without("g", ("You pushed main.",), ()), {"caught"}, "Without it: You pushed main."),
        (Without("g", (), ("rule",)), set(), "a rule would have been broken"),
        (Without("g", (), ()), {"caught"}, "would have failed all the same"),
        (Without("g", (), ()), {"passed"}, "it had no objection"),
    ],
)
def test_what_would_have_come_without_a_guardrail_is_told(without, results, told):
    assert told in otherwise(without, results)


def test_of_a_guardrail_that_no_line_came_to_nothing_else_is_told():
    assert otherwise(Without("g", (), ()), set()) == ""


def test_a_run_that_went_wrong_can_go_on_from_before_the_damage(page, played):
    page.post(f"{played}finish/")
    shown = close_up(page.get(f"{played}debrief/").content.decode())
    at = re.search(r'name="at" value="(\d+)"><button class="btn">Go on from before', shown)
    assert at and at.group(1) == "1"


def test_a_goal_that_was_met_once_and_is_open_again_says_so(page, address):
    for line in ("kubectl config use-context staging", WRONG, "kubectl scale deployment --all --replicas=1"):
        page.post(f"{address}line/", {"line": line})
    shown = text(page.get(f"{address}debrief/"))
    assert re.search(r"Met at \d\d:\d\d, and open again at the end\.", shown)
    assert shown.count("Still open.") == 1


def test_code_in_what_people_wrote_is_code_and_everything_else_stays_text():
    told = coded("Kim wrote: “It's only `kubectl delete <pod>`, <b>*really*</b>.”")
    assert "<code>kubectl delete &lt;pod&gt;</code>" in told
    assert "&lt;b&gt;*really*&lt;/b&gt;" in told


def test_a_single_backtick_stays_what_it_is():
    assert coded("You pushed fix`it") == "You pushed fix`it"


def test_goals_that_one_step_met_stand_in_the_order_of_the_list(mini_course):
    session = start_of("wrong-target", "1").session
    first, second = (goal.id for goal in session.scenario.goals[:2])
    row = step_row(session, Decisive(1, 0, "make all", (), met=(second, first)))
    assert (row.signal, row.word) == ("met", "Goal 1 and Goal 2")
