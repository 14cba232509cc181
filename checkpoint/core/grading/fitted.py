"""Small fitted models as plain numbers: how features become probabilities."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]
Integers = npt.NDArray[np.int64]

_KINDS = {"halves": "<f2", "singles": "<f4", "shorts": "<i2"}
"""How an array is written in the weights file: little-endian, in base64."""


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

    feature: Integers
    border: Numbers
    left: Integers
    right: Integers
    leaf: Numbers
    roots: Integers
    classes: int
    """Tree t votes for class t modulo this."""
    depth: int

    @classmethod
    def made(cls, given: Mapping[str, Any]) -> "Trees":
        """From the parsed weights file."""
        whole = {n: packed(given[n]).astype(np.int64) for n in ("feature", "left", "right", "roots")}
        return cls(
            **whole,
            border=packed(given["border"]),
            leaf=packed(given["leaf"]),
            classes=given["classes"],
            depth=given["depth"],
        )

    def probabilities(self, x: Numbers) -> Numbers:
        return softmax(self.sums(x))

    def sums(self, x: Numbers) -> Numbers:
        """What the leaves that `x` leads to add up to, shape (classes,)."""
        at = self.roots
        for _ in range(self.depth):
            inner = np.maximum(at, 0)
            down = np.where(x[self.feature[inner]] <= self.border[inner], self.left[inner], self.right[inner])
            at = np.where(at < 0, at, down)
        return np.asarray(self.leaf[~at].reshape(-1, self.classes).sum(axis=0))


def softmax(values: Numbers) -> Numbers:
    """Any numbers as shares of 1."""
    powers: Numbers = np.exp(values - values.max())
    shares: Numbers = powers / powers.sum()
    return shares


def packed(given: Mapping[str, Any]) -> Numbers:
    """An array of the weights file, from its shape and its numbers in one of _KINDS."""
    kind = next(name for name in _KINDS if name in given)
    flat = np.frombuffer(b64decode(given[kind]), _KINDS[kind])
    return flat.astype(np.float64).reshape(given["shape"])
