"""The methods to beat, on the same folds: from stem overlap to all features with one model."""

from collections.abc import Callable
from dataclasses import dataclass

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

LEXICAL = (
    "stems",
    "stems_back",
    "stems_f1",
    "stems_new",
    "stems_back_new",
    "trigrams",
    "trigrams_recall",
    "pairs",
    "plain_overlap",
    "news",
    "length",
    "length_ratio",
    "negations",
    "parity",
    "opposite",
    "numbers_absent",
    "numbers_other",
)
ALIGNED = ("whole", "whole_prompt", "whole_over_prompt", "recall", "precision", "f1")


@dataclass(frozen=True, slots=True)
class Method:
    """A name, the features it sees (none: all) and the model it fits."""

    name: str
    features: tuple[str, ...]
    model: Callable


def _logistic():
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=3000))


def _boosted():
    return lightgbm.LGBMClassifier(
        n_estimators=200,
        learning_rate=0.045,
        num_leaves=15,
        min_child_samples=40,
        colsample_bytree=0.5,
        subsample=0.7,
        subsample_freq=1,
        reg_lambda=5,
        verbose=-1,
        n_jobs=1,
        random_state=0,
    )


METHODS = (
    Method("(a) stem overlap", ("plain_overlap",), _logistic),
    Method("(a+) words, boosted trees", LEXICAL, _boosted),
    Method("(b) cosine", ("whole",), _logistic),
    Method("(b+) cosine and alignment", ALIGNED, _logistic),
    Method("(c) all features, logistic", (), _logistic),
    Method("(c) all features, boosted trees", (), _boosted),
)


def fit_shares(
    method: Method,
    names: list[str],
    features: np.ndarray,
    labels: np.ndarray,
    train: np.ndarray,
    test: np.ndarray,
) -> np.ndarray:
    """Shares of missing, contradicted, met for the test rows, shape (rows, 3)."""
    columns = [names.index(n) for n in method.features] or list(range(len(names)))
    model = method.model().fit(features[train][:, columns], labels[train])
    made = np.zeros((test.sum(), 3))
    made[:, model.classes_] = model.predict_proba(features[test][:, columns])
    return made
