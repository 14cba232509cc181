"""Who catches a change alone, the smallest sets that let it through, and what would be next."""

from collections.abc import Callable
from itertools import combinations

from checkpoint.core.sim.sending.matrix import missed_by, next_ones, row, smallest_sets
from checkpoint.core.sim.sending.send import send
from checkpoint.core.sim.sending.sender import Sender
from tests.core.sim.sending.conftest import LINE, sendable

Make = Callable[..., Sender]


def test_a_row_says_who_catches_it_alone(sender: Make):
    made = row(sender(), "small", LINE)
    caught = [one.guardrail for one in made.alone if one.did == "caught"]
    assert caught == ["one-change-per-pr", "pre-commit"]
    assert (made.caught_by, made.arrives, made.stopped) == ("pre-commit", True, "")


def test_the_smallest_set_is_all_that_would_catch_it(sender: Make):
    assert list(smallest_sets(sender(), LINE)) == [("one-change-per-pr", "pre-commit")]


def test_what_nothing_catches_needs_nothing_switched_off(sender: Make):
    legs = [{"at": "workstation", "does": "$ echo bad > ~/a"}]
    made = sender(legs=legs, arrived=[{"file": {"path": "~/a"}}])
    assert list(smallest_sets(made, LINE)) == [()]


def test_what_a_tool_stops_has_no_set(sender: Make):
    legs = [{"at": "workstation", "does": "$ false\n$ echo bad > ~/a"}]
    made = sender(legs=legs, arrived=[{"file": {"path": "~/a"}}])
    assert list(smallest_sets(made, LINE)) == []


def test_the_next_ones_come_one_after_the_other(sender: Make):
    made = sender()
    assert next_ones(made, made.sent()) == ("one-change-per-pr",)
    assert next_ones(made, made.sent(["one-change-per-pr"])) == ()


def test_a_guardrail_that_is_off_is_told_if_it_would_have_caught_it(sender: Make):
    made = sender()
    assert missed_by(made, made.sent(["pre-commit", "sops-age"])) == ("pre-commit",)


def test_each_way_that_differs_is_walked_once():
    walked: list[str] = []
    made = Sender(sendable(), LINE, walked=lambda: walked.append("again"))
    row(made, "small", LINE)
    count = len(walked)
    for number in range(len(LINE.guardrails) + 1):
        for off in combinations(LINE.guardrails, number):
            made.sent(off)
    assert len(walked) == count <= 4


def test_a_set_that_comes_to_the_same_gives_what_sending_it_would_give():
    made = Sender(sendable(), LINE)
    opening, change = sendable().made_ready()
    for number in range(len(LINE.guardrails) + 1):
        for off in combinations(LINE.guardrails, number):
            assert made.sent(off) == send(opening, change, off, LINE), off


def test_results_from_before_are_taken_up():
    walked: list[str] = []
    made = Sender(sendable(), LINE, _walked().known(), walked=lambda: walked.append("again"))
    assert row(made, "small", LINE) == row(_walked(), "small", LINE)
    assert walked == []


def _walked() -> Sender:
    made = Sender(sendable(), LINE)
    row(made, "small", LINE)
    return made


def test_walked_every_way_nothing_is_left_to_find_out():
    walked: list[str] = []
    made = Sender(sendable(), LINE, walked=lambda: walked.append("again"))
    made.walk_every_way()
    count = len(walked)
    for number in range(len(LINE.guardrails) + 1):
        for off in combinations(LINE.guardrails, number):
            made.sent(off)
    assert len(walked) == count
