"""What marked answers to the same question say about an answer: numbers for a fitted model to weigh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checkpoint.core.grading.fitted import Numbers
from checkpoint.core.grading.passage import Passage
from checkpoint.core.grading.verdict import Outcome

MEASURES = 4
_PRIOR = 3.0
"""How many marked answers it takes for the question's own habit to count for half."""
_SHARPNESS = 12.0
_OTHER_WAY = 0.25
"""What an odd negation takes from the likeness of two answers."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How marked answers were marked, and how the model would have marked them without knowing."""

    outcomes: tuple[Outcome, ...]
    foreseen: Numbers
    """Shares of missing, contradicted and met that the model gives each, shape (answers, 3)."""


def resemblance(one: Passage, other: Passage) -> tuple[float, ...]:
    """How alike two answers are, MEASURES numbers up to 1: as wholes, by words, by stems, and with a view
    to negation; the same in both directions."""
    whole = float(one.vector @ other.vector)
    cosines = one.vectors @ other.vectors.T
    there = _weighted(cosines.max(axis=1), one)
    back = _weighted(cosines.max(axis=0), other)
    words = 2 * there * back / max(there + back, 1e-6) if there > 0 and back > 0 else 0.0
    turned = _OTHER_WAY * (one.negations % 2 != other.negations % 2)
    return whole, words, _shared(one, other), (whole + words) / 2 - turned


def _weighted(values: Numbers, passage: Passage) -> float:
    return float((values * passage.weight).sum() / max(float(passage.weight.sum()), 1e-6))


def _shared(one: Passage, other: Passage) -> float:
    """Weight of the content stems that both have, of those that any has."""
    first, second = _content(one), _content(other)
    every = {**first, **second}
    whole = sum(every.values())
    # In the order of the words, not of a set: a sum of floats hangs on it.
    return sum(w for s, w in every.items() if s in first and s in second) / whole if whole else 0.0


def _content(passage: Passage) -> Mapping[str, float]:
    return {s: float(w) for s, w, c in zip(passage.stems, passage.weight, passage.content, strict=True) if c}


def precedents(likeness: Numbers, marks: Marks, own: Sequence[float]) -> dict[str, float]:
    """Features of an answer from marked ones; `likeness` has shape (marked, MEASURES), `own` are the
    shares that the model gives the answer without them."""
    met = np.array([one is Outcome.MET for one in marks.outcomes])
    opposite = np.array([one is Outcome.CONTRADICTED for one in marks.outcomes])
    made = {
        "own_met": _odds(own[2]),
        "own_contradicted": _odds(own[1]),
        "marked": float(np.log1p(len(met))),
    }
    for number, name in enumerate(("whole", "words", "stems", "way")):
        column = likeness[:, number]
        right, wrong = _best(column[met]), _best(column[~met])
        made[f"{name}_right"], made[f"{name}_wrong"] = right, wrong
        made[f"{name}_margin"] = right - wrong
        made[f"{name}_vote"] = _vote(column, met.astype(float), 0.5)
    made["way_opposite"] = _best(likeness[opposite, 3])
    surprise = met - marks.foreseen[:, 2]
    made["habit"] = float(surprise.sum() / (len(surprise) + _PRIOR))
    made["habit_near"] = _vote(likeness[:, 3], surprise, 0.0)
    made["opposite_near"] = _vote(likeness[:, 3], opposite - marks.foreseen[:, 1], 0.0)
    return made


def _odds(share: float) -> float:
    held = min(max(float(share), 0.01), 0.99)
    return float(np.log(held / (1 - held)))


def _best(values: Numbers) -> float:
    return float(values.max()) if len(values) else 0.0


def _vote(likeness: Numbers, values: Numbers, usual: float) -> float:
    """The values of the marked answers, the likest weighing most, held back to the usual one."""
    weight = np.exp(_SHARPNESS * (likeness - 1.0))
    return float(((values * weight).sum() + 0.1 * usual) / (weight.sum() + 0.1))
