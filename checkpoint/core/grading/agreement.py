"""How far two judges agree on the same answers: exactly, and beyond what chance would give."""

from collections import Counter
from collections.abc import Mapping

Pairs = Mapping[tuple[str, str], int]
"""How often the one said this where the other said that."""


def exact(pairs: Pairs) -> float:
    """Share of answers on which both say the same; 0 without any.

    >>> exact({("met", "met"): 3, ("met", "partial"): 1})
    0.75
    """
    total = sum(pairs.values())
    return sum(count for (one, other), count in pairs.items() if one == other) / total if total else 0.0


def kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa; None where chance alone would agree on everything, so that nothing is told.

    >>> round(kappa({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}), 2)
    0.4
    >>> kappa({("a", "a"): 7})
    """
    total = sum(pairs.values())
    ones: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        ones[one] += count
        others[other] += count
    by_chance = sum(ones[name] * others[name] for name in ones) / max(1, total * total)
    if not total or by_chance >= 1.0:
        return None
    return (exact(pairs) - by_chance) / (1.0 - by_chance)
