"""What a session came to, read from its events and never from the printed text."""

import pytest

from checkpoint.core.sim.scenario.debrief import decisive, journeys, ledger, without
from checkpoint.core.sim.scenario.incident_note import incident_note
from checkpoint.core.sim.scenario.matching import kinds
from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.scenario.telling import DONE, HAPPENED
from tests.core.sim.scenario.conftest import type_lines

WRONG = "kubectl scale deployment --all --replicas=2"
RIGHT = "kubectl --context staging scale deployment --all --replicas=2"

HOOKED = """$ git config --global user.name A
$ git config --global user.email a@b.c
$ git init -q -b main
@save ~/.pre-commit-config.yaml
repos:
  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v6.0.0
    hooks:
      - id: check-yaml
@end
$ pre-commit install
$ git add . && git commit -qm begin
"""


@pytest.fixture
def wrong_then_right(wrong_target):
    return type_lines(begun(opened(wrong_target)), "ls", WRONG, RIGHT)[0]


def test_the_steps_that_decided_it_are_those_that_broke_reached_or_changed_something(wrong_then_right):
    steps = decisive(wrong_then_right)
    assert [(one.number, one.mark) for one in steps] == [(2, "miss"), (3, "met")]
    assert steps[0].broken == ("production-untouched",) and steps[1].met == ("scaled",)


def test_steps_keep_their_number_where_others_were_taken_back(wrong_target):
    session, _ = type_lines(begun(opened(wrong_target)), "ls", "undo", WRONG)
    assert [one.number for one in decisive(session)] == [3]


def test_the_ledger_holds_what_the_task_did_not_ask_for_and_its_cost(wrong_then_right):
    (one,) = ledger(wrong_then_right)
    assert "production" in one.told and one.cost.startswith("Twice the load")


def test_a_write_past_the_line_is_drawn_around_it_unless_the_task_asked_for_it(wrong_then_right):
    (one,) = journeys(wrong_then_right)
    assert one.around and one.reached == "cluster" and one.number == 2


def test_a_change_is_drawn_as_far_as_it_got(session):
    after, _ = type_lines(session(earlier=HOOKED), "echo x > a.txt", "git add . && git commit -qm x")
    (one,) = journeys(after)
    assert (one.reached, one.around, one.caught_by) == ("workstation", False, "")


def test_a_caught_change_names_its_guardrail(session):
    after, _ = type_lines(session(earlier=HOOKED), "echo 'a: [' > a.yaml", "git add . && git commit -qm x")
    assert [one.caught_by for one in journeys(after)] == ["pre-commit"]


def test_the_same_lines_without_a_guardrail_tell_what_it_kept_out(session):
    after, _ = type_lines(session(earlier=HOOKED), "echo 'a: [' > a.yaml", "git add . && git commit -qm x")
    told = without(after, "pre-commit")
    assert told.differs and "committed a.yaml" in told.more[0]
    assert not without(after, "sops-age").differs


def test_the_incident_note_has_a_timeline_and_what_is_left(wrong_then_right):
    note = incident_note(wrong_then_right)
    assert "# Incident note: The wrong target" in note
    assert "- [x] Two copies run in staging" in note and "- [ ] Ben knows" in note
    assert note.index(WRONG) < note.index(RIGHT)


def test_every_kind_of_event_can_be_told():
    assert kinds().keys() - DONE.keys() - HAPPENED.keys() == set()
