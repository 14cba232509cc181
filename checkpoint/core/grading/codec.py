"""Verdicts as plain values for storage and for the command line, and back."""

from typing import Any

from checkpoint.core.grading.verdict import (
    CriterionVerdict,
    Level,
    MisconceptionFound,
    Outcome,
    Span,
    Verdict,
)


def to_plain(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON-able values, nothing lost."""
    return {
        "level": verdict.level.value,
        "score": verdict.score,
        "criteria": [
            {
                "id": one.id,
                "outcome": one.outcome.value,
                "guess": one.guess.value,
                "confidence": one.confidence,
                "evidence": [list(span) for span in one.evidence],
                "reason": one.reason,
                "matched": one.matched,
            }
            for one in verdict.criteria
        ],
        "misconceptions": [
            {"id": one.id, "confidence": one.confidence, "evidence": [list(span) for span in one.evidence]}
            for one in verdict.misconceptions
        ],
        "needs_review": verdict.needs_review,
        "grader": verdict.grader,
    }


def from_plain(plain: dict[str, Any]) -> Verdict:
    """The verdict that `to_plain` took apart."""
    return Verdict(
        Level(plain["level"]),
        float(plain["score"]),
        tuple(
            CriterionVerdict(
                one["id"],
                Outcome(one["outcome"]),
                Outcome(one["guess"]),
                float(one["confidence"]),
                _spans(one["evidence"]),
                one.get("reason", ""),
                one.get("matched", ""),
            )
            for one in plain["criteria"]
        ),
        tuple(
            MisconceptionFound(one["id"], float(one["confidence"]), _spans(one["evidence"]))
            for one in plain["misconceptions"]
        ),
        bool(plain["needs_review"]),
        plain["grader"],
    )


def _spans(plain: list[list[int]]) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in plain)


def to_line(identifier: object, question: str, verdict: Verdict) -> dict[str, Any]:
    """One line of `manage.py grade`."""
    return {
        "id": identifier,
        "question": question,
        "level": verdict.level.value,
        "score": verdict.score,
        "criteria": {one.id: _criterion(one) for one in verdict.criteria},
        "misconceptions": to_plain(verdict)["misconceptions"],
        "needs_review": verdict.needs_review,
        "grader": verdict.grader,
    }


def _criterion(one: CriterionVerdict) -> dict[str, Any]:
    plain: dict[str, Any] = {"verdict": one.outcome.value}
    if one.outcome is Outcome.UNSCORED:
        plain["guess"] = one.guess.value
    plain["confidence"] = one.confidence
    plain["evidence"] = [list(span) for span in one.evidence]
    return plain
