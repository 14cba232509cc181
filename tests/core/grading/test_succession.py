"""What comes before what, against the order in right sentences."""

import pytest

from checkpoint.core.grading.order import ranks
from checkpoint.core.grading.succession import Succession, turned_against
from checkpoint.core.grading.text import read

RIGHT = (
    "The check runs before each write.",
    "Check it before the write.",
    "After the check comes the write.",
)


@pytest.mark.parametrize(
    ("answer", "is_reversed"),
    [
        ("Every write comes before the check.", True),
        ("After the write, there is the check.", True),
        ("First the write, then the check.", True),
        ("Each write is followed by the check.", True),
        ("Only when the write is over does the check run.", True),
        ("The check runs as soon as the write is over.", True),
        ("The write precedes the check.", True),
        ("Prior to the check comes the write.", True),
        ("The check comes before the write.", False),
        ("The check is followed by the write.", False),
        ("On the laptop, before each write, with a script for the check.", False),
        ("If the write is there, then there is the check.", False),
        ("There is the check, and after comes the write.", False),
        ("Only when the check is over does the write run.", False),
        ("The write follows the check.", False),
        ("First the check, then the write.", False),
        ("The check comes with the write.", False),
        ("Not the write first, but the check.", False),
        ("At night: each write is followed by the check.", True),
        ("After lunch: each write; the check is easy.", False),
        ("The write and the check are done before lunch.", False),
        ("No write without the check before it.", False),
    ],
)
def test_an_order_turned_round_is_seen(answer: str, is_reversed: bool) -> None:
    known = Succession(RIGHT, lambda stem: frozenset({stem}))
    text = read(answer)
    everything = set(range(len(text.tokens)))
    assert known.is_reversed(text, text.sentences[0], ranks(text), everything) is is_reversed


def test_a_word_beside_those_that_count_turns_the_order_where_it_is_always_told_the_other_way() -> None:
    always = (*RIGHT, "First the check, then the write.", "Check, then write.")
    text = read("The check comes after the write.")
    check = {next(i for i, token in enumerate(text.tokens) if token.text == "check")}

    def is_reversed(right: tuple[str, ...]) -> bool:
        known = Succession(right, lambda stem: frozenset({stem}))
        return known.is_reversed(text, text.sentences[0], ranks(text), check)

    assert is_reversed(always)
    assert not is_reversed((*always, "The check comes after the write."))


def test_a_part_of_a_name_is_not_the_word() -> None:
    known = Succession(RIGHT, lambda stem: frozenset({stem}))
    text = read("After the write-cache there is the check.")
    assert not known.is_reversed(text, text.sentences[0], ranks(text), set(range(len(text.tokens))))


def test_a_word_that_tells_of_its_neighbours_tells_nothing_of_what_comes_after_them() -> None:
    right = ("In every zone, before each write, comes the check.",) * 4
    known = Succession(right, lambda stem: frozenset({stem}))
    text = read("On the laptop, directly before each write and in every zone.")
    write = {next(i for i, token in enumerate(text.tokens) if token.text == "write")}
    assert not known.is_reversed(text, text.sentences[0], ranks(text), write)


@pytest.mark.parametrize(
    ("answer", "is_turned"),
    [
        ("Run the check after each write.", True),
        ("Each write comes before the check.", True),
        ("Only after the check is there a write.", False),
        ("Run the check with each write.", False),
        ("Run the check before lunch.", False),
    ],
)
def test_one_right_sentence_is_enough_where_its_own_words_stand_in_another_order(
    answer: str, is_turned: bool
) -> None:
    text = read(answer)
    assert (
        turned_against(text, text.sentences[0], ranks(text), "The check runs before each write.") is is_turned
    )
