"""Remembers every vector for as long as it lives: for the many copies of a rubric that a test grades by."""

from checkpoint.core.grading.encoder import Encoded, Encoder


class RememberingEncoder:
    """An `Encoder` in front of another one, which it asks for each text once."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}

    def encode(self, text: str) -> Encoded:
        if text not in self._known:
            self._known[text] = self._encoder.encode(text)
        return self._known[text]
