"""The models that are fitted to features, and how each is written into the weights file."""

from base64 import b64encode

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def logistic(features: np.ndarray, labels: np.ndarray, strength: float = 0.02) -> dict:
    """A logistic model, as the arrays of fitted.Linear."""
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scaler.transform(features), labels)
    return {
        "mean": scaler.mean_,
        "scale": scaler.scale_,
        "weights": model.coef_,
        "bias": model.intercept_,
    }


def boosted(
    features: np.ndarray, labels: np.ndarray, seed: int = 0, rounds: int = 250, leaves: int = 12
) -> lightgbm.LGBMClassifier:
    """Boosted trees with random borders, which ask less of single answers."""
    return lightgbm.LGBMClassifier(
        n_estimators=rounds,
        learning_rate=0.045,
        num_leaves=leaves,
        min_child_samples=30,
        colsample_bytree=0.3,
        subsample=0.7,
        subsample_freq=1,
        reg_lambda=5,
        extra_trees=True,
        verbose=-1,
        n_jobs=1,
        random_state=seed,
        deterministic=True,
        force_row_wise=True,
    ).fit(features, labels)


def boosted_score(features: np.ndarray, scores: np.ndarray) -> lightgbm.LGBMRegressor:
    """Boosted trees for a score from 0 to 1."""
    return lightgbm.LGBMRegressor(
        n_estimators=250,
        learning_rate=0.03,
        num_leaves=8,
        min_child_samples=30,
        colsample_bytree=0.4,
        subsample=0.7,
        subsample_freq=1,
        reg_lambda=10,
        extra_trees=True,
        verbose=-1,
        n_jobs=1,
        random_state=0,
        deterministic=True,
        force_row_wise=True,
    ).fit(features, scores)


def trees(model: lightgbm.LGBMModel) -> dict:
    """Boosted trees as the arrays of fitted.Trees."""
    told = model.booster_.dump_model()
    nodes: dict[str, list] = {"feature": [], "border": [], "left": [], "right": []}
    leaves: list[float] = []
    deepest = 0

    def walk(node: dict, depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return -len(leaves)
        place = len(nodes["feature"])
        for name, value in (("feature", node["split_feature"]), ("border", node["threshold"])):
            nodes[name].append(value)
        nodes["left"].append(0)
        nodes["right"].append(0)
        nodes["left"][place] = walk(node["left_child"], depth + 1)
        nodes["right"][place] = walk(node["right_child"], depth + 1)
        return place

    roots = [walk(tree["tree_structure"], 0) for tree in told["tree_info"]]
    return {
        **{name: packed(nodes[name], "shorts") for name in ("feature", "left", "right")},
        "border": packed(nodes["border"], "singles"),
        "leaf": packed(leaves, "singles"),
        "roots": packed(roots, "shorts"),
        "classes": told["num_tree_per_iteration"],
        "depth": deepest,
    }


def short(values: object, digits: int = 5) -> object:
    """Numbers as JSON wants them, with as many digits as tell something."""
    if isinstance(values, np.ndarray):
        return short(values.tolist(), digits)
    if isinstance(values, list | tuple):
        return [short(value, digits) for value in values]
    if isinstance(values, dict):
        return {name: short(value, digits) for name, value in values.items()}
    if isinstance(values, float):
        return float(f"{values:.{digits}g}")
    return values


_KINDS = {"halves": "<f2", "singles": "<f4", "shorts": "<i2"}


def packed(values: object, kind: str = "halves") -> dict:
    """An array as fitted.packed reads it."""
    flat = np.ascontiguousarray(values, _KINDS[kind])
    return {"shape": list(flat.shape), kind: b64encode(flat.tobytes()).decode()}
