"""A verdict as its learner is shown it: kept with the attempt, and read back unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint.core.content.types import Question
from checkpoint.core.grading.reasons import Reason, explain
from checkpoint.core.grading.rubric import Criterion, Misconception
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Outcome, Span, Verdict

MOST_CORRECTIONS = 2
SETTLE = "This can be read more than one way. Say it in a sentence of its own: who does what, and when."
_SAYS_WHY = (
    Reason.HEDGED,
    Reason.OUT_OF_ORDER,
    Reason.CONFLICT,
    Reason.ODD,
    Reason.EXCHANGED,
    Reason.NEAR,
    Reason.OTHER_LANGUAGE,
)
"""Reasons whose sentence already says what would settle the criterion."""


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    """One criterion with what was found; `read` points at a lesson's section.

    `number` is 0 for a bonus criterion that wasn't met, which isn't shown.
    """

    id: str
    number: int
    heading: str
    outcome: str
    sentence: str
    evidence: tuple[Span, ...] = ()
    read: str = ""
    must: bool = False
    bonus: bool = False
    guess: str = ""
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """Something to unlearn: the learner's words, and what really happens.

    `id` is a misconception's, or a criterion's where the answer asserts its opposite.
    """

    id: str
    letter: str
    quote: str
    happens: str
    read: str = ""
    evidence: tuple[Span, ...] = ()
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the verdict page says about one answer, apart from the answer itself."""

    level: str
    score: float
    criteria: tuple[ShownCriterion, ...]
    corrections: tuple[ShownCorrection, ...]
    held_back: int
    """Corrections beyond the two shown; they come up again once these are settled."""
    needs_review: bool
    grader: str

    @property
    def required(self) -> tuple[ShownCriterion, ...]:
        return tuple(criterion for criterion in self.criteria if not criterion.bonus)

    @property
    def beyond(self) -> tuple[ShownCriterion, ...]:
        """Bonus criteria are shown only when met."""
        return tuple(c for c in self.criteria if c.bonus and c.outcome == Outcome.MET)

    @property
    def outcomes(self) -> dict[str, str]:
        return {criterion.id: criterion.outcome for criterion in self.criteria}

    def as_json(self) -> dict[str, Any]:
        return {
            **_plain(self),
            "criteria": [_plain(criterion) for criterion in self.criteria],
            "corrections": [_plain(correction) for correction in self.corrections],
        }


def _plain(value: Shown | ShownCriterion | ShownCorrection) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def shown_from_json(kept: Mapping[str, Any]) -> Shown:
    """The value `as_json` gave, after a round through the database."""
    facts = dict(kept)
    criteria = tuple(
        ShownCriterion(**{**c, "evidence": _spans(c["evidence"])}) for c in facts.pop("criteria")
    )
    corrections = tuple(
        ShownCorrection(**{**c, "evidence": _spans(c["evidence"])}) for c in facts.pop("corrections")
    )
    return Shown(criteria=criteria, corrections=corrections, **facts)


def show(question: Question, verdict: Verdict, answer: str) -> Shown:
    """Put a verdict into the words and the order a learner reads."""
    found = {criterion.id: criterion for criterion in verdict.criteria}
    numbers = _numbers(question, found)
    corrections = _corrections(question, verdict, answer)
    return Shown(
        level=verdict.level.value,
        score=round(verdict.score, 1),
        criteria=tuple(
            _criterion(numbers.get(criterion.id, 0), criterion, found[criterion.id], answer)
            for criterion in (*question.required, *question.bonus)
            if criterion.id in found
        ),
        corrections=corrections[:MOST_CORRECTIONS],
        held_back=max(0, len(corrections) - MOST_CORRECTIONS),
        needs_review=verdict.needs_review,
        grader=verdict.grader,
    )


def _numbers(question: Question, found: Mapping[str, CriterionVerdict]) -> dict[str, int]:
    """1, 2, 3 … for the criteria on the page: all required ones, then the bonus ones that were met."""
    on_page = [c.id for c in question.required]
    on_page += [c.id for c in question.bonus if c.id in found and found[c.id].outcome is Outcome.MET]
    return {criterion: number for number, criterion in enumerate(on_page, start=1)}


def _criterion(number: int, criterion: Criterion, found: CriterionVerdict, answer: str) -> ShownCriterion:
    return ShownCriterion(
        id=criterion.id,
        number=number,
        heading=criterion.heading,
        outcome=found.outcome.value,
        sentence=_sentence(criterion, found, answer),
        evidence=found.evidence,
        read=criterion.read,
        must=criterion.must,
        bonus=criterion.bonus,
        guess=found.guess.value,
        confidence=round(found.confidence, 4),
        reason=found.reason,
    )


def _sentence(criterion: Criterion, found: CriterionVerdict, answer: str) -> str:
    if found.outcome is Outcome.UNSCORED and found.reason not in _SAYS_WHY:
        return SETTLE
    return explain(criterion, found, answer)


def _corrections(question: Question, verdict: Verdict, answer: str) -> tuple[ShownCorrection, ...]:
    """Most harmful first; a contradiction said by the same words as a wrong idea is one correction."""
    wrong_ideas = [_wrong_idea(question, verdict, found, answer) for found in verdict.misconceptions]
    opposites = [
        _opposite(criterion, found, answer)
        for found in verdict.criteria
        if found.outcome == Outcome.CONTRADICTED and found.evidence
        for criterion in question.criteria
        if criterion.id == found.id
    ]
    ranked = sorted(wrong_ideas, key=lambda c: not c.critical)
    ranked += [o for o in opposites if not any(_overlap(o.evidence, c.evidence) for c in wrong_ideas)]
    ranked.sort(key=lambda c: not c.critical)
    return tuple(
        ShownCorrection(c.id, letter, c.quote, c.happens, c.read, c.evidence, c.critical)
        for letter, c in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ranked, strict=False)
    )


def _wrong_idea(
    question: Question, verdict: Verdict, found: MisconceptionFound, answer: str
) -> ShownCorrection:
    known = next(m for m in question.misconceptions if m.id == found.id)
    return ShownCorrection(
        id=known.id,
        letter="",
        quote=_quote(answer, found.evidence),
        happens=_sentence_case(known.feedback or known.why),
        read=known.read,
        evidence=found.evidence,
        critical=known.critical and not _excused(known, verdict),
    )


def _excused(known: Misconception, verdict: Verdict) -> bool:
    return any(c.id in known.excused_by and c.outcome == Outcome.MET for c in verdict.criteria)


def _opposite(criterion: Criterion, found: CriterionVerdict, answer: str) -> ShownCorrection:
    return ShownCorrection(
        id=criterion.id,
        letter="",
        quote=_quote(answer, found.evidence),
        happens=_sentence(criterion, found, answer),
        read=criterion.read,
        evidence=found.evidence,
        critical=criterion.must,
    )


def _sentence_case(text: str) -> str:
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _quote(answer: str, evidence: tuple[Span, ...]) -> str:
    return " … ".join(answer[start:end].strip() for start, end in evidence)


def _overlap(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)
