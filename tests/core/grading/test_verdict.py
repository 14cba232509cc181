"""Scores, levels, and verdicts as plain values."""

import json

import pytest

from checkpoint.core.grading.codec import from_plain, to_line, to_plain
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
from checkpoint.core.grading.verdict import (
    CriterionVerdict,
    Level,
    MisconceptionFound,
    Outcome,
    Verdict,
    summed_up,
    weight_of,
)

RUBRIC = Rubric(
    prompt="?",
    criteria=(
        Criterion(id="a", claim="a", weight=60, must=True),
        Criterion(id="b", claim="b", weight=40),
        Criterion(id="c", claim="c", bonus=True),
    ),
    misconceptions=(
        Misconception(id="x", claim="x", critical=True, excused_by=("b",)),
        Misconception(id="y", claim="y"),
    ),
)


def judged(found: tuple[str, ...] = (), **outcomes: str) -> Verdict:
    criteria = tuple(
        CriterionVerdict(name, Outcome(value), Outcome.MET if value == "unscored" else Outcome(value), 0.9)
        for name, value in outcomes.items()
    )
    wrong = tuple(MisconceptionFound(name, 0.8, ((0, 1),)) for name in found)
    return summed_up(RUBRIC, criteria, wrong, False, "test/1")


@pytest.mark.parametrize(
    ("a", "b", "score", "level"),
    [
        ("met", "met", 100, Level.READY),
        ("met", "partial", 80, Level.READY),
        ("met", "missing", 60, Level.ALMOST),
        ("partial", "met", 70, Level.ALMOST),
        ("unscored", "met", 40, Level.REVISIT),
        ("partial", "partial", 50, Level.ALMOST),
        ("contradicted", "met", 40, Level.REVISIT),
        ("met", "contradicted", 60, Level.ALMOST),
    ],
)
def test_score_and_level_follow_weights_and_musts(a: str, b: str, score: float, level: Level) -> None:
    verdict = judged(a=a, b=b, c="met")
    assert (verdict.score, verdict.level) == (score, level)


def test_a_critical_misconception_keeps_from_ready_unless_excused() -> None:
    assert judged(("x",), a="met", b="partial", c="met").level is Level.ALMOST
    assert judged(("x",), a="met", b="met", c="met").level is Level.READY
    assert judged(("y",), a="met", b="partial", c="met").level is Level.READY


def test_weights_not_given_share_equally() -> None:
    rubric = Rubric(prompt="?", criteria=tuple(Criterion(id=n, claim=n) for n in "abc"))
    assert [round(weight_of(rubric, c), 2) for c in rubric.criteria] == [33.33, 33.33, 33.33]


def test_a_verdict_survives_storage() -> None:
    verdict = judged(("x", "y"), a="unscored", b="partial", c="missing")
    assert from_plain(json.loads(json.dumps(to_plain(verdict)))) == verdict


def test_a_line_names_the_guess_only_where_nothing_is_decided() -> None:
    line = to_line("7", "q", judged(a="unscored", b="met", c="missing"))
    assert line["criteria"]["a"] == {"verdict": "unscored", "guess": "met", "confidence": 0.9, "evidence": []}
    assert "guess" not in line["criteria"]["b"]
    assert list(line) == [
        "id", "question", "level", "score", "criteria", "misconceptions", "needs_review", "grader",
    ]  # fmt: skip
