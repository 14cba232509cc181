"""What an answer only plays with earns nothing; a condition that comes true, or a proposal, does."""

from collections.abc import Callable

import pytest

Outcome = Callable[[str, str], str]


@pytest.mark.parametrize(
    "answer",
    [
        "One day the plan guard might refuse it.",
        "If we had a plan guard, it would say that it refuses it.",
        "Assuming somebody wrote a plan guard that refuses it, we would be fine.",
        "A team could decide that the plan guard refuses it.",
        "We might consider that the plan guard refuses it.",
        "If a plan guard existed, it would be one that refuses it.",
        "What if the plan guard refuses it? Then we are done.",
        "What if there were more? Then the plan guard refuses it.",
        "Let's say for the sake of argument that the plan guard refuses it.",
    ],
)
def test_what_is_only_played_with_is_not_said(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "missing"


@pytest.mark.parametrize(
    "answer",
    [
        "If somebody applied in between, the plan guard refuses it.",
        "If you had an old plan, the plan guard would refuse it.",
        "I would suggest what we do here: the plan guard refuses it.",
        "In the future, too, the plan guard refuses it.",
    ],
)
def test_what_happens_in_a_case_is_said(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "met"
