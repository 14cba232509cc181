"""Whose words a statement is: somebody else's, a mocked one, an imagined one, or the author's own."""

from collections.abc import Callable

import pytest

Outcome = Callable[[str, str], str]
SAID = "the plan guard refuses it"

NOBODYS = [
    "It's an old wives' tale that {}.",
    "{}, at least according to the advert.",
    "Salespeople keep promising that {}.",
    "My uncle swears {}.",
    "It is foolish to assume that {}.",
    "It is highly questionable whether {}.",
    "It has never been shown that {}.",
    "There is no evidence whatsoever that {}.",
    "I seriously question the assumption that {}.",
    "Many newcomers wrongly assume that {}.",
    "They want us to swallow the story that {}.",
    "The dogma that {} should be buried.",
    "The official propaganda is that {}.",
    "Hearsay: {}.",
    "{}, if you believe the hype.",
    "{}; that is what they want us to think.",
    "{}. Yeah, sure.",
    "{} - dream on.",
    "{}? In your dreams.",
    "{}. I was just kidding.",
    "According to some blog post, {}.",
    "In a parallel universe {}.",
    "Just think how nice it would be if {}.",
    "Let's imagine for a second that {}.",
    "If it were true that {}, we could go home.",
    "If {} we would be safe, but we are not.",
]
OWN = [
    "It is well known that {}.",
    "I am convinced that {}.",
    "Make sure that {}.",
    "My colleague rightly says that {}.",
    "The message says that {}.",
    "Experience shows that {}.",
    "The point is that {}.",
    "Nobody can deny that {}.",
    "Some people believe otherwise, but {}.",
    "Unlike what the myth says, {}.",
    "In practice, {}.",
    "In the cluster, {}.",
    "{}. That is the whole story.",
    "{}, and that is important.",
    "{}, I am sure.",
    "If you ask me, {}.",
]


def framed(frame: str) -> str:
    made = frame.format(SAID)
    return made[:1].upper() + made[1:]


@pytest.mark.parametrize("frame", NOBODYS)
def test_what_the_author_leaves_to_others_is_no_evidence(outcome: Outcome, frame: str) -> None:
    assert outcome("guard", framed(frame)) != "met"


@pytest.mark.parametrize("frame", OWN)
def test_what_the_author_stands_by_is(outcome: Outcome, frame: str) -> None:
    assert outcome("guard", framed(frame)) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "My uncle swears that the lock prevents it, but it does not.",
        "It would be naive to think that the lock prevents stale plans.",
        "Only a fool would say that the lock prevents it.",
    ],
)
def test_a_wrong_idea_quoted_to_refute_it_counts(
    outcome: Outcome, ideas: Callable[[str], set[str]], answer: str
) -> None:
    assert outcome("lock", answer) == "met"
    assert not ideas(answer)


@pytest.mark.parametrize("answer", ["The plan guard refuses it. The plan guard does not refuse it."])
def test_an_idea_and_its_opposite_are_left_to_a_person(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "unscored"


def test_that_may_show_which_one_is_written(outcome: Outcome) -> None:
    assert outcome("guard", "A bot writes that line into the log, and the plan guard refuses it.") == "met"
    assert outcome("guard", "A bot writes that the plan guard refuses it.") == "missing"
