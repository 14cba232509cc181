"""Marked answers of public collections, read from a folder of gzipped JSON lines."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

MISSING, CONTRADICTED, MET = 0, 1, 2
SETS = ("sciEntsBank", "beetle", "saf")
_LABELS = {
    "incorrect": MISSING,
    "contradictory": CONTRADICTED,
    "correct": MET,
    "Incorrect": MISSING,
    "Partially correct": MISSING,
    "Correct": MET,
}


@dataclass(frozen=True, slots=True)
class Row:
    """An answer with its mark; `score` is 0..1, and `question` is unique over all sets."""

    set: int
    question: str
    prompt: str
    references: tuple[str, ...]
    answer: str
    label: int
    score: float


def read_rows(folder: Path) -> list[Row]:
    """All training answers of the sets that are in the folder, in the order of the files."""
    rows: list[Row] = []
    for number, name in enumerate(SETS):
        with gzip.open(folder / f"{name}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [_row(number, json.loads(line)) for line in lines]
    return rows


def _row(number: int, given: dict) -> Row:
    label = _LABELS[given["label"]]
    return Row(
        set=number,
        question=f"{SETS[number]}/{given['qid']}",
        prompt=given["question"],
        references=tuple(given["references"]),
        answer=given["answer"],
        label=label,
        score=float(given.get("score", label == MET)),
    )
