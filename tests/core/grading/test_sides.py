"""What is said of the stale plan does not count for the fresh one."""

from collections.abc import Callable

import pytest

RIGHT = [
    "A stale plan was made from an old state, a fresh one was made from the current state.",
    "Stale: made from an earlier state. Fresh: made from the latest state.",
    "A fresh plan is based on the current state whereas a stale one is based on a previous state.",
    "A plan that was made from an old state is stale and one that was made from the current state is fresh.",
]
SWAPPED = [
    "A fresh plan was made from an old state, a stale one was made from the current state.",
    "Stale: made from the latest state. Fresh: made from an earlier state.",
    "A plan that was made from the current state is stale and one that was made from an old state is fresh.",
]


@pytest.mark.parametrize("answer", RIGHT)
def test_each_side_gets_what_is_said_of_it(outcome: Callable[[str, str], str], answer: str) -> None:
    assert (outcome("stale", answer), outcome("fresh", answer)) == ("met", "met")


@pytest.mark.parametrize("answer", SWAPPED)
def test_swapped_roles_are_contradictions(outcome: Callable[[str, str], str], answer: str) -> None:
    assert (outcome("stale", answer), outcome("fresh", answer)) == ("contradicted", "contradicted")


def test_not_fresh_is_stale(outcome: Callable[[str, str], str]) -> None:
    assert outcome("stale", "A plan is not fresh when it was made from an earlier state.") == "met"


def test_a_part_of_the_idea_is_partly(outcome: Callable[[str, str], str]) -> None:
    assert outcome("fresh", "A fresh plan was made today.") == "partial"
