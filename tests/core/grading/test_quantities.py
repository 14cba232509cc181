"""Numbers with a unit: read in their ways of writing, and wrong where the right one is the point."""

import pytest

from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.quantities import quantities
from checkpoint.core.grading.rubric import Criterion, Examples, Rubric
from checkpoint.core.grading.text import read

HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It waits 60 minutes, or an hour.", [HOUR, HOUR]),
        ("It has a 24-hour window.", [DAY]),
        ("It is gone after 24h.", [DAY]),
        ("It takes forty-five minutes.", [HOUR * 3 / 4]),
        ("It takes half an hour, at most 1.5 hours.", [HOUR / 2, HOUR * 3 / 2]),
        ("In 90 % of all cases.", [90]),
        ("We look at it once a day, and a second plan is made.", []),
        ("Version 1.2.3, stage 4 and 12 of them.", []),
    ],
)
def test_quantities_are_read_however_they_are_written(text: str, found: list[float]) -> None:
    assert [one.value for one in quantities(read(text))] == found


CLAIMS = {
    "The guard compares the context again after 30 minutes.": (
        "The guard compares the context again after half an hour.",
        "The guard compares the context again after 30 hours.",
        "The guard compares the context again after 5 minutes.",
    ),
    "The approval of a plan expires after 24 hours.": (
        "The approval of a plan expires after one day.",
        "The approval of a plan expires after 24 days.",
        "The approval of a plan expires after 2 hours.",
    ),
    "The owner rotates the leaked key within 15 minutes.": (
        "The owner rotates the leaked key within fifteen minutes.",
        "The owner rotates the leaked key within 15 weeks.",
        "The owner rotates the leaked key within 90 minutes.",
    ),
    "The controller scans the registry every 5 minutes.": (
        "The controller scans the registry every five minutes.",
        "The controller scans the registry every 5 days.",
        "The controller scans the registry every fifty minutes.",
    ),
    "The hook refuses files of more than 10 MB.": (
        "The hook refuses files of more than ten megabytes.",
        "The hook refuses files of more than 10 GB.",
        "The hook refuses files of more than 500 kB.",
    ),
}


def _verdict(grader: Grader, claim: str, answer: str, *right: str) -> str:
    words = [word for word in claim.rstrip(".").split() if word[0].isalpha() and len(word) > 3][:2]
    criterion = Criterion(id="a", claim=claim, ways=(tuple(words),), examples=Examples(met=right))
    rubric = Rubric(prompt="What holds here?", criteria=(criterion,))
    return grade(grader, rubric, answer).criteria[0].outcome.value


@pytest.mark.parametrize(("claim", "answers"), CLAIMS.items())
def test_another_number_or_unit_than_the_claims_is_not_met(
    grader: Grader, claim: str, answers: tuple[str, ...]
) -> None:
    same, *others = answers
    assert _verdict(grader, claim, claim) == "met"
    assert _verdict(grader, claim, same) == "met"
    assert {_verdict(grader, claim, other) for other in others} == {"unscored"}


def test_a_number_that_right_answers_vary_is_only_an_example(grader: Grader) -> None:
    claim = "A plan that is two minutes old may be stale."
    other = "A plan that is three hours old may be stale."
    assert _verdict(grader, claim, "A plan that is 10 seconds old may be stale.", other) == "met"


def test_who_says_nothing_of_the_number_is_not_held_to_it(grader: Grader) -> None:
    assert (
        _verdict(grader, "The approval of a plan expires after 24 hours.", "Its approval is of a plan.")
        == "met"
    )
