"""A small network that compares two passages word by word: who says what of whom, and turned round or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checkpoint.core.grading.fitted import Numbers, packed, softmax
from checkpoint.core.grading.likeness import Asked
from checkpoint.core.grading.passage import Passage

FLAGS = 4
"""Numbers beside each word's vector: how much it tells, new against the prompt, turned, content."""


def flags(asked: Asked) -> Numbers:
    """What the network is told of every word besides its meaning, shape (words, FLAGS)."""
    own = asked.passage
    return np.stack(
        [own.weight, asked.new, np.array(own.turned, np.float32), np.array(own.content, np.float32)], axis=1
    )


def same_stems(one: Passage, other: Passage) -> Numbers:
    """1 where a word of the one has the stem of a word of the other, shape (words, words)."""
    equal = np.array(one.stems)[:, None] == np.array(other.stems)[None, :]
    return np.asarray(equal, np.float32)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every word looks for its counterpart on the other side; the pairs are weighed and summed up.

    In both directions, reference to answer and back: attend, compare, gather. Beside what is
    gathered stand the features of the pair.
    """

    projection: Numbers
    """Brings a word's vector to fewer numbers, shape (width, small)."""
    sharpness: float
    same: float
    """How much the same stem adds to the nearness of two words."""
    compare: Numbers
    compare_bias: Numbers
    gather: Numbers
    gather_bias: Numbers
    outer: Numbers
    outer_bias: Numbers

    @classmethod
    def made(cls, given: Mapping[str, Any]) -> "Comparison":
        """From the parsed weights file."""
        arrays = {name: packed(value) for name, value in given.items() if isinstance(value, dict)}
        return cls(**arrays, sharpness=given["sharpness"], same=given["same"])

    def probabilities(self, reference: Asked, answer: Asked, standardised: Numbers) -> Numbers:
        """Missing, contradicted, met; `standardised` are the pair's features with mean 0, cut at ±4."""
        one, other = self._projected(reference.passage), self._projected(answer.passage)
        equal = same_stems(reference.passage, answer.passage)
        forth = self._side(one, flags(reference), other, flags(answer), equal)
        back = self._side(other, flags(answer), one, flags(reference), equal.T)
        all_of_it = np.concatenate([forth, back, standardised])
        hidden = np.maximum(all_of_it @ self.gather + self.gather_bias, 0.0)
        return softmax(hidden @ self.outer + self.outer_bias)

    def _projected(self, passage: Passage) -> Numbers:
        made = passage.vectors @ self.projection
        return np.asarray(made / np.sqrt((made**2).sum(axis=1, keepdims=True) + 1e-3))

    def _side(
        self, own: Numbers, own_flags: Numbers, far: Numbers, far_flags: Numbers, equal: Numbers
    ) -> Numbers:
        near = own @ far.T * self.sharpness + self.same * equal
        near = np.exp(near - near.max(axis=1, keepdims=True))
        share = near / near.sum(axis=1, keepdims=True)
        met, told = share @ far, share @ far_flags
        pairs = np.concatenate(
            [
                own,
                met,
                np.abs(own - met),
                own * met,
                own_flags,
                told,
                equal.max(axis=1, keepdims=True),
                (own_flags[:, 2:3] - told[:, 2:3]) ** 2,
            ],
            axis=1,
        )
        compared = np.maximum(pairs @ self.compare + self.compare_bias, 0.0)
        weight = own_flags[:, 0] * own_flags[:, 3] + 0.02
        mean = (compared * weight[:, None]).sum(axis=0) / weight.sum()
        most = (compared * own_flags[:, 3:4]).max(axis=0)
        return np.concatenate([mean, most])
