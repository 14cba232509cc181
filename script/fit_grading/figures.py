"""How good shares are: accuracy, macro-F1, correlation, calibration; borders are chosen on other folds."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import f1_score

from script.fit_grading.data import CONTRADICTED, MET

MET_BORDERS = (0.42, 0.44, 0.46, 0.48, 0.5)
FAVOURS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


def decided(shares: np.ndarray, met: float, favour: float) -> np.ndarray:
    """Labels: met from its border on, else contradicted if that is likelier by this favour."""
    rest = np.where(shares[:, 1] * favour >= shares[:, 0], CONTRADICTED, 0)
    return np.where(shares[:, 2] >= met, MET, rest)


def goodness(labels: np.ndarray, found: np.ndarray) -> tuple[float, float]:
    """2-way accuracy and 3-way macro-F1."""
    two = float(((found == MET) == (labels == MET)).mean())
    return two, float(f1_score(labels, found, average="macro"))


def best_borders(labels: np.ndarray, shares: np.ndarray, sets: np.ndarray) -> tuple[float, float]:
    """The borders with the best sum of both figures over the sets."""

    def sum_of(borders: tuple[float, float]) -> float:
        found = decided(shares, *borders)
        return sum(sum(goodness(labels[sets == s], found[sets == s])) for s in np.unique(sets))

    return max(((met, favour) for met in MET_BORDERS for favour in FAVOURS), key=sum_of)


def nested(labels: np.ndarray, shares: np.ndarray, sets: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Labels decided with borders that were chosen on the other folds."""
    found = np.zeros(len(labels), int)
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = decided(shares[own], *best_borders(labels[~own], shares[~own], sets[~own]))
    return found


def calibration_error(right: np.ndarray, sure: np.ndarray, bins: int = 10) -> float:
    """Mean distance between how sure and how often right, over ten steps of sureness."""
    step = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(right[step == b].mean() - sure[step == b].mean()) * (step == b).mean()
            for b in np.unique(step)
        )
    )


def correlation(scores: np.ndarray, found: np.ndarray) -> float:
    return float(np.corrcoef(scores, found)[0, 1])


def three_levels(expected: np.ndarray, borders: Sequence[float]) -> np.ndarray:
    """0, a half or 1, as a verdict scores."""
    return (expected >= borders[0]) * 0.5 + (expected >= borders[1]) * 0.5


def best_levels(scores: np.ndarray, expected: np.ndarray) -> tuple[float, float]:
    """The borders of partial and met on the expected score with the best correlation."""
    steps = np.linspace(0.1, 0.95, 35)
    pairs = [(low, high) for low in steps for high in steps if low < high]
    return max(pairs, key=lambda b: np.nan_to_num(correlation(scores, three_levels(expected, b)), nan=-1))
