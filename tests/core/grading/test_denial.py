"""Denials: an answer is held beside itself without one of its negations."""

from checkpoint.core.grading.denial import undone
from checkpoint.core.grading.text import read


def without(answer: str) -> list[str] | None:
    text = read(answer)
    made = undone(text, range(len(text.sentences)))
    return None if made is None else list(made)


def test_every_negation_is_left_out_once() -> None:
    assert without("It doesn't bend. It never opens.") == [
        "it does bend. it never opens",
        "it does not bend. it opens",
    ]


def test_without_a_negation_there_is_nothing_to_leave_out() -> None:
    assert without("It bends and opens.") is None


def test_very_many_negations_are_not_looked_at_one_by_one() -> None:
    assert without("It never, never, never, never bends.") is None
