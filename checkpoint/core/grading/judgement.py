"""From features to a verdict on a criterion that is only sentences: fitted weights and borders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checkpoint.core.grading.fitted import Linear
from checkpoint.core.grading.likeness import Likeness
from checkpoint.core.grading.passage import Rarity
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the features say: the outcome, the likeliest one, how likely it is, and why."""

    outcome: Outcome
    guess: Outcome
    confidence: float
    reason: str


_REASONS = {
    Outcome.MET: Reason.ALIKE,
    Outcome.PARTIAL: Reason.HALF,
    Outcome.CONTRADICTED: Reason.OPPOSITE,
    Outcome.MISSING: Reason.ABSENT,
}


class Model:
    """Fitted weights made ready. `given` is the content of the weights file, parsed."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.rarity = _rarity(given["stems"].split())
        self._names = tuple(given["features"])
        self._linear = Linear(
            *(np.array(given["linear"][part]) for part in ("mean", "scale", "weights", "bias"))
        )
        self._borders: dict[str, float] = given["borders"]

    def judged(self, seen: Likeness) -> Judgement:
        missing, contradicted, met = self._shares(seen)
        guess = self._guess(missing, contradicted, met)
        sure = {Outcome.MET: met, Outcome.CONTRADICTED: contradicted}.get(guess, missing)
        near = abs(met - self._borders["met"]) < self._borders["unsure"]
        outcome, reason = (Outcome.UNSCORED, Reason.NEAR) if near else (guess, _REASONS[guess])
        return Judgement(outcome, guess, round(sure, 2), reason.value)

    def met(self, seen: Likeness) -> float:
        """How likely it is that the answer says the reference."""
        return self._shares(seen)[2]

    def _shares(self, seen: Likeness) -> tuple[float, float, float]:
        x = np.array([seen.features[name] for name in self._names])
        missing, contradicted, met = self._linear.probabilities(x).tolist()
        return missing, contradicted, met

    def _guess(self, missing: float, contradicted: float, met: float) -> Outcome:
        if met >= self._borders["met"]:
            return Outcome.MET
        if contradicted * self._borders["contradicted"] >= missing:
            return Outcome.CONTRADICTED
        return Outcome.PARTIAL if met >= self._borders["partial"] else Outcome.MISSING


def _rarity(stems: list[str]) -> Rarity:
    """Weights from stems in order of how often they are met, the most frequent first."""
    top = np.log1p(len(stems) / 100)
    weight = {stem: round(float(np.log1p(rank / 100) / top), 3) for rank, stem in enumerate(stems)}
    return Rarity(weight, 1.1)
