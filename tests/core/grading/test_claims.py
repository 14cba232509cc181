"""Rubrics that hold nothing but claims."""

import pytest

from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Examples, Misconception, Rubric

SALT = Rubric(
    prompt="How did you get the salt out of the water?",
    criteria=(Criterion(id="a", claim="The water was evaporated, leaving the salt."),),
    misconceptions=(Misconception(id="x", claim="The salt was caught with a filter."),),
)


def outcome(rubric: Rubric, answer: str) -> str:
    return grade(LexicalGrader(), rubric, answer).criteria[0].guess.value


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The water evaporated and left the salt.", "met"),
        ("We evaporated the water, leaving salt behind.", "met"),
        ("The water was not evaporated.", "contradicted"),
        ("We put it through a paper filter.", "missing"),
        ("", "missing"),
        ("How did you get the salt out of the water?", "missing"),
        ("Maybe the water evaporated and left the salt?", "partial"),
    ],
)
def test_a_bare_claim_grades_sensibly(answer: str, expected: str) -> None:
    assert outcome(SALT, answer) == expected


def test_an_opposite_word_turns_a_claim_round() -> None:
    rubric = Rubric(
        prompt="What happens?", criteria=(Criterion(id="a", claim="The temperature will increase."),)
    )
    assert outcome(rubric, "The temperature increases.") == "met"
    assert outcome(rubric, "The temperature will decrease.") != "met"


def test_marked_examples_widen_and_narrow_a_claim() -> None:
    wide = SALT.criteria[0].model_copy(
        update={"examples": Examples(met=("boil it till it is dry",), missing=("boil it and look at it",))}
    )
    rubric = SALT.model_copy(update={"criteria": (wide,)})
    assert outcome(SALT, "I would boil it till everything is dry") == "missing"
    assert outcome(rubric, "I would boil it till everything is dry") == "met"
    assert outcome(rubric, "boil it and look at it") != "met"


def test_a_claimed_misconception_is_found_and_a_denied_one_is_not() -> None:
    found = grade(LexicalGrader(), SALT, "The salt was caught with a filter.").misconceptions
    assert [one.id for one in found] == ["x"]
    assert not grade(LexicalGrader(), SALT, "The salt was not caught with a filter.").misconceptions
