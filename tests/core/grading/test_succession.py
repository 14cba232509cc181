"""What comes before what, against the order in right sentences."""

import pytest

from checkpoint.core.grading.order import ranks
from checkpoint.core.grading.succession import Succession
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
        ("The check comes before the write.", False),
        ("First the check, then the write.", False),
        ("The check comes with the write.", False),
        ("No write without the check before it.", False),
    ],
)
def test_an_order_turned_round_is_seen(answer: str, is_reversed: bool) -> None:
    known = Succession(RIGHT, lambda stem: frozenset({stem}))
    text = read(answer)
    everything = set(range(len(text.tokens)))
    assert known.is_reversed(text, text.sentences[0], ranks(text), everything) is is_reversed
