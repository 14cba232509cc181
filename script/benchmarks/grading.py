"""Grading beside hand labels: agreement, misconceptions, review share, milliseconds an answer."""

import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from script.benchmarks import encoding, lengths

ANSWERS = Path(__file__).resolve().parents[2] / "tests" / "selfcheck" / "answers-dev.jsonl"
WORTH = {"missing": 0, "contradicted": 0, "partial": 1, "met": 2}
LABELS = ("met", "partial", "missing", "contradicted")


def main(*, rounds: int) -> None:
    """Grade the labelled answers and print how far the grader agrees and how long it takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
    import django

    django.setup()
    from checkpoint.core.grading.codec import to_line
    from checkpoint.core.grading.grade import grade
    from checkpoint.library import get_grader, get_library

    encoder = encoding.opened()
    questions = {q.id: q for q in get_library().questions.values()}
    grader = get_grader()
    rows = [json.loads(line) for line in ANSWERS.read_text().splitlines()]
    for question in questions.values():
        grade(grader, question, "")
    graded = []
    seconds: dict[str, float] = {}
    for _ in range(max(1, rounds)):
        graded = []
        if encoder:
            encoding.forget(encoder)
        for row in rows:
            started = time.perf_counter()
            verdict = grade(grader, questions[row["question"]], row["answer"])
            took = time.perf_counter() - started
            seconds[row["id"]] = min(took, seconds.get(row["id"], took))
            graded.append((row, to_line(row["id"], row["question"], verdict)))
    required = {c.id for q in questions.values() for c in q.required}
    print(f"\nGrading: {grader.name} on {len(rows)} labelled answers\n")
    _agreement(graded, required)
    _answers(graded)
    _times(list(seconds.values()))
    lengths.main(encoder, questions, ANSWERS)
    if encoder:
        encoding.main(encoder, ANSWERS)


Graded = list[tuple[Mapping[str, Any], Mapping[str, Any]]]


def _guess(criterion: Mapping[str, Any]) -> str:
    return str(criterion.get("guess", criterion["verdict"]))


def _agreement(graded: Graded, required: set[str]) -> None:
    by_criterion: dict[str, list[bool]] = defaultdict(list)
    pairs: Counter[tuple[str, str]] = Counter()
    for row, line in graded:
        for name, label in row["criteria"].items():
            got = _guess(line["criteria"][name])
            by_criterion[name].append(got == label)
            if name in required:
                pairs[label, got] += 1
    for question in sorted({name.split(".")[0] for name in by_criterion}):
        cells = [
            f"{name.split('.')[1]} {sum(hits)}/{len(hits)}"
            for name, hits in by_criterion.items()
            if name.startswith(f"{question}.")
        ]
        print(f"  {question}  " + "  ".join(cells))
    total = sum(pairs.values())
    exact = sum(count for (label, got), count in pairs.items() if label == got)
    print(f"\n  {'labelled':14}" + "".join(f"{label:>14}" for label in LABELS) + "   (graded)")
    for label in LABELS:
        print(f"  {label:14}" + "".join(f"{pairs[label, got]:>14}" for got in LABELS))
    wrong = {pair: n for pair, n in pairs.items() if WORTH[pair[0]] == 0}
    called_met = sum(n for (_, got), n in wrong.items() if got == "met")
    print(f"\n  required criteria, exact agreement   {exact}/{total} = {exact / total:.3f}")
    print(f"  quadratic weighted kappa             {_kappa(pairs):.3f}")
    print(f"  missing or contradicted called met   {called_met}/{sum(wrong.values())}")


def _kappa(pairs: Counter[tuple[str, str]]) -> float:
    table = [[0] * 3 for _ in range(3)]
    for (label, got), count in pairs.items():
        table[WORTH[label]][WORTH[got]] += count
    rows = [sum(row) for row in table]
    columns = [sum(row[i] for row in table) for i in range(3)]
    cells = [(i, j) for i in range(3) for j in range(3)]
    seen = sum((i - j) ** 2 * table[i][j] for i, j in cells)
    chance = sum((i - j) ** 2 * rows[i] * columns[j] / sum(rows) for i, j in cells)
    return 1 - seen / chance if chance else 1.0


def _answers(graded: Graded) -> None:
    level = sum(row["overall"] == line["level"] for row, line in graded)
    found = [(set(row["misconceptions"]), {m["id"] for m in line["misconceptions"]}) for row, line in graded]
    hits = sum(len(wanted & got) for wanted, got in found)
    false = sum(len(got - wanted) for wanted, got in found)
    missed = sum(len(wanted - got) for wanted, got in found)
    review = sum(line["needs_review"] for _, line in graded)
    undecided = sum(c["verdict"] == "unscored" for _, line in graded for c in line["criteria"].values())
    print(f"  level                                {level}/{len(graded)} = {level / len(graded):.3f}")
    print(
        f"  misconceptions                       found {hits}, false {false}, missed {missed}, "
        f"F1 {2 * hits / (2 * hits + false + missed):.3f}"
    )
    print(f"  answers marked for review            {review}/{len(graded)}, criteria not decided {undecided}")


def _times(seconds: Iterable[float]) -> None:
    ranked = sorted(seconds)
    at = {share: 1000 * ranked[min(len(ranked) - 1, int(share * len(ranked)))] for share in (0.5, 0.95)}
    print(f"  milliseconds an answer               p50 {at[0.5]:.1f}, p95 {at[0.95]:.1f}\n")
