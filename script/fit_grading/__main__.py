"""Fit, measure, and write the weights and the report; __init__.py says how to call it."""

import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path

import numpy as np

from checkpoint.core.grading.judgement import rarity_of
from checkpoint.core.grading.passage import whole_passage
from checkpoint.core.grading.text import stem
from checkpoint.sentences.conversion import place
from checkpoint.sentences.opening import made_encoder
from script.fit_grading import crossed, informed, report
from script.fit_grading.cases import Case, alike_by_question, cases_of, with_first_reference
from script.fit_grading.crossed import Table
from script.fit_grading.data import read_rows
from script.fit_grading.network import Pairs
from script.fit_grading.vectors import KeptEncoder
from script.fit_grading.weights import borders_of, weights_of

PROJECT = Path(__file__).parents[2]
WEIGHTS = PROJECT / "checkpoint" / "weights" / "claims.json"
REPORT = PROJECT / "docs" / "grading-fit.md"
STEMS = 12_000
FIRST_WORD = 1996
"""What stands before in the vocabulary is signs and single letters."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the gzipped training sets")
    parser.add_argument("--vectors", type=Path, required=True, help="folder where vectors are kept")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=2, help="networks whose mean is taken")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth answer: a small fit")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the weights are written")
    parser.add_argument("--only", choices=("weights", "report"), help="leave the other as it is")
    given = parser.parse_args()
    own = made_encoder(given.vectors)
    stems = frequent_stems(place(given.vectors) / "tokenizer.json")
    encoder = KeptEncoder(own, given.vectors)
    cases = cases_of(read_rows(given.data)[:: given.every], encoder, rarity_of(stems), given.workers)
    every = [*cases, *with_first_reference(cases, given.workers)]
    prompts = {case.row.prompt: whole_passage(case.row.prompt, encoder, rarity_of(stems)) for case in cases}
    encoder.keep()
    vectors = np.stack([np.concatenate([prompts[c.row.prompt].vector, _claim(c)]) for c in every])
    table = crossed.table_of(every, vectors, len(cases))
    pairs = Pairs(every)
    crossed.cross(table, pairs, given.seeds)
    groups: dict[str, list] = {}
    for case in cases:
        groups.setdefault(case.row.question, []).append(case)
    alike = alike_by_question(list(groups.values()), given.workers)
    written = given.weights if given.only != "report" else None
    finish(table, pairs, alike, stems, given.seeds, written, reported=given.only != "weights")


def _claim(case: Case) -> np.ndarray:
    return np.mean([one.passage.vector for one in case.references], axis=0)


def finish(
    table: Table,
    pairs: Pairs,
    alike: list,
    stems: list[str],
    seeds: int,
    written: Path | None = WEIGHTS,
    reported: bool = True,
) -> None:
    """What comes after cross-validation: weights and report."""
    shares = report.all_shares(table, borders_of(table))
    drawn = informed.drawn(table, alike, shares, times=2)
    if written:
        written.parent.mkdir(exist_ok=True)
        made = json.dumps(weights_of(table, pairs, drawn, stems, seeds))
        written.write_text(made)
        print(f"{written}: sha256 {hashlib.sha256(made.encode()).hexdigest()}")
    if reported:
        REPORT.write_text(report.page(_blocks(table, drawn, shares)))


def _blocks(table: Table, drawn: informed.Drawn, shares: np.ndarray) -> list:
    sets = "SciEntsBank | Beetle | SAF"
    own = report.part_lines(table)
    given = report.given_lines(table, drawn, shares, informed.crossed(table, drawn))
    calibration = report.calibration_lines(table, shares)
    return [
        ("Against the methods to beat", f"| Method | {sets} |", [*report.method_lines(table), own[0]]),
        ("Without a part", f"| Parts | {sets} |", own),
        ("Without a group of features", f"| Trees | {sets} |", report.group_lines(table)),
        (
            "With marked answers of the question",
            "| Marked answers | SciEntsBank without | with | Beetle without | with |",
            given,
        ),
        (
            "How sure it is",
            "| Set | Calibration error | all | surest 90 % | 80 % | 60 % | within 0.02 | 0.03 | 0.05 |",
            calibration,
        ),
    ]


def frequent_stems(tokenizer: Path) -> list[str]:
    """Stems in the order of the model's vocabulary, which puts frequent words first."""
    made: dict[str, None] = {}
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text())["model"]["vocab"]
    for word, number in sorted(vocabulary.items(), key=lambda one: one[1]):
        if word.isalpha() and number >= FIRST_WORD:
            made.setdefault(stem(word))
    return list(made)[:STEMS]


if __name__ == "__main__":
    main()
