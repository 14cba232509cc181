"""The figures of a fit as a page of Markdown."""

from collections.abc import Mapping, Sequence

import numpy as np

from script.fit_grading import crossed, figures, informed, methods
from script.fit_grading.crossed import LONG, SHORT, Table
from script.fit_grading.data import MET, SETS
from script.fit_grading.informed import Drawn

GROUPS: Mapping[str, tuple[str, ...]] = {
    "cosine of the whole": ("whole", "reference_prompt"),
    "alignment of words": (
        "recall",
        "precision",
        "f1",
        "worst",
        "worse",
        "extra",
        "covered",
        "backed",
        "unbacked",
        "unreached",
    ),
    "shared stems and letters": ("stems", "trigrams", "pairs", "plain_overlap"),
    "negation, opposites, numbers, order": (
        "negations",
        "parity",
        "facing",
        "opposite",
        "numbers",
        "sequence",
    ),
    "lengths and novelty": ("length", "news", "told"),
    "sentence by sentence": ("sentence",),
}
"""Groups of features by the beginnings of their names."""


NETWORK = 0.75
"""Weight of the network beside the trees; the best of a few on the cross-validated shares."""


def mixed(parts: Mapping[str, np.ndarray], network: float = NETWORK) -> np.ndarray:
    """The shares that the grader uses for short claims: the trees and the network."""
    return (parts["trees"] + network * parts["network"]) / (1 + network)


def all_shares(table: Table, borders: Mapping[str, float]) -> np.ndarray:
    """Shares for every row; a long answer's score is brought to the borders of the short ones."""
    made = mixed(table.parts)
    own = table.sets == LONG
    at = [0.0, borders["long_partial"], borders["long_met"], 1.0]
    met = np.interp(table.parts["score"][own], at, [0.0, borders["partial"], borders["met"], 1.0])
    made[own] = np.stack([1 - met, np.zeros(len(met)), met], axis=1)
    return made


def line(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _pair(labels: np.ndarray, found: np.ndarray) -> str:
    two, three = figures.goodness(labels, found)
    return f"{two:.3f} / {three:.3f}"


def short_cells(table: Table, shares: np.ndarray) -> list[str]:
    short = np.isin(table.sets, SHORT) & table.original
    found = figures.nested(table.labels[short], shares[short], table.sets[short], table.folds[short])
    own = table.sets[short]
    return [_pair(table.labels[short][own == s], found[own == s]) for s in SHORT]


def expected(shares: np.ndarray) -> np.ndarray:
    """The score to expect of a long answer from the shares of wrong, partial and right."""
    return shares[:, 2] + 0.6 * shares[:, 1]


def long_cell(table: Table, guess: np.ndarray) -> str:
    """Correlation of the expected score, and of the three scores a verdict can give."""
    own = table.sets == LONG
    score, guess, folds = table.scores[own], guess[own], table.folds[own]
    levels = np.zeros(len(score))
    for fold in np.unique(folds):
        borders = figures.best_levels(score[folds != fold], guess[folds != fold])
        levels[folds == fold] = figures.three_levels(guess[folds == fold], borders)
    return f"{figures.correlation(score, guess):.3f} / {figures.correlation(score, levels):.3f}"


def method_lines(table: Table) -> list[str]:
    """Every method of the comparison, each fitted to one set at a time, on the same folds."""
    made = []
    for method in methods.METHODS:
        shares = np.zeros((len(table.labels), 3))
        for fold in np.unique(table.folds):
            for s in (*SHORT, LONG):
                own = (table.sets == s) & table.original
                train, test = own & (table.folds != fold), own & (table.folds == fold)
                if test.any():
                    shares[test] = methods.fit_shares(
                        method, table.names, table.features, table.labels, train, test
                    )
        made.append(line(method.name, *short_cells(table, shares), long_cell(table, expected(shares))))
        print(made[-1], flush=True)
    return made


def part_lines(table: Table) -> list[str]:
    made = [
        line(
            "**the grader**", *short_cells(table, mixed(table.parts)), long_cell(table, table.parts["score"])
        )
    ]
    for name, other in (("network", "trees"), ("trees", "network")):
        made.append(line(f"without its {name}", *short_cells(table, table.parts[other]), ""))
    found = figures.decided(mixed(table.parts), *figures.best_borders(*_judged(table)))
    alone = ~table.original
    made.append(line("with Beetle's first reference alone", "", _pair(table.labels[alone], found[alone]), ""))
    print("\n".join(made), flush=True)
    return made


def _judged(table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    own = np.isin(table.sets, SHORT) & table.original
    return table.labels[own], mixed(table.parts)[own], table.sets[own]


def group_lines(table: Table) -> list[str]:
    """The two models of features with all of them, and without each group."""
    made = []
    for name, heads in {"all features": (), **GROUPS}.items():
        keep = [i for i, n in enumerate(table.names) if not n.startswith(tuple(heads) or ("?",))]
        less = Table(
            table.cases,
            [table.names[i] for i in keep],
            table.features[:, keep],
            table.labels,
            table.sets,
            table.scores,
            table.folds,
            table.subjects,
            table.original,
        )
        crossed.cross_features(less)
        label = f"without {name}" if heads else name
        cells = short_cells(less, less.parts["trees"])
        made.append(line(label, *cells, long_cell(less, less.parts["score"])))
        print(made[-1], flush=True)
    return made


def given_lines(table: Table, one: Drawn, before: np.ndarray, after: np.ndarray) -> list[str]:
    """The same answers judged without marked ones and with some."""
    labels = informed.marks(table)
    made = []
    for given in informed.GIVEN:
        judged = (one.given == given) & np.isin(table.sets[one.rows], SHORT)
        rows = one.rows[judged]
        sets, folds = table.sets[rows], table.folds[rows]
        cells = []
        for shares in (before[rows], after[judged]):
            found = figures.nested(labels[rows], shares, sets, folds)
            cells += [_pair(labels[rows][sets == s], found[sets == s]) for s in SHORT]
        made.append(line(f"{given} + {given}", cells[0], cells[2], cells[1], cells[3]))
    print("\n".join(made), flush=True)
    return made


def calibration_lines(table: Table, shares: np.ndarray) -> list[str]:
    made = []
    for s in SHORT:
        own = (table.sets == s) & table.original
        met, sure = table.labels[own] == MET, shares[own, 2]
        error = figures.calibration_error(met, sure)
        near = [f"{(np.abs(sure - 0.46) < width).mean():.2f}" for width in (0.02, 0.03, 0.05)]
        certainty = np.abs(sure - 0.46)
        order = np.argsort(-certainty)
        right = (met == (sure >= 0.46))[order]
        cover = [f"{right[: int(len(right) * share)].mean():.3f}" for share in (1.0, 0.9, 0.8, 0.6)]
        made.append(line(SETS[s], f"{error:.3f}", *cover, *near))
    print("\n".join(made), flush=True)
    return made


def page(blocks: Sequence[tuple[str, str, Sequence[str]]]) -> str:
    """Blocks of a title, a table head and its lines."""
    text = ["# The fit of grading by sentences", "", INTRODUCTION]
    for title, head, lines in blocks:
        columns = head.count("|") - 1
        text += ["", f"## {title}", "", head, "|" + " --- |" * columns, *lines]
    return "\n".join(text) + "\n"


INTRODUCTION = """Written by `python -m script.fit_grading`; docs/grading.md says what the figures mean.
Fitted to the training parts of SciEntsBank and Beetle (SemEval-2013 task 7, CC BY-SA 3.0) and of SAF (MIT),
none of whose text is here. Everything is cross-validated by question: no model is asked about a question that
it was fitted to, and borders are chosen on the other folds. A pair of figures is 2-way accuracy / 3-way
macro-F1; for SAF it is the correlation with the score of the expected score / of the three scores that a
verdict can give."""
