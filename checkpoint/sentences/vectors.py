"""Keeps the vectors of rubrics' texts in files, so that they are computed once for all processes and starts.

A learner's text never gets into one: only what is encoded inside `keeping` is kept, and that is where a
grader compiles a rubric.
"""

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import local
from typing import Protocol, Self

import numpy as np

from checkpoint.core.grading.encoder import Encoded, Vectors
from checkpoint.sentences.model import WIDTH

FILES = 200
"""Rubrics whose vectors are kept; those written longest ago go."""


class Encodes(Protocol):
    """What computes the vectors."""

    name: str

    def encode(self, text: str) -> Encoded: ...


class KeepingEncoder:
    """An `Encoder` that looks into a file, and adds to it, for what is encoded inside `keeping`."""

    def __init__(self, encoder: Encodes, folder: Path) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._folder = folder
        self._current = local()

    def encode(self, text: str) -> Encoded:
        shelf: Shelf | None = getattr(self._current, "shelf", None)
        if shelf is None:
            return self._encoder.encode(text)
        if text not in shelf.texts:
            shelf.claim()
        if text not in shelf.texts:
            shelf.add(text, self._encoder.encode(text))
        return shelf.take(text)

    @contextmanager
    def keeping(self, topic: str) -> Iterator[None]:
        """What this thread encodes inside is kept for the topic: any text that tells rubrics apart."""
        key = hashlib.sha256(f"{self.name}\n{topic}".encode(errors="replace")).hexdigest()[:20]
        shelf = Shelf.read(self._folder / f"{key}.vectors", self.name)
        self._current.shelf = shelf
        try:
            yield
        finally:
            self._current.shelf = None
            if shelf.grown:
                shelf.write()
            shelf.release()


@dataclass
class Shelf:
    """The texts of one rubric with their vectors, as a file has them: a JSON table, then the numbers.

    Vectors read from it are views of the file, which all processes share.
    """

    file: Path
    model: str
    texts: dict[str, Encoded] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    grown: bool = False
    claimed: int | None = None
    """The open file whose lock says that we compute what is missing."""

    @classmethod
    def read(cls, file: Path, model: str) -> Self:
        """What the file has; nothing where there is none or it isn't as it was written."""
        try:
            return cls(file, model, _unpacked(np.memmap(file, dtype=np.uint8, mode="r"), model))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(file, model)

    def claim(self) -> None:
        """Wait for whoever is computing the same, see what they found, and keep others waiting for us."""
        if self.claimed is None:
            with suppress(OSError):
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.claimed = os.open(self.file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self.claimed, fcntl.LOCK_EX)
                self.texts = {**type(self).read(self.file, self.model).texts, **self.texts}

    def release(self) -> None:
        if self.claimed is not None:
            os.close(self.claimed)

    def take(self, text: str) -> Encoded:
        self.used.add(text)
        return self.texts[text]

    def add(self, text: str, encoded: Encoded) -> None:
        self.texts[text] = encoded
        self.grown = True

    def write(self) -> None:
        """Replace the file whole, without what a rubric has long lost once that is the greater part.

        A folder that takes nothing costs time at the next start, no more.
        """
        if len(self.texts) > 2 * len(self.used):
            self.texts = {text: one for text, one in self.texts.items() if text in self.used}
        with suppress(OSError):
            number, name = tempfile.mkstemp(prefix=".making-", dir=self.file.parent)
            try:
                with os.fdopen(number, "wb") as file:
                    file.writelines(_packed(self.texts, self.model))
                Path(name).replace(self.file)
            finally:
                Path(name).unlink(missing_ok=True)
            _make_room(self.file.parent)


def _packed(texts: dict[str, Encoded], model: str) -> list[bytes]:
    rows = [np.vstack([one.vector[None], one.tokens]) for one in texts.values()]
    numbers = np.concatenate(rows).astype("<f4").tobytes()
    table = {
        "model": model,
        "sha256": hashlib.sha256(numbers).hexdigest(),
        "texts": [[text, one.spans] for text, one in texts.items()],
    }
    head = json.dumps(table).encode()
    head += b" " * (-(8 + len(head)) % 64)
    return [len(head).to_bytes(8, "little"), head, numbers]


def _unpacked(raw: np.ndarray, model: str) -> dict[str, Encoded]:
    """A file's texts; raises ValueError, KeyError or TypeError where it is damaged or another model's."""
    start = 8 + int.from_bytes(raw[:8].tobytes(), "little")
    table = json.loads(raw[8:start].tobytes())
    if table["model"] != model or table["sha256"] != hashlib.sha256(raw[start:].data).hexdigest():
        raise ValueError("not what was written")
    rows: Vectors = raw[start:].view("<f4").reshape(-1, WIDTH)
    texts = {}
    row = 0
    for text, spans in table["texts"]:
        tokens = rows[row + 1 : row + 1 + len(spans)]
        texts[text] = Encoded(rows[row], tokens, tuple((start, end) for start, end in spans))
        row += 1 + len(spans)
    return texts


def _make_room(folder: Path) -> None:
    files = sorted(folder.glob("*.vectors"), key=lambda file: file.stat().st_mtime)
    for file in files[:-FILES]:
        file.unlink(missing_ok=True)
        file.with_suffix(".lock").unlink(missing_ok=True)
