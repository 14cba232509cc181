"""Steps out of order are worth half, whatever the order of the sentences."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    "answer",
    [
        "Rotate the key, then notify the security people.",
        "Before rewriting history, rotate the key.",
        "Notify the owner after you rotate the key.",
        "First rotate the key. Then notify the owner.",
        "Notify the owner, but first rotate the key.",
        "Notify the owner and rotate the key immediately.",
        "2. notify the owner\n1. rotate the key",
        "1) rotate\n2) notify them\n3) rewrite history if you like",
        "Rewriting history comes last. First of all rotate the key.",
        "Rewrite history only after you rotate the key.",
        "Only when you have rotated the key do you notify the owner.",
        "Rotating the key precedes notifying the owner.",
        "Notifying the owner waits until somebody has rotated the key.",
        "Notify the owner as soon as you have rotated the key.",
        "Notify the owner, but rotate the key first.",
    ],
)
def test_first_things_first_is_met(outcome: Callable[[str, str], str], answer: str) -> None:
    assert outcome("rotate", answer) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "Notify the owner, then rotate the key.",
        "Rotate the key after you notify the owner.",
        "Before you rotate the key, notify the owner.",
        "First notify the owner. Rotate the key later.",
        "1. notify the owner\n2. rotate the key",
        "Notifying the owner is followed by rotating the key.",
        "Only when you have notified the owner do you rotate the key.",
        "Rotating the key waits until you notify the owner.",
        "Rotate the key as soon as you have notified the owner.",
        "Rotating the key is step three; step two is to notify the owner.",
        "Rotating the key comes last of all, notify the owner beforehand.",
    ],
)
def test_a_step_too_late_is_partly(outcome: Callable[[str, str], str], answer: str) -> None:
    assert outcome("rotate", answer) == "partial"


@pytest.mark.parametrize(
    "answer",
    [
        "Rewrite history, then rotate the key.",
        "Rewrite history and force it, after that immediately rotate the key.",
        "Start with rewriting history. Rotate the key afterwards.",
        "Rotating the key trails rewriting history.",
        "Rewrite history; once it is rewritten, rotate the key.",
    ],
)
def test_some_steps_may_never_come_first_and_raise_a_wrong_idea(
    outcome: Callable[[str, str], str], ideas: Callable[[str], set[str]], answer: str
) -> None:
    assert outcome("rotate", answer) == "partial"
    assert "late" in ideas(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Even if I rewrite history, I still rotate the key.",
        "Here is how: before you rewrite history, rotate the key.",
        "I would rewrite history. Hmm, wait, that's the wrong way round. Rotate the key.",
        "If you only rewrite history, the clones keep it; so rotate the key.",
    ],
)
def test_a_step_that_is_supposed_taken_back_or_told_later_comes_before_nothing(
    outcome: Callable, answer: str
) -> None:
    assert outcome("rotate", answer) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "I don't just rewrite history, I rotate the key.",
        "We did not only rewrite history but rotated the key.",
        "Don't merely rewrite history: rotate the key.",
    ],
)
def test_what_one_does_not_leave_it_at_tells_no_order(
    outcome: Callable[[str, str], str], answer: str
) -> None:
    assert outcome("rotate", answer) == "met"


@pytest.mark.parametrize(
    "answer", ["We rewrite history, then we rotate the key.", "Just rewrite history, rotate later."]
)
def test_what_is_done_first_tells_it_all_the_same(outcome: Callable[[str, str], str], answer: str) -> None:
    assert outcome("rotate", answer) != "met"
