"""Good grammar without a meaning."""

import pytest

from checkpoint.core.grading.grade import grade
from checkpoint.library import get_grader, get_library


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The workstation of the context is the cluster of the expected namespace.", "unscored"),
        ("It happens on the workstation, which is the first stage of the pipeline.", "met"),
    ],
)
def test_right_words_that_are_only_glued_together_are_left_to_a_person(answer: str, expected: str) -> None:
    verdict = grade(get_grader(), get_library().questions["context-verification"], answer)
    assert next(one.outcome.value for one in verdict.criteria if one.id == "Q1.1") == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The registry scans the ImageRepository for new tags.", "unscored"),
        ("The registry is scanned by the ImageRepository.", "met"),
        ("The ImageRepository is scanned by the registry.", "unscored"),
        ("The ImageRepository scans the registry for new tags.", "met"),
        ("The ImagePolicy scans the registry for new tags.", "unscored"),
    ],
)
def test_right_words_with_the_wrong_doer_are_left_to_a_person(answer: str, expected: str) -> None:
    verdict = grade(get_grader(), get_library().questions["image-selection"], answer)
    assert next(one.outcome.value for one in verdict.criteria if one.id == "Q4.2") == expected
