"""Answers that may say the same in other words: shown beside the one being read, ticked by hand only."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from checkpoint.core.grading.alike import sketch
from checkpoint.core.grading.encoder import Vectors
from checkpoint.reviews.queue import Open

MOST = 6
COMPARED = 12
"""So many candidates are read by the sentence model: those with most words in common."""
CLOSE = 0.8
"""From this cosine on."""
SHARED = 0.5
"""Without the model, from this share of stems on."""
_READ = 1500
"""Characters of an answer that are compared."""


def near(lead: Open, candidates: Sequence[Open], encoder: Any | None) -> tuple[tuple[Open, str], ...]:
    """The nearest first, each with why; only answers with a criterion in common that waits.

    `encoder` is the sentence model, the same object every time, so that what it read is remembered.
    """
    asked = set(lead.criteria)
    ranked = sorted(
        ((_shared(lead, one), one) for one in candidates if asked & set(one.criteria)),
        key=lambda pair: (-pair[0][0] / pair[0][1], pair[1].attempt_id),
    )
    if encoder is None:
        found = ((one, f"{n} of {of} words in common") for (n, of), one in ranked if n / of >= SHARED)
        return tuple(found)[:MOST]
    mine = _vector(encoder, lead.answer)
    measured = [(float(np.dot(mine, _vector(encoder, one.answer))), one) for _, one in ranked[:COMPARED]]
    close = sorted((pair for pair in measured if pair[0] >= CLOSE), key=lambda pair: -pair[0])
    return tuple((one, f"{cosine:.0%} alike to the sentence model") for cosine, one in close[:MOST])


def _shared(one: Open, other: Open) -> tuple[int, int]:
    mine, theirs = sketch(one.answer[:_READ]).stems, sketch(other.answer[:_READ]).stems
    return (Counter(mine) & Counter(theirs)).total(), max(1, len(mine), len(theirs))


@lru_cache(maxsize=2048)
def _vector(encoder: Any, answer: str) -> Vectors:
    vector: Vectors = encoder.encode(answer[:_READ]).vector
    return vector
