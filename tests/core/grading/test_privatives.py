"""Words that hold a negation within them, alone and beside another negation."""

from collections.abc import Callable

import pytest

Outcome = Callable[[str, str], str]


@pytest.mark.parametrize(
    "answer",
    [
        "It is not a bad idea to let the plan guard refuse it.",
        "It is no secret that the plan guard refuses it.",
        "The plan guard is not silent in refusing it.",
        "There is no old plan that isn't refused by the plan guard.",
        "It isn't true that the plan guard doesn't refuse it.",
        "The plan guard can't not refuse it.",
        "Nothing but the plan guard refuses it.",
        "It is refused by none other than the plan guard.",
        "Nobody but the plan guard refuses it.",
        "We don't look at the page where the plan guard refuses it.",
        "Under no circumstances is it left alone, the plan guard refuses it.",
    ],
)
def test_two_negations_say_it(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "The plan guard is kept from refusing it.",
        "We skip asking the plan guard, which refuses nothing.",
        "The plan guard avoids refusing it.",
        "The plan guard is incapable of refusing it.",
        "The plan guard abstains from refusing it.",
        "The plan guard is anything but a thing that refuses it.",
        "On no account does the plan guard refuse it before an apply.",
        "Seldom does anybody see the plan guard refuse it, or warn of it.",
        "Neither the script nor the plan guard refuses it.",
        "The plan guard is the opposite of what refuses it.",
    ],
)
def test_one_hidden_negation_denies_it(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) != "met"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Don't do anything without first having rotated the key.", "met"),
        ("The lock does little to prevent stale plans.", "missing"),
        ("Skip rotating the key.", "contradicted"),
        ("The team refuses to rotate the key.", "contradicted"),
        ("They neglected to rotate the key.", "contradicted"),
        ("They neglect the rotation of keys.", "contradicted"),
        ("Rotation is kept out of it.", "contradicted"),
    ],
)
def test_steps_under_two_negations_are_taken(outcome: Outcome, answer: str, expected: str) -> None:
    assert outcome("rotate", answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "Rotating the key can be dispensed with.",
        "In no case do we rotate the key before a meeting.",
        "We leave the key and everything that hangs on it unrotated.",
    ],
)
def test_a_step_left_undone_is_not_taken(outcome: Outcome, answer: str) -> None:
    assert outcome("rotate", answer) != "met"


def test_little_denies_what_it_does(outcome: Outcome) -> None:
    assert outcome("lock", "The lock does little to prevent stale plans.") == "met"
    assert outcome("lock", "The lock is of little help against stale plans.") == "met"
