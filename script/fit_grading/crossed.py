"""Cross-validation by question: what each part of the model says about answers to questions it never saw."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.linear_model import LogisticRegression

from script.fit_grading import network
from script.fit_grading.cases import Case
from script.fit_grading.models import boosted, boosted_score
from script.fit_grading.network import Pairs

FOLDS = 5
SHORT = (0, 1)
"""The sets whose claims are a sentence; their marks know contradiction."""
LONG = 2
"""The set whose claims are paragraphs; its marks know partial answers."""
OF_LONG = (
    "recall_weighted",
    "recall_new",
    "stems",
    "stems_new",
    "covered_new",
    "sentence_mean",
    "whole",
    "told",
    "length",
    "length_ratio",
    "precision_weighted",
    "f1_weighted",
    "worse",
    "trigrams_recall",
    "length_reference",
    "sentences",
    "reference_prompt",
)
"""The features that tell something of long answers; the set's few questions bear no more."""


@dataclass
class Table:
    """Cases as arrays; row i of everything is case i."""

    cases: Sequence[Case]
    names: list[str]
    features: np.ndarray
    labels: np.ndarray
    """Missing 0, contradicted 1 (in the long set: partial), met 2."""
    sets: np.ndarray
    scores: np.ndarray
    folds: np.ndarray
    subjects: np.ndarray
    """Vector of the prompt and mean vector of the references, one behind the other."""
    original: np.ndarray
    """False for the cases that stand here once more with their first reference alone."""
    parts: dict[str, np.ndarray] = field(default_factory=dict)
    """Shares of the classes by part of the model, each for answers to questions that it never saw."""


def table_of(cases: Sequence[Case], subjects: np.ndarray, originals: int) -> Table:
    """The first `originals` of the cases are the data's own, the others repeat some of them."""
    names = list(next(case.seen.features for case in cases if case.seen))
    blank = dict.fromkeys(names, 0.0)
    features = np.array(
        [[(case.seen.features if case.seen else blank)[n] for n in names] for case in cases], np.float32
    )
    labels = [1 if case.row.set == LONG and 0 < case.row.score < 1 else case.row.label for case in cases]
    return Table(
        cases,
        names,
        features,
        np.array(labels),
        np.array([case.row.set for case in cases]),
        np.array([case.row.score for case in cases]),
        _by_question(cases),
        subjects,
        np.arange(len(cases)) < originals,
    )


def _by_question(cases: Sequence[Case]) -> np.ndarray:
    """A fold for every question, shuffled within its set; every fold has questions of every set."""
    questions = sorted({(case.row.set, case.row.question) for case in cases})
    rng = np.random.default_rng(7)
    fold: dict[str, int] = {}
    for number in {s for s, _ in questions}:
        own = [q for s, q in questions if s == number]
        fold.update({own[i]: place % FOLDS for place, i in enumerate(rng.permutation(len(own)))})
    return np.array([fold[case.row.question] for case in cases])


def cross(table: Table, pairs: Pairs, seeds: int) -> None:
    """Fill `table.parts` by cross-validation: trees, the network, and the scores of the long set."""
    cross_features(table)
    table.parts["network"] = np.full((len(table.labels), 3), 1 / 3)
    for fold in np.unique(table.folds):
        train, test = table.folds != fold, table.folds == fold
        _cross_network(table, pairs, train, test, seeds)
        print("fold", fold, "done", flush=True)


def cross_features(table: Table) -> None:
    """The same without the network."""
    table.parts["trees"] = np.full((len(table.labels), 3), 1 / 3)
    table.parts["score"] = np.zeros(len(table.labels))
    for fold in np.unique(table.folds):
        train, test = table.folds != fold, table.folds == fold
        _cross_short(table, train, test)
        held = test & (table.sets == LONG)
        model = scorer(table, train & (table.sets == LONG))
        table.parts["score"][held] = model.predict(table.features[held][:, columns(table, OF_LONG)])


def _cross_short(table: Table, train: np.ndarray, test: np.ndarray) -> None:
    held = np.flatnonzero(test & np.isin(table.sets, SHORT))
    route = router(table, train)
    second = 1 / (1 + np.exp(-(table.subjects[held] @ route["weights"] + route["bias"])))[:, None]
    first, other = (tree_shares(table, train & (table.sets == s), held) for s in SHORT)
    table.parts["trees"][held] = first * (1 - second) + other * second


def columns(table: Table, names: Sequence[str]) -> list[int]:
    """Where these features stand; those that the table has."""
    return [table.names.index(name) for name in names if name in table.names]


def scorer(table: Table, train: np.ndarray):
    """Trees that foresee the score of an answer to a long claim."""
    return boosted_score(table.features[train][:, columns(table, OF_LONG)], table.scores[train])


def _cross_network(table: Table, pairs: Pairs, train: np.ndarray, test: np.ndarray, seeds: int) -> None:
    held = np.flatnonzero(test & np.isin(table.sets, SHORT))
    rows = np.flatnonzero(train & np.isin(table.sets, SHORT))
    if not len(held):
        return
    standard = standardised(table.features, rows)
    every = [
        network.shares(network.fitted(pairs, standard, targets(table), rows, seed), pairs, standard, held)
        for seed in range(seeds)
    ]
    table.parts["network"][held] = np.mean(every, axis=0)


def standardised(features: np.ndarray, rows: np.ndarray) -> np.ndarray:
    mean, scale = features[rows].mean(axis=0), features[rows].std(axis=0) + 1e-6
    return np.clip((features - mean) / scale, -4, 4).astype(np.float32)


def targets(table: Table) -> np.ndarray:
    return np.eye(3, dtype=np.float32)[table.labels]


def router(table: Table, train: np.ndarray) -> dict:
    """Tells from a prompt how near its subject is to the second short set's rather than the first's."""
    own = train & np.isin(table.sets, SHORT)
    _, first = np.unique(
        [case.row.question for case in np.array(table.cases, object)[own]], return_index=True
    )
    rows = np.flatnonzero(own)[first]
    model = LogisticRegression(C=100, max_iter=3000, class_weight="balanced").fit(
        table.subjects[rows], table.sets[rows] == 1
    )
    return {"weights": model.coef_[0], "bias": float(model.intercept_[0])}


def tree_shares(table: Table, train: np.ndarray, held: np.ndarray) -> np.ndarray:
    return boosted(table.features[train], table.labels[train]).predict_proba(table.features[held])
