"""How marked answers of the same question are used: drawn at random, as an author would give some."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from checkpoint.core.grading.precedent import Marks, precedents
from checkpoint.core.grading.verdict import Outcome
from script.fit_grading.crossed import Table
from script.fit_grading.data import CONTRADICTED, MET
from script.fit_grading.models import boosted, logistic

GIVEN = (1, 2, 4, 8)
"""How many answers that meet the claim, and as many that don't."""
_OUTCOMES = (Outcome.MISSING, Outcome.CONTRADICTED, Outcome.MET)


@dataclass
class Drawn:
    """Answers beside some marked ones; row i of everything is one answer with one draw."""

    names: list[str]
    features: np.ndarray
    rows: np.ndarray
    given: np.ndarray
    draws: np.ndarray


def drawn(table: Table, alike: Sequence[np.ndarray], shares: np.ndarray, times: int) -> Drawn:
    """Draw marked answers for every question `times` times; what is left over is judged by them.

    At least as many of either kind are left as are given, so that what is given tells nothing of the rest.
    """
    made: list[dict[str, float]] = []
    which: list[tuple[int, int, int]] = []
    rng = np.random.default_rng(11)
    for rows, near in zip(_by_question(table), alike, strict=True):
        for time in range(times):
            met, other = _kinds(table, rows, rng)
            for given in GIVEN:
                if min(len(met), len(other)) < 2 * given:
                    continue
                shown = [*met[:given], *other[:given]]
                known = shares[[rows[i] for i in shown]]
                marks = Marks(tuple(_OUTCOMES[_mark(table, rows[i])] for i in shown), known)
                for i in sorted({*range(len(rows))} - {*shown}):
                    made.append(precedents(near[i][shown], marks, shares[rows[i]]))
                    which.append((rows[i], given, time))
    names = list(made[0])
    numbers = np.array(which)
    values = np.array([[one[n] for n in names] for one in made], np.float32)
    return Drawn(names, values, numbers[:, 0], numbers[:, 1], numbers[:, 2])


def _mark(table: Table, row: int) -> int:
    """Partial answers of the long set are not met, and contradict nothing."""
    return 0 if table.sets[row] == 2 and table.labels[row] == CONTRADICTED else int(table.labels[row])


def marks(table: Table) -> np.ndarray:
    return np.array([_mark(table, row) for row in range(len(table.labels))])


def _by_question(table: Table) -> Iterator[list[int]]:
    groups: dict[str, list[int]] = {}
    for row in np.flatnonzero(table.original):
        case = table.cases[row]
        groups.setdefault(case.row.question, []).append(int(row))
    yield from groups.values()


def _kinds(table: Table, rows: list[int], rng: np.random.Generator) -> tuple[list[int], list[int]]:
    """The answers that meet the claim and those that don't, shuffled."""
    order = [int(i) for i in rng.permutation(len(rows)) if table.cases[rows[i]].answer is not None]
    met = [i for i in order if table.labels[rows[i]] == MET]
    return met, [i for i in order if table.labels[rows[i]] != MET]


def crossed(table: Table, one: Drawn) -> np.ndarray:
    """Shares for every drawn row, by a model that never saw its question, shape (rows, 3)."""
    labels, folds = marks(table)[one.rows], table.folds[one.rows]
    made = np.zeros((len(labels), 3))
    for fold in np.unique(folds):
        train, test = folds != fold, folds == fold
        linear = logistic(one.features[train], labels[train], 0.1)
        values = (one.features[test] - linear["mean"]) / linear["scale"] @ linear["weights"].T + linear[
            "bias"
        ]
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        grown = boosted(one.features[train], labels[train], rounds=200)
        made[test] = (
            powers / powers.sum(axis=1, keepdims=True) + grown.predict_proba(one.features[test])
        ) / 2
    return made
