"""Statements in quotation marks, and what an answer says against them."""

from collections.abc import Callable

import pytest

Outcome = Callable[[str, str], str]
Ideas = Callable[[str], set[str]]


@pytest.mark.parametrize(
    "answer",
    [
        '"The plan guard refuses it" is the sort of thing that consultants say.',
        'My boss shouts "the plan guard refuses it".',
        '"The plan guard refuses it": nonsense.',
        '"The plan guard refuses it" is one of those things people like to repeat.',
        '"The plan guard refuses it" is the slogan on a mug.',
        '"The plan guard refuses it" sounds like a line from a brochure.',
        '"The plan guard refuses it" was the answer of another student.',
        'The kind of advice that vendors hand out is "the plan guard refuses it".',
        "The plan guard refuses it, which is the sort of thing that consultants say.",
        "The plan guard refuses it, the kind of line that vendors love.",
        "That the plan guard refuses it is the kind of thing that consultants tell you.",
        "The stuff that salespeople tell you: the plan guard refuses it.",
        "You often hear that the plan guard refuses it.",
        "It is often asserted that the plan guard refuses it.",
        "It is fashionable to say that the plan guard refuses it.",
        "The usual story: the plan guard refuses it.",
        "A leaflet tells you that the plan guard refuses it, but leaflets exaggerate.",
        "The plan guard refuses it. I reject that story.",
        "The plan guard refuses it. Not in my view.",
    ],
)
def test_what_others_say_earns_nothing(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) != "met"


@pytest.mark.parametrize(
    "answer",
    [
        'The plan guard refuses it and prints "saved plan is stale".',
        'The page says "refused", so the plan guard refuses it.',
        "We read in the documentation that the plan guard refuses it.",
        'The answer is simple: "the plan guard refuses it".',
        '"The plan guard refuses it" is what I tell every colleague.',
        '"The plan guard refuses it" is the thing to remember.',
        "My motto: the plan guard refuses it.",
        "The plan guard refuses it, which is the kind of thing people forget.",
        "The plan guard refuses it, the sort of work that nobody sees.",
    ],
)
def test_messages_and_sources_are_the_authors_own(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        '"The lock prevents stale plans" - no. The plan guard refuses it.',
        "People think the lock prevents stale plans. Wrong: the plan guard refuses it.",
        "Some say the lock prevents stale plans; it doesn't, so the plan guard refuses it.",
        "Does the lock prevent stale plans? Hardly: the plan guard refuses it.",
        '"The lock prevents stale plans" is what I hear a lot; nonsense, the plan guard refuses it.',
        "You often hear that the lock prevents stale plans. That's not so: the plan guard refuses it.",
    ],
)
def test_what_is_said_against_others_is_the_authors_own(outcome: Outcome, ideas: Ideas, answer: str) -> None:
    assert outcome("guard", answer) == "met"
    assert not ideas(answer)
