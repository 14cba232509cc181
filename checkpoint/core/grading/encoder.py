"""What grading asks of a sentence model; which model answers is the shell's affair."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from checkpoint.core.grading.verdict import Span

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the model sees it; all vectors have length 1, so a product is a cosine."""

    vector: Vectors
    """The whole text, shape (width,)."""
    tokens: Vectors
    """Its word pieces without the model's own marks, shape (pieces, width)."""
    spans: tuple[Span, ...]
    """Where each piece stands in the text, as code-point offsets [start, end)."""


class Encoder(Protocol):
    """Turns a short text into vectors; the same text always into the same ones."""

    name: str
    """Model and build, part of a grader's name: vectors of another build are other vectors."""

    def encode(self, text: str) -> Encoded: ...

    def keeping(self, topic: str) -> AbstractContextManager[None]:
        """What this thread encodes inside may outlive the process: a rubric's texts, never a learner's.

        The topic tells rubrics apart; a rubric held without one of its texts has the topic of the whole.
        """
