"""Fits the second look on the rubrics' own marked answers: `python -m script.fit_grading.second_look`.

Answers are put together from marked answers of different criteria, so that a criterion is held against
several sentences of which few or none speak about it. Portraits are drawn without the sentences of the
answer they are held against. What a fresh wording is worth is told by the portraits alone: the ways were
written by people who knew these sentences.
"""

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

WEIGHTS = Path(__file__).resolve().parents[2] / "checkpoint" / "weights" / "second-look.json"
SHARES = {"missing": 0.87, "contradicted": 0.03, "partial": 0.035, "met": 0.065}
"""How often a criterion that the words find nothing of has each outcome; assumed, not counted."""
ANSWERS = 150
"""Put together for each question."""
SMOOTH = 1e-3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--var", type=Path, default=Path("var"), help="folder of the converted model")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
    import django

    django.setup()
    from checkpoint.library import get_library
    from checkpoint.sentences.opening import made_encoder

    encoder = made_encoder(options.var / "sentence-model")
    rows = [row for q in get_library().questions.values() for row in rows_of(q, encoder)]
    print(f"{len(rows)} rows, {dict(Counter(row[1] for row in rows))}")
    report(rows)
    if options.write:
        write(fit(rows))


Row = tuple[str, str, np.ndarray]
"""Question, outcome, features."""


def rows_of(question: Any, encoder: Any) -> Iterator[Row]:
    from checkpoint.core.grading.heldout import marked_answers
    from checkpoint.core.grading.lexical import LexicalGrader
    from checkpoint.core.grading.portrait import Space, texts_of
    from checkpoint.core.grading.reading import read_answer

    random_ = random.Random(7)
    grader = LexicalGrader()
    compiled = grader.compiled(question)
    marked = [m for m in marked_answers(question) if m.outcome.value != "missing"]
    silent = _silent(grader, question, [m.text for m in marked])
    whole = Space(texts_of(question), encoder)
    for _ in range(ANSWERS):
        chosen = _chosen(marked, random_)
        answer = " ".join(m.text.rstrip(". ") + "." for m in chosen)
        reading = read_answer(question, compiled.terms, answer)
        drawn = _without(question, [m.text for m in chosen], whole)
        wanted = {m.criterion: m.outcome.value for m in chosen}
        for criterion in question.criteria:
            name = criterion.id
            if name not in wanted and not all(name in silent[m.text] for m in chosen):
                continue
            row = _features(drawn, name, reading, whole)
            if row is not None:
                yield question.slug, wanted.get(name, "missing"), row


def _chosen(marked: list[Any], random_: random.Random) -> list[Any]:
    """One to five marked answers, each for another criterion."""
    names = sorted({m.criterion for m in marked})
    picked = random_.sample(names, min(random_.choice([1, 2, 3, 4, 5]), len(names)))
    return [random_.choice([m for m in marked if m.criterion == name]) for name in picked]


def _silent(grader: Any, question: Any, texts: list[str]) -> dict[str, set[str]]:
    """For each text the criteria that its words say nothing about."""
    return {
        text: {v.id for v in grader.grade(question, text).criteria if v.outcome.value == "missing"}
        for text in texts
    }


def _without(question: Any, texts: list[str], space: Any) -> Any:
    from checkpoint.core.grading.heldout import without
    from checkpoint.core.grading.portrait import portraits

    for text in texts:
        question = without(question, text)
    return portraits(question, space)


def _features(drawn: Any, name: str, reading: Any, space: Any) -> np.ndarray | None:
    from checkpoint.core.grading.second import features, sentences_of

    sentences = sentences_of(reading, space)
    return features(drawn[name], sentences)[0] if sentences.numbers else None


def fit(rows: list[Row]) -> dict[str, Any]:
    """A multinomial logistic model by gradient descent, its classes weighted to SHARES."""
    from checkpoint.core.grading.second import OUTCOMES

    x = np.stack([row[2] for row in rows])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    x = np.c_[(x - mean) / scale, np.ones(len(x))]
    labels = np.array([[o.value for o in OUTCOMES].index(row[1]) for row in rows])
    target = np.eye(len(OUTCOMES))[labels]
    counts = target.sum(axis=0)
    weight = np.array([SHARES[OUTCOMES[label].value] / counts[label] for label in labels])[:, None]
    theta = np.zeros((len(OUTCOMES), x.shape[1]))
    for _ in range(4000):
        votes = x @ theta.T
        powers = np.exp(votes - votes.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - target) * weight
        theta -= 2.0 * (error.T @ x + SMOOTH * np.c_[theta[:, :-1], np.zeros(len(theta))])
    return {
        "mean": mean.tolist(),
        "scale": scale.tolist(),
        "weights": theta[:, :-1].tolist(),
        "bias": theta[:, -1].tolist(),
    }


def report(rows: list[Row]) -> None:
    """How well it tells what is met, each question judged by what was fitted on the others."""
    from checkpoint.core.grading.second import OUTCOMES, SecondLook

    counts = Counter(row[1] for row in rows)
    table = []
    for question in sorted({row[0] for row in rows}):
        look = SecondLook({"linear": fit([row for row in rows if row[0] != question])})
        for row in (row for row in rows if row[0] == question):
            shares = look.probabilities(row[2])
            table.append((SHARES[row[1]] / counts[row[1]], row[1], [shares[o] for o in OUTCOMES]))
    for border in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9):
        called = [(w, label) for w, label, shares in table if shares[-1] >= border]
        right = sum(w for w, label in called if label == "met")
        whole = sum(w for w, _ in called)
        found = right / SHARES["met"]
        print(f"  p(met) >= {border:.2f}: precision {right / whole if whole else 1:.2f}, recall {found:.2f}")


def write(linear: dict[str, Any]) -> None:
    from checkpoint.core.grading.second import FEATURES, OUTCOMES

    rounded = {part: np.round(values, 5).tolist() for part, values in linear.items()}
    made = {"features": FEATURES, "outcomes": [o.value for o in OUTCOMES], "linear": rounded}
    WEIGHTS.write_text(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
