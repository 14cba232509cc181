"""Encodes every text once and keeps the vectors on disk: a pass over all sets takes minutes."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from checkpoint.core.grading.encoder import Encoded, Encoder


class KeptEncoder:
    """An encoder whose vectors survive the process, rounded to half precision."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._place = folder / f"{encoder.name.replace('/', '-')}.npz"
        self._known: dict[str, Encoded] = {}
        self._new = False
        if self._place.exists():
            self._load()

    def encode(self, text: str) -> Encoded:
        known = self._known.get(text)
        if known is None:
            self._new = True
            known = self._known[text] = _rounded(self._encoder.encode(text))
        return known

    def keep(self) -> None:
        """Write what is new."""
        if not self._new:
            return
        self._place.parent.mkdir(parents=True, exist_ok=True)
        every = list(self._known.values())
        np.savez(
            self._place,
            vectors=np.stack([one.vector for one in every]),
            tokens=np.concatenate([one.tokens for one in every]).astype(np.float16),
            spans=np.concatenate([np.array(one.spans, np.int32).reshape(-1, 2) for one in every]),
            sizes=np.array([len(one.spans) for one in every]),
        )
        self._place.with_suffix(".json").write_text(json.dumps(list(self._known)))
        self._new = False

    def _load(self) -> None:
        kept = np.load(self._place)
        ends = np.cumsum(kept["sizes"])
        tokens, spans, vectors = kept["tokens"], kept["spans"], kept["vectors"]
        texts = json.loads(self._place.with_suffix(".json").read_text())
        for text, vector, end, size in zip(texts, vectors, ends, kept["sizes"], strict=True):
            own = tuple((int(a), int(b)) for a, b in spans[end - size : end])
            self._known[text] = Encoded(vector, tokens[end - size : end].astype(np.float32), own)


def _rounded(one: Encoded) -> Encoded:
    """As it will be read again: the first fit gets the same numbers as the next."""
    return replace(one, tokens=one.tokens.astype(np.float16).astype(np.float32))
