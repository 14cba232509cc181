"""The sentence model at work: one text at a time, on one thread, remembering the last texts."""

import re
from collections import OrderedDict
from threading import Lock

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from checkpoint.core.grading.encoder import Encoded
from checkpoint.sentences.model import REMEMBERED

_HALVES = re.compile("[\ud800-\udfff]")


class SentenceEncoder:
    """Encodes by an open session; may be used by several threads, and after a fork."""

    def __init__(self, name: str, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self.name = name
        self._session = session
        self._tokenizer = tokenizer
        self._remembered: OrderedDict[str, Encoded] = OrderedDict()
        self._pieces = 0
        self._lock = Lock()

    def encode(self, text: str) -> Encoded:
        """The text's vectors. Never with other texts in one call: a text's vectors are its own."""
        with self._lock:
            known = self._remembered.get(text)
            if known is not None:
                self._remembered.move_to_end(text)
                return known
        encoded = self._encoded(text)
        with self._lock:
            self._remember(text, encoded)
        return encoded

    def _remember(self, text: str, encoded: Encoded) -> None:
        """Keep it, and forget the texts longest not asked for."""
        if text in self._remembered:  # another thread was faster
            return
        self._remembered[text] = encoded
        self._pieces += len(encoded.spans) + 1
        while self._pieces > REMEMBERED:
            _, gone = self._remembered.popitem(last=False)
            self._pieces -= len(gone.spans) + 1

    def _encoded(self, text: str) -> Encoded:
        # Half a character, which JSON can carry, is no text to the tokenizer; its place is kept.
        pieces = self._tokenizer.encode(_HALVES.sub("\ufffd", text))
        ids = np.array(pieces.ids, dtype=np.int64)
        states = self._session.run(["states"], {"ids": ids})[0]
        own = np.array(pieces.special_tokens_mask) == 0
        spans = tuple(span for span, mine in zip(pieces.offsets, own, strict=True) if mine)
        return Encoded(_unit(states.mean(axis=0)), _unit(states[own]), spans)


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors made one long, and unchangeable: they are handed out again."""
    units: np.ndarray = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    units.flags.writeable = False
    return units
