"""Vectors that are computed once."""

import numpy as np

from checkpoint.core.grading.encoder import Encoded
from checkpoint.sentences.remembering import RememberingEncoder


class Counting:
    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> Encoded:
        self.asked.append(text)
        return Encoded(np.ones(2, np.float32), np.ones((1, 2), np.float32), ((0, 1),))


def test_each_text_is_encoded_once() -> None:
    counting = Counting()
    remembering = RememberingEncoder(counting)
    first = remembering.encode("a")
    assert remembering.encode("a") is first
    remembering.encode("b")
    assert counting.asked == ["a", "b"]
    assert remembering.name == "counting"
