"""What people said about a verdict, as its page shows it: decisions with the machine's verdict beside them,
and appeals that wait."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from checkpoint.core.grading.verdict import Span
from checkpoint.selfcheck.decisions.counting import Facts
from checkpoint.selfcheck.decisions.queries import Appealed, Decided, open_appeals
from checkpoint.selfcheck.marks import SIGNALS, visible
from checkpoint.selfcheck.models import DecisionOutcome
from checkpoint.selfcheck.shown import Shown, ShownCorrection, ShownCriterion

WORDS = {
    "met": "Met",
    "partial": "Partly",
    "missing": "Missing",
    "contradicted": "Missing",
    "unscored": "Not decided",
    "held": "In your answer",
    "absent": "Not in your answer",
}
"""For learners, to whom a contradiction shows as missing, with a correction."""
IDEA_SIGNALS = {"held": "miss", "absent": "met"}


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a person decided, and what the machine had said."""

    word: str
    signal: str
    comment: str
    by: str
    at: datetime
    machine_word: str
    machine_signal: str
    machine_says: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appeal that nobody has decided about; `quote` are the words that the learner marked."""

    quote: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """About one criterion or misconception: a decision, an appeal that waits, or both."""

    ruled: Ruled | None
    waiting: Waiting | None


def remarks(
    shown: Shown, decisions: Mapping[str, Decided], appeals: Mapping[str, Appealed], answer: str
) -> Mapping[str, Remark]:
    """By the id of the criterion or misconception; the verdict is given as the machine had shown it."""
    waiting = open_appeals(appeals, decisions)
    said = {one.id: one.sentence for one in shown.criteria} | {
        one.id: one.happens for one in shown.corrections
    }
    return {
        name: Remark(
            _ruled(decisions[name], said.get(name, "")) if name in decisions else None,
            _waiting(waiting[name], answer) if name in waiting else None,
        )
        for name in {**decisions, **waiting}
    }


def ruled_on(decided: Decided) -> Ruled:
    """A decision where the machine's own sentence isn't at hand."""
    return _ruled(decided, "")


def _ruled(one: Decided, machine_says: str) -> Ruled:
    return Ruled(
        WORDS[one.outcome],
        _signal(one.outcome),
        one.comment,
        one.by or "A reviewer",
        one.at,
        WORDS[one.machine],
        _signal(one.machine),
        machine_says,
    )


def _signal(outcome: str) -> str:
    return IDEA_SIGNALS.get(outcome) or SIGNALS[outcome]


def _waiting(one: Appealed, answer: str) -> Waiting:
    quote = answer[one.start : one.end] if one.start is not None else ""
    return Waiting(visible(quote.strip()), one.note, one.at)


# --- The verdict as it counts ---------------------------------------------------------


def as_counted(
    shown: Shown, facts: Facts, decisions: Mapping[str, Decided], appeals: Mapping[str, Appealed]
) -> Shown:
    """The same page with the decided outcomes; unchanged where nobody decided."""
    if not decisions:
        return shown
    criteria = tuple(_criterion(one, decisions, appeals) for one in shown.criteria)
    numbers = {one.id: number for number, one in enumerate(_on_page(criteria), start=1)}
    corrections = tuple(one for one in shown.corrections if _stands(one, decisions))
    return replace(
        shown,
        level=facts.level,
        score=facts.score,
        criteria=tuple(replace(one, number=numbers.get(one.id, 0)) for one in criteria),
        corrections=tuple(
            replace(one, letter=letter) for letter, one in zip("ABCDEFGH", corrections, strict=False)
        ),
        needs_review=facts.needs_review,
    )


def _criterion(
    one: ShownCriterion, decisions: Mapping[str, Decided], appeals: Mapping[str, Appealed]
) -> ShownCriterion:
    """A decision has its own words; where the learner named a place, that is what it is about."""
    decided = decisions.get(one.id)
    if decided is None:
        return one
    return replace(
        one,
        outcome=decided.outcome,
        sentence="",
        evidence=_named_place(appeals.get(one.id)) or one.evidence,
        guess=decided.outcome,
    )


def _named_place(appeal: Appealed | None) -> tuple[Span, ...]:
    if appeal is None or appeal.start is None or appeal.end is None:
        return ()
    return ((appeal.start, appeal.end),)


def _on_page(criteria: tuple[ShownCriterion, ...]) -> list[ShownCriterion]:
    return [one for one in criteria if not one.bonus] + [
        one for one in criteria if one.bonus and one.outcome == "met"
    ]


def _stands(correction: ShownCorrection, decisions: Mapping[str, Decided]) -> bool:
    """Gone with a misconception that isn't in the answer, or a criterion that isn't contradicted."""
    decided = decisions.get(correction.id)
    return decided is None or decided.outcome in (DecisionOutcome.HELD, DecisionOutcome.CONTRADICTED)
