"""A change is held to its word."""

from checkpoint.core.sim.sending.proving import faults
from tests.core.sim.sending.conftest import LINE, sendable

NAMED = ("pre-commit", "one-change-per-pr")


def test_a_change_that_keeps_its_word_has_no_fault():
    assert faults(sendable(guardrails=NAMED), LINE) == []


def test_what_it_says_of_guardrails_is_tried():
    assert faults(sendable(guardrails=("pre-commit",)), LINE) == [
        "one-change-per-pr alone catches it, and `guardrails` doesn't name it"
    ]
    told = faults(sendable(guardrails=("kube-context", *NAMED)), LINE)
    assert told == [
        "where all are on, pre-commit catches it, and `guardrails` names another one first",
        "kube-context alone doesn't catch it, although `guardrails` names it",
    ]


def test_a_harm_that_is_there_at_the_start_is_none_of_the_change():
    there = [{"file": {"path": "~/app/.git/HEAD"}}]
    assert faults(sendable(arrived=there), LINE) == ["it has arrived before anything was sent"]


def test_a_change_that_nothing_stops_has_to_arrive():
    nowhere = [{"file": {"path": "~/nowhere"}}]
    told = faults(sendable(arrived=nowhere, guardrails=NAMED), LINE)
    assert told == ["with every guardrail off it doesn't arrive: nothing stops it either"]


def test_a_tool_that_is_said_to_stop_it_has_to():
    told = faults(sendable(guardrails=NAMED, stopped_by="git"), LINE)
    assert told == ["with every guardrail off it arrives, although git should stop it"]


def test_a_start_that_cant_be_made_is_told():
    assert "line 1 of the earlier lines ends with 127" in faults(sendable(before="$ nosuch"), LINE)[0]
