"""A report as text of a hundred columns, and as plain values for JSON."""

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from checkpoint.core.content.types import Question
from checkpoint.core.grading.heldout import MARKS
from checkpoint.core.grading.report import Confusion, CriterionReport, Failing, Report

WIDTH = 100
_LABEL = 16


def printed(question: Question, report: Report) -> str:
    """The whole report, ending without a line break."""
    parts = [
        *_head(question, report),
        "",
        *_whole(report),
        *(line for one in report.criteria for line in _criterion(one)),
        "",
        *_ideas(report),
        "",
        *_steps(report),
        "",
        *_failing(report),
    ]
    return "\n".join(parts)


def how_graded(report: Report) -> str:
    """Which answers were graded, and by what, in words."""
    if report.held_out:
        return f"{report.answers} marked answers, each graded by the rubric without it"
    return f"{report.answers} labelled answers"


def share(value: float | None) -> str:
    """Two decimals, or a dash where there is nothing to count.

    >>> share(0.5), share(None)
    ('0.50', '–')
    """
    return "–" if value is None else f"{value:.2f}"


def _head(question: Question, report: Report) -> Iterator[str]:
    name = f"{question.id} {question.slug}".strip()
    yield from _wrapped(f"{name}: {question.title or question.prompt}")
    yield from _wrapped(f"{how_graded(report)}; grader {report.grader}, rubric {report.rubric}")


def _whole(report: Report) -> Iterator[str]:
    whole = report.whole
    yield f"Required criteria: {whole.right} of {whole.total} verdicts agree ({share(whole.agreement)})"
    yield f"  missing or contradicted called met  {whole.called_met} of {whole.not_earned}"
    yield f"  decided, bonus criteria included    {report.decided} of {report.verdicts}"
    yield f"  answers marked for review           {report.reviewed} of {report.answers}"
    if report.levels[1]:
        yield f"  level agrees                        {report.levels[0]} of {report.levels[1]}"


def _criterion(one: CriterionReport) -> Iterator[str]:
    kind = ", must-have" if one.criterion.must else ", bonus" if one.criterion.bonus else ""
    yield ""
    title = textwrap.shorten(f"{one.criterion.id} {one.criterion.heading}", WIDTH - 44, placeholder=" …")
    facts = f"agreement {share(one.confusion.agreement)}, decided {share(one.coverage)}{kind}"
    yield f"{title:<{WIDTH - 44}}{facts:>44}"
    if one.confusion.total:
        yield from _table(one.confusion)
    else:
        yield "  no answer is labelled for it"


def _table(confusion: Confusion) -> Iterator[str]:
    heads = "".join(f"{mark.value:>14}" for mark in MARKS)
    yield f"  {'label / graded':<{_LABEL}}{heads}{'precision':>12}{'recall':>10}"
    for label in MARKS:
        cells = "".join(f"{confusion.counts.get((label, got), 0):>14}" for got in MARKS)
        shares = f"{share(confusion.precision(label)):>12}{share(confusion.recall(label)):>10}"
        yield f"  {label.value:<{_LABEL}}{cells}{shares}"


def _ideas(report: Report) -> Iterator[str]:
    if not report.ideas:
        yield "Misconceptions: the rubric knows none"
        return
    yield f"{'Misconceptions':<50}{'found':>8}{'missed':>8}{'false':>8}{'precision':>12}{'recall':>10}"
    for one in report.ideas:
        title = textwrap.shorten(f"{one.id} {one.claim}", 46, placeholder=" …")
        counts = f"{one.found:>8}{one.missed:>8}{one.false:>8}"
        yield f"  {title:<48}{counts}{share(one.precision):>12}{share(one.recall):>10}"


def _steps(report: Report) -> Iterator[str]:
    yield f"Calibration: expected error {share(report.calibration_error)}"
    yield f"  {'confidence':<{_LABEL}}{'verdicts':>14}{'mean':>14}{'right':>14}"
    for step in report.steps:
        if step.count:
            name = f"{step.start:.1f} to {step.end:.1f}"
            yield (f"  {name:<{_LABEL}}{step.count:>14}{step.confidence:>14.2f}{share(step.accuracy):>14}")


def _failing(report: Report) -> Iterator[str]:
    if not report.failing:
        yield "Failing answers: none"
        return
    yield f"Failing: {len(report.failing)} verdicts on {len({one.id for one in report.failing})} answers"
    for _, failures in groupby(report.failing, key=lambda one: one.id):
        together = list(failures)
        yield ""
        yield from _wrapped(f"{together[0].id}: “{' '.join(together[0].answer.split())}”", "  ")
        for one in together:
            yield from _wrapped(f"{one.about} {one.wanted}, graded {_got(one)}: {one.reason}", "    ")
            if one.matched:
                yield from _wrapped(f"matched {one.matched}", "      ")


def _got(one: Failing) -> str:
    doubt = "" if one.decided else "not decided, likeliest "
    why = f", {one.code}" if one.code else ""
    return f"{doubt}{one.got} (confidence {one.confidence:.2f}{why})"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


# --- JSON ---------------------------------------------------------------------------


def as_plain(question: Question, report: Report) -> dict[str, Any]:
    """The report as JSON-able values; shares are null where there is nothing to count."""
    return {
        "question": question.slug,
        "grader": report.grader,
        "rubric": report.rubric,
        "held_out": report.held_out,
        "answers": report.answers,
        "needs_review": report.reviewed,
        "level": {"agree": report.levels[0], "of": report.levels[1]},
        "required": {**_plain_confusion(report.whole), "called_met": report.whole.called_met},
        "coverage": report.coverage,
        "calibration": {
            "expected_error": report.calibration_error,
            "steps": [
                {
                    "from": step.start,
                    "to": step.end,
                    "verdicts": step.count,
                    "confidence": step.confidence,
                    "right": step.right,
                }
                for step in report.steps
            ],
        },
        "criteria": {
            one.criterion.id: {
                "bonus": one.criterion.bonus,
                "must": one.criterion.must,
                "coverage": one.coverage,
                **_plain_confusion(one.confusion),
            }
            for one in report.criteria
        },
        "misconceptions": {
            one.id: {
                "found": one.found,
                "missed": one.missed,
                "false": one.false,
                "passed": one.passed,
                "precision": one.precision,
                "recall": one.recall,
            }
            for one in report.ideas
        },
        "failing": [
            {
                "id": one.id,
                "answer": one.answer,
                "about": one.about,
                "wanted": one.wanted,
                "got": one.got,
                "decided": one.decided,
                "confidence": one.confidence,
                "reason": one.code,
                "sentence": one.reason,
                "matched": one.matched,
                "evidence": [list(span) for span in one.evidence],
            }
            for one in report.failing
        ],
    }


def _plain_confusion(confusion: Confusion) -> dict[str, Any]:
    return {
        "verdicts": confusion.total,
        "agreement": confusion.agreement,
        "precision": {mark.value: confusion.precision(mark) for mark in MARKS},
        "recall": {mark.value: confusion.recall(mark) for mark in MARKS},
        "confusion": {
            label.value: {got.value: confusion.counts.get((label, got), 0) for got in MARKS}
            for label in MARKS
        },
    }
