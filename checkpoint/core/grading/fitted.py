"""Small fitted models as plain numbers: how features become probabilities."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic model over features brought to mean 0 and deviation 1."""

    mean: Numbers
    scale: Numbers
    weights: Numbers
    """Shape (classes, features)."""
    bias: Numbers

    def probabilities(self, x: Numbers) -> Numbers:
        return softmax(self.weights @ ((x - self.mean) / self.scale) + self.bias)


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees, all walked at once; a node below 0 is a leaf, ~node its number."""

    feature: npt.NDArray[np.int32]
    border: Numbers
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    leaf: Numbers
    roots: npt.NDArray[np.int32]
    classes: int
    """Tree t votes for class t modulo this."""
    depth: int

    def probabilities(self, x: Numbers) -> Numbers:
        at = self.roots
        for _ in range(self.depth):
            inner = np.maximum(at, 0)
            down = np.where(x[self.feature[inner]] <= self.border[inner], self.left[inner], self.right[inner])
            at = np.where(at < 0, at, down)
        votes = self.leaf[~at]
        return softmax(votes.reshape(-1, self.classes).sum(axis=0))


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified sums over standardised features."""

    mean: Numbers
    scale: Numbers
    inner: Numbers
    inner_bias: Numbers
    outer: Numbers
    outer_bias: Numbers

    def probabilities(self, x: Numbers) -> Numbers:
        hidden = np.maximum((x - self.mean) / self.scale @ self.inner + self.inner_bias, 0.0)
        return softmax(hidden @ self.outer + self.outer_bias)


def softmax(values: Numbers) -> Numbers:
    """Any numbers as shares of 1."""
    powers: Numbers = np.exp(values - values.max())
    shares: Numbers = powers / powers.sum()
    return shares
