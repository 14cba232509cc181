"""Fits the comparison network: the sums of core/grading/comparison.py for many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from checkpoint.core.grading.comparison import FLAGS, flags
from checkpoint.core.grading.likeness import Asked
from script.fit_grading.cases import Case

FEWER, SMALL, COMPARED, GATHERED, CLASSES = 128, 48, 48, 32, 3
REFERENCE_WORDS, ANSWER_WORDS = 28, 40
BATCH, RATE, DECAY = 64, 2e-3, 3e-4
NEAREST = 0.6
"""How often the nearest reference is shown; else any of the question's."""


@dataclass(frozen=True, slots=True)
class Side:
    """Passages as arrays of one length; `mask` is 1 where there is a word."""

    vectors: np.ndarray
    flags: np.ndarray
    mask: np.ndarray
    stems: np.ndarray

    def take(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        return {
            "vectors": self.vectors[rows].astype(np.float32),
            "flags": self.flags[rows],
            "mask": self.mask[rows],
        }


class Pairs:
    """All pairs of a fit. References stand once; an answer without words is one empty word."""

    def __init__(self, cases: Sequence[Case]) -> None:
        places: dict[int, int] = {}
        own: list[Asked] = []
        self.references: list[list[int]] = []
        for case in cases:
            for one in case.references:
                if id(one) not in places:
                    places[id(one)] = len(own)
                    own.append(one)
            self.references.append([places[id(one)] for one in case.references])
        self.nearest = np.array(
            [r[c.seen.nearest if c.seen else 0] for r, c in zip(self.references, cases, strict=True)]
        )
        numbers: dict[str, int] = {}
        answers = [case.answer for case in cases]
        self.axes = _main_axes([one for one in [*own, *answers[::3]] if one is not None])
        self.reference = _side(own, REFERENCE_WORDS, self.axes, numbers)
        self.answer = _side(answers, ANSWER_WORDS, self.axes, numbers)

    def batch(self, rows: np.ndarray, references: np.ndarray, features: np.ndarray) -> dict:
        one, other = self.reference.stems[references], self.answer.stems[rows]
        same = (one[:, :, None] == other[:, None, :]) & (one[:, :, None] > 0)
        return {
            "reference": self.reference.take(references),
            "answer": self.answer.take(rows),
            "same": same.astype(np.float32),
            "features": features[rows],
        }


def _main_axes(passages: Sequence[Asked]) -> np.ndarray:
    """The FEWER directions in which words differ most, shape (width, FEWER)."""
    words = np.concatenate([one.passage.vectors for one in passages])[::4]
    _, _, axes = np.linalg.svd(words, full_matrices=False)
    return axes[:FEWER].T.astype(np.float32)


def _side(passages: Sequence[Asked | None], words: int, axes: np.ndarray, numbers: dict[str, int]) -> Side:
    count = len(passages)
    made = Side(
        np.zeros((count, words, FEWER), np.float16),
        np.zeros((count, words, FLAGS), np.float32),
        np.zeros((count, words), np.float32),
        np.zeros((count, words), np.int32),
    )
    made.mask[:, 0] = 1.0
    for row, one in enumerate(passages):
        if one is None:
            continue
        size = min(words, len(one.passage.stems))
        made.vectors[row, :size] = one.passage.vectors[:size] @ axes
        made.flags[row, :size] = flags(one)[:size]
        made.mask[row, :size] = 1.0
        stems = one.passage.stems[:size]
        made.stems[row, :size] = [numbers.setdefault(s, len(numbers) + 1) for s in stems]
    return made


def _started(key, features: int) -> dict:
    keys = jax.random.split(key, 4)

    def random(k, rows, columns, scale=1.0):
        return jax.random.normal(k, (rows, columns)) * np.sqrt(1 / rows) * scale

    return {
        "projection": random(keys[0], FEWER, SMALL),
        "near": jnp.array([8.0, 4.0]),
        "compare": random(keys[1], 4 * SMALL + 2 * FLAGS + 2, COMPARED),
        "compare_bias": jnp.zeros(COMPARED),
        "gather": random(keys[2], 4 * COMPARED + features, GATHERED),
        "gather_bias": jnp.zeros(GATHERED),
        "outer": random(keys[3], GATHERED, CLASSES, 0.3),
        "outer_bias": jnp.zeros(CLASSES),
    }


def _looked(p: dict, own: dict, x, far: dict, z, same):
    near = jnp.einsum("bnd,bmd->bnm", x, z) * p["near"][0] + p["near"][1] * same
    share = jax.nn.softmax(near + (far["mask"][:, None, :] - 1) * 1e4, -1)
    met = jnp.einsum("bnm,bmd->bnd", share, z)
    told = jnp.einsum("bnm,bmd->bnd", share, far["flags"])
    equal = (same * far["mask"][:, None, :]).max(-1, keepdims=True)
    turned = (own["flags"][..., 2:3] - told[..., 2:3]) ** 2
    pairs = jnp.concatenate([x, met, jnp.abs(x - met), x * met, own["flags"], told, equal, turned], -1)
    compared = jax.nn.relu(pairs @ p["compare"] + p["compare_bias"])
    weight = own["mask"] * (own["flags"][..., 0] * own["flags"][..., 3] + 0.02)
    mean = (compared * weight[..., None]).sum(1) / weight.sum(1)[:, None]
    most = (compared * (own["mask"] * own["flags"][..., 3])[..., None]).max(1)
    return jnp.concatenate([mean, most], -1)


def _scores(p: dict, batch: dict, key=None):
    def dropped(number, values, share):
        if key is None:
            return values
        kept = jax.random.bernoulli(jax.random.fold_in(key, number), 1 - share, values.shape)
        return jnp.where(kept, values / (1 - share), 0.0)

    def small(number, side):
        made = dropped(number, side["vectors"], 0.15) @ p["projection"]
        return made / jnp.sqrt((made**2).sum(-1, keepdims=True) + 1e-3)

    reference, answer = batch["reference"], batch["answer"]
    x, z = small(0, reference), small(1, answer)
    forth = _looked(p, reference, x, answer, z, batch["same"])
    back = _looked(p, answer, z, reference, x, jnp.swapaxes(batch["same"], 1, 2))
    gathered = dropped(2, jnp.concatenate([forth, back, batch["features"]], -1), 0.3)
    return jax.nn.relu(gathered @ p["gather"] + p["gather_bias"]) @ p["outer"] + p["outer_bias"]


def _loss(p: dict, batch: dict, labels, key):
    logs = jax.nn.log_softmax(_scores(p, batch, key))
    size = sum((p[name] ** 2).sum() for name in ("projection", "compare", "gather", "outer"))
    return -(logs * labels).sum(-1).mean() + DECAY * size


@jax.jit
def _step(p: dict, moments, batch: dict, labels, key, number, rate):
    """One step of Adam."""
    slope = jax.grad(_loss)(p, batch, labels, key)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, moments[0], slope)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, moments[1], slope)
    own, other = 1 - 0.9**number, 1 - 0.999**number
    moved = jax.tree.map(
        lambda q, m, v: q - rate * (m / own) / (jnp.sqrt(v / other) + 1e-8), p, first, second
    )
    return moved, (first, second)


_shares = jax.jit(partial(lambda p, batch: jax.nn.softmax(_scores(p, batch))))


def fitted(
    pairs: Pairs, features: np.ndarray, targets: np.ndarray, rows: np.ndarray, seed: int, epochs: int = 8
) -> dict:
    """The network after some passes over these rows; `targets` are shares of the three classes."""
    rng = np.random.default_rng(seed)
    p = _started(jax.random.PRNGKey(seed), features.shape[1])
    moments = (jax.tree.map(jnp.zeros_like, p),) * 2
    steps = epochs * (len(rows) // BATCH)
    number = 0
    for _ in range(epochs):
        order = rng.permutation(rows)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            own = order[start : start + BATCH]
            shown = np.array(
                [pairs.nearest[i] if rng.random() < NEAREST else rng.choice(pairs.references[i]) for i in own]
            )
            number += 1
            rate = RATE * min(1.0, number / 50) * (1 - number / (steps + 1))
            key = jax.random.PRNGKey(int(rng.integers(1 << 30)))
            batch = pairs.batch(own, shown, features)
            p, moments = _step(p, moments, batch, targets[own], key, float(number), rate)
    return p


def shares(p: dict, pairs: Pairs, features: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Missing, contradicted and met of these rows beside their nearest reference."""
    made = [
        np.asarray(_shares(p, pairs.batch(own, pairs.nearest[own], features)))
        for own in (rows[i : i + 256] for i in range(0, len(rows), 256))
    ]
    return np.concatenate(made)


def exported(p: dict, pairs: Pairs) -> dict[str, np.ndarray | float]:
    """The arrays of a Comparison; the axes and the projection become one."""
    made = {name: np.asarray(value) for name, value in p.items() if name != "near"}
    made["projection"] = pairs.axes @ made["projection"]
    return {**made, "sharpness": float(p["near"][0]), "same": float(p["near"][1])}
