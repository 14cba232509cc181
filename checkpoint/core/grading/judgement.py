"""From features to a verdict on a criterion that is only sentences: fitted weights and borders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checkpoint.core.grading.comparison import Comparison
from checkpoint.core.grading.fitted import Linear, Numbers, Trees, packed
from checkpoint.core.grading.likeness import Asked, Likeness
from checkpoint.core.grading.passage import Passage, Rarity
from checkpoint.core.grading.precedent import Marks, precedents
from checkpoint.core.grading.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """The likeliest outcome, how likely it is, and whether that is too near a border to decide."""

    guess: Outcome
    confidence: float
    near: bool


@dataclass(frozen=True, slots=True)
class _Twofold:
    """Two kinds of model fitted to the same answers; their mean errs less than either."""

    linear: Linear
    trees: Trees

    def shares(self, x: Numbers) -> Numbers:
        return (self.linear.probabilities(x) + self.trees.probabilities(x)) / 2


class Model:
    """Fitted weights made ready. `given` is the content of the weights file, parsed.

    Claims of a sentence are judged by two experts, fitted to two collections and mixed by whose
    prompts are nearer, and by networks that compare word by word. Claims of a
    paragraph have an expert of their own.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.name: str = given["name"]
        self.rarity = rarity_of(given["stems"].split())
        self._names: tuple[str, ...] = tuple(given["features"])
        self._route = packed(given["router"]["weights"])
        self._route_bias: float = given["router"]["bias"]
        self._short = [Trees.made(one) for one in given["experts"]]
        self._long = Trees.made(given["long"]["trees"])
        self._long_names: tuple[str, ...] = tuple(given["long"]["features"])
        self._networks = [Comparison.made(one) for one in given["networks"]]
        self._mean, self._scale = (np.array(given["standard"][part]) for part in ("mean", "scale"))
        self._precedents = _twofold(given["precedents"])
        self._precedent_names: tuple[str, ...] = tuple(given["precedents"]["features"])
        self._borders: dict[str, float] = given["borders"]

    def shares(
        self, prompt: Passage | None, references: Sequence[Asked], answer: Asked, seen: Likeness
    ) -> Numbers:
        """How likely the answer misses, contradicts and meets the references, shape (3,)."""
        nearest = references[seen.nearest]
        if self.is_long(nearest.passage):
            x = np.array([seen.features[name] for name in self._long_names])
            return self._as_short(float(self._long.sums(x)[0]))
        x = np.array([seen.features[name] for name in self._names])
        first, second = (one.probabilities(x) for one in self._short)
        share = self._second(prompt, references)
        standard = np.clip((x - self._mean) / self._scale, -4.0, 4.0)
        compared = [one.probabilities(nearest, answer, standard) for one in self._networks]
        by_features = (1 - share) * first + share * second
        mixed = by_features + self._borders["network"] * np.mean(compared, axis=0)
        return np.asarray(mixed / mixed.sum())

    def is_long(self, reference: Passage) -> bool:
        """Whether a claim is a paragraph, of which an answer may say a part."""
        return len(reference.stems) >= self._borders["long"]

    def informed(self, likeness: Numbers, marks: Marks, own: Numbers) -> Numbers:
        """The shares corrected by what marked answers of the same question teach."""
        found = precedents(likeness, marks, own.tolist())
        return self._precedents.shares(np.array([found[name] for name in self._precedent_names]))

    def judged(self, shares: Numbers) -> Judgement:
        missing, contradicted, met = shares.tolist()
        guess = self._guess(missing, contradicted, met)
        sure = {
            Outcome.MET: met,
            Outcome.CONTRADICTED: contradicted,
            Outcome.PARTIAL: missing,
            Outcome.MISSING: 1.0 - met,
        }[guess]
        near = abs(met - self._borders["met"]) < self._borders["unsure"]
        return Judgement(guess, round(min(max(sure, 0.05), 0.99), 2), near)

    def is_met(self, shares: Numbers) -> bool:
        return bool(shares[2] >= self._borders["met"])

    def _guess(self, missing: float, contradicted: float, met: float) -> Outcome:
        if met >= self._borders["met"]:
            return Outcome.MET
        if contradicted * self._borders["contradicted"] >= missing:
            return Outcome.CONTRADICTED
        return Outcome.PARTIAL if met >= self._borders["partial"] else Outcome.MISSING

    def _second(self, prompt: Passage | None, references: Sequence[Asked]) -> float:
        """How much prompt and references are a matter of the second expert."""
        claim = np.mean([one.passage.vector for one in references], axis=0)
        asked = np.zeros_like(claim) if prompt is None else prompt.vector
        return float(1 / (1 + np.exp(-(np.concatenate([asked, claim]) @ self._route + self._route_bias))))

    def _as_short(self, score: float) -> Numbers:
        """The borders of short claims serve long ones too: brought there along the expected score."""
        low, high = self._borders["long_partial"], self._borders["long_met"]
        at = [0.0, low, high, 1.0]
        to = [0.0, self._borders["partial"], self._borders["met"], 1.0]
        made = float(np.interp(score, at, to))
        return np.array([1.0 - made, 0.0, made])


def _twofold(given: Mapping[str, Any]) -> _Twofold:
    linear = Linear(*(np.array(given["linear"][part]) for part in ("mean", "scale", "weights", "bias")))
    return _Twofold(linear, Trees.made(given["trees"]))


def rarity_of(stems: Sequence[str]) -> Rarity:
    """Weights from stems in order of how often they are met, the most frequent first."""
    top = np.log1p(len(stems) / 100)
    weight = {stem: round(float(np.log1p(rank / 100) / top), 3) for rank, stem in enumerate(stems)}
    return Rarity(weight, 1.1)
