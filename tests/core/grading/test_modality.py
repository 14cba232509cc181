"""Whether an answer tells what is done, or only what could be."""

import pytest

from checkpoint.core.grading.modality import imagined, speaks_of_chances
from checkpoint.core.grading.text import read


@pytest.mark.parametrize(
    ("answer", "word", "expected"),
    [
        ("You could rotate it.", "rotate", True),
        ("There might also be a review; the guard refuses.", "review", True),
        ("There might also be a review; the guard refuses.", "refuses", False),
        ("It could be bypassed.", "bypassed", False),
        ("If they had rotated it, all would have been fine.", "rotated", True),
        ("Had they rotated it, all would have been fine.", "rotated", True),
        ("It could have been rotated.", "rotated", True),
        ("They should have rotated it.", "rotated", False),
        ("CI repeats what the hook would have checked.", "repeats", False),
        ("Rotate it, or somebody would use it.", "rotate", False),
    ],
)
def test_what_is_only_imagined(answer: str, word: str, expected: bool) -> None:
    text = read(answer)
    place = next(i for i, token in enumerate(text.tokens) if token.text == word)
    assert imagined(text).is_imagined([place]) is expected


def test_right_answers_about_a_danger_say_what_could_be() -> None:
    assert speaks_of_chances(["Somebody could push to main."])
    assert speaks_of_chances(["If CI were red, an admin would merge it."])
    assert speaks_of_chances(["Anybody can skip it."])
    assert not speaks_of_chances(["Rotate it first, or it would be used."])
