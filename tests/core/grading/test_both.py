"""An answer that says a thing and its opposite has decided for neither."""

from collections.abc import Callable

import pytest

Outcome = Callable[[str, str], str]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("guard", "The plan guard refuses it and does not refuse it."),
        ("guard", "The plan guard checks the plan and refuses it but the plan guard never checks the plan."),
        ("lock", "The lock doesn't stop a stale plan and it does stop it."),
        ("guard", "The plan guard refuses it. Nothing refuses it, least of all a plan guard."),
        ("stale", "A stale plan was made from an earlier state and not an earlier state."),
        ("lock", "The lock does not prevent stale plans. All the same the lock prevents them."),
    ],
)
def test_both_are_left_to_a_person(outcome: Outcome, name: str, answer: str) -> None:
    assert outcome(name, answer) in ("unscored", "contradicted", "missing")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("guard", "The plan guard refuses it. Nothing else is refused."),
        ("guard", "Not the lock guard but the plan guard refuses it."),
        ("fresh", "A fresh plan was made from the current state, and no lock makes one."),
        ("guard", "Before and after lunch, the plan guard refuses it."),
    ],
)
def test_another_thing_denied_is_no_opposite(outcome: Outcome, name: str, answer: str) -> None:
    assert outcome(name, answer) == "met"
