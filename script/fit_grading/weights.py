"""The final fit on all answers, and how it is written."""

import numpy as np

from script.fit_grading import crossed, figures, informed, network, report
from script.fit_grading.crossed import LONG, SHORT, Table
from script.fit_grading.informed import Drawn
from script.fit_grading.models import boosted, logistic, packed, short, trees
from script.fit_grading.network import Pairs

NAME = "claims/1"
LONG_FROM = 45
"""Words of a claim from which on it is a paragraph."""
PARTIAL_FROM, UNSURE = 0.33, 0.03


def weights_of(table: Table, pairs: Pairs, drawn: Drawn, stems: list[str], seeds: int) -> dict:
    """Everything that checkpoint/core/grading/judgement.py reads."""
    every = np.ones(len(table.labels), bool)
    rows = np.flatnonzero(np.isin(table.sets, SHORT))
    standard = crossed.standardised(table.features, rows)
    route = crossed.router(table, every)
    return {
        "name": NAME,
        "stems": " ".join(stems),
        "features": table.names,
        "router": {"weights": packed(route["weights"]), "bias": route["bias"]},
        "experts": [trees(boosted(*_of(table, table.sets == s))) for s in SHORT],
        "long": {
            "features": [table.names[i] for i in crossed.columns(table, crossed.OF_LONG)],
            "trees": trees(crossed.scorer(table, table.sets == LONG)),
        },
        "networks": [_network(table, pairs, standard, rows, seed) for seed in range(seeds)],
        "standard": {
            "mean": short(table.features[rows].mean(axis=0).astype(float)),
            "scale": short((table.features[rows].std(axis=0) + 1e-6).astype(float)),
        },
        "precedents": _precedents(table, drawn),
        "borders": borders_of(table),
    }


def _of(table: Table, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return table.features[own], table.labels[own]


def _network(table: Table, pairs: Pairs, standard: np.ndarray, rows: np.ndarray, seed: int) -> dict:
    p = network.fitted(pairs, standard, crossed.targets(table), rows, seed)
    arrays = network.exported(p, pairs)
    return {name: packed(v) if isinstance(v, np.ndarray) else short(v) for name, v in arrays.items()}


def _precedents(table: Table, drawn: Drawn) -> dict:
    labels = informed.marks(table)[drawn.rows]
    return {
        "features": drawn.names,
        "linear": short(logistic(drawn.features, labels, 0.1)),
        "trees": trees(boosted(drawn.features, labels, rounds=200)),
    }


def borders_of(table: Table) -> dict[str, float]:
    """Where outcomes begin, chosen on all cross-validated shares."""
    shares = report.mixed(table.parts)
    own = np.isin(table.sets, SHORT) & table.original
    met, favour = figures.best_borders(table.labels[own], shares[own], table.sets[own])
    own = table.sets == LONG
    low, high = figures.best_levels(table.scores[own], table.parts["score"][own])
    return {
        "met": met,
        "contradicted": favour,
        "partial": PARTIAL_FROM,
        "unsure": UNSURE,
        "long": LONG_FROM,
        "long_partial": round(float(low), 3),
        "long_met": round(float(high), 3),
        "network": report.NETWORK,
    }
