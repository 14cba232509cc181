"""Criteria that are only sentences: how near an answer comes to the claim, its phrasings and examples."""

import itertools
from dataclasses import dataclass, replace

from checkpoint.core.grading.gates import Gates, content_stems
from checkpoint.core.grading.overlap import Comparison, Reference, compare, reference, weights
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
from checkpoint.core.grading.stance import Stances
from checkpoint.core.grading.text import Text, read
from checkpoint.core.grading.thesaurus import GENERAL, Thesaurus
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Outcome, Span

MET_FROM = 0.50
PARTIAL_FROM = 0.36
TURNED_FROM = 0.45
"""From here on a negation or an opposite word makes the claim's contrary of what is said."""
EASED = 0.12
UNSURE = 0.05
"""Half the width of the band around a border in which nothing is decided."""

WRONG_FROM = 0.72


@dataclass(frozen=True, slots=True)
class Claims:
    """Right and wrong sentences of one criterion, with the weights of their words."""

    right: tuple[Reference, ...]
    wrong: tuple[Reference, ...]
    weight: dict[str, float]
    eased: bool = False
    """One criterion of several: an answer spends fewer words on each of them."""
    words: Thesaurus = GENERAL


def compiled(criterion: Criterion, rubric: Rubric, asked: frozenset[str]) -> Claims:
    if criterion.ways:
        return Claims((), (), {})
    right = (criterion.claim, *criterion.phrasings, *criterion.examples.met)
    wrong = (*criterion.counter_examples, *criterion.examples.missing, *criterion.examples.contradicted)
    made = Claims(
        right=tuple(reference(s, asked) for s in right),
        wrong=tuple(reference(s, asked) for s in wrong),
        weight={},
        eased=len(rubric.criteria) >= 3,
        words=rubric.thesaurus,
    )
    every = [reference(c.claim, asked) for c in rubric.criteria]
    return replace(made, weight=weights([*made.right, *made.wrong, *every]))


def compiled_wrong(misconception: Misconception, rubric: Rubric, asked: frozenset[str]) -> Claims:
    if misconception.ways:
        return Claims((), (), {})
    right = tuple(reference(s, asked) for s in (misconception.claim, *misconception.phrasings))
    wrong = tuple(reference(s, asked) for s in misconception.counter_examples)
    every = [reference(c.claim, asked) for c in rubric.criteria]
    return Claims(right, wrong, weights([*right, *wrong, *every]), words=rubric.thesaurus)


@dataclass(frozen=True, slots=True)
class _Nearest:
    strength: float
    comparison: Comparison
    reference: Reference
    places: list[int]


def _windows(text: Text, gated: Gates) -> list[list[int]]:
    """Each sentence, each pair of neighbours, and a short answer as a whole."""
    usable = [list(range(s.first, s.last)) for s, ok in zip(text.sentences, gated.usable, strict=True) if ok]
    pairs = [one + other for one, other in itertools.pairwise(usable)]
    whole = [[i for one in usable for i in one]] if 2 < len(usable) <= 6 else []
    return [*usable, *pairs, *whole]


def _nearest(
    references: tuple[Reference, ...], text: Text, gated: Gates, said: Stances, known: Claims
) -> _Nearest | None:
    best: _Nearest | None = None
    for places in _windows(text, gated):
        for one in references:
            comparison = compare(text, places, said, one, known.weight, known.words)
            if best is None or comparison.strength > best.strength + 1e-9:
                best = _Nearest(comparison.strength, comparison, one, places)
    return best


def _span(text: Text, places: list[int]) -> tuple[Span, ...]:
    words = [i for i in places if text.tokens[i].word]
    return ((text.tokens[words[0]].start, text.tokens[words[-1]].end),) if words else ()


def judge(criterion: Criterion, known: Claims, text: Text, gated: Gates, said: Stances) -> CriterionVerdict:
    """The verdict on a criterion that has sentences but no ways."""
    best = _nearest(known.right, text, gated, said, known)
    if best is None or best.strength < 0.05:
        return CriterionVerdict(criterion.id, Outcome.MISSING, Outcome.MISSING, 0.97, (), Reason.ABSENT.value)
    wrong = _nearest(known.wrong, text, gated, said, known)
    strength = best.strength
    if wrong and wrong.strength > best.strength:
        strength -= 0.5 * (wrong.strength - best.strength) + 0.1
    if known.eased:
        strength += EASED
    outcome, confidence = _decided(strength, best.comparison)
    hedged = outcome is Outcome.MET and any(i in said.hedged for i in best.places)
    if hedged:
        outcome = Outcome.PARTIAL
    evidence = _span(text, best.places) if outcome is not Outcome.MISSING else ()
    reason = _reason(outcome, hedged)
    made = CriterionVerdict(
        criterion.id, outcome, outcome, confidence, evidence, reason.value, best.reference.source
    )
    if abs(strength - MET_FROM) < UNSURE / 2 and outcome in (Outcome.MET, Outcome.PARTIAL) and not hedged:
        return replace(made, outcome=Outcome.UNSCORED, reason=Reason.NEAR.value)
    return made


def _reason(outcome: Outcome, hedged: bool) -> Reason:
    if hedged:
        return Reason.HEDGED
    return {
        Outcome.MET: Reason.ALIKE,
        Outcome.PARTIAL: Reason.HALF,
        Outcome.CONTRADICTED: Reason.OPPOSITE,
    }.get(outcome, Reason.ABSENT)


def _decided(strength: float, seen: Comparison) -> tuple[Outcome, float]:
    turned = seen.negation_differs or seen.opposite > 0
    sure = 0.5 + 0.45 * min(1.0, abs(strength - MET_FROM) / 0.3)
    if turned and strength >= TURNED_FROM:
        return Outcome.CONTRADICTED, round(0.5 + 0.3 * strength, 2)
    if strength >= MET_FROM:
        return Outcome.MET, round(sure, 2)
    if strength >= PARTIAL_FROM:
        return Outcome.PARTIAL, 0.5
    return Outcome.MISSING, round(0.5 + 0.45 * (1 - strength / PARTIAL_FROM), 2)


def wrong_idea(
    misconception: Misconception, known: Claims, text: Text, gated: Gates, said: Stances
) -> MisconceptionFound | None:
    """The misconception if a sentence of the answer says it without denying or disowning it."""
    best = _nearest(known.right, text, gated, said, known)
    if best is None or best.strength < WRONG_FROM or best.comparison.negation_differs:
        return None
    if any(i in said.reported or i in said.rejected for i in best.places):
        return None
    right = _nearest(known.wrong, text, gated, said, known)
    if right and right.strength >= best.strength:
        return None
    confidence = round(min(0.95, 0.4 + 0.5 * best.strength), 2)
    return MisconceptionFound(misconception.id, confidence, _span(text, best.places))


class ByWords:
    """The judge of criteria without ways where there is no sentence model: shared words decide."""

    def compile(self, criterion: Criterion, rubric: Rubric) -> tuple[Criterion, Claims]:
        return criterion, compiled(criterion, rubric, _asked(rubric))

    def compile_wrong(self, misconception: Misconception, rubric: Rubric) -> tuple[Misconception, Claims]:
        return misconception, compiled_wrong(misconception, rubric, _asked(rubric))

    def judge(self, compiled: tuple[Criterion, Claims], reading: Reading) -> CriterionVerdict:
        return judge(*compiled, reading.text, reading.gates, reading.said)

    def wrong_idea(
        self, compiled: tuple[Misconception, Claims], reading: Reading
    ) -> MisconceptionFound | None:
        return wrong_idea(*compiled, reading.text, reading.gates, reading.said)


def _asked(rubric: Rubric) -> frozenset[str]:
    return content_stems(read(rubric.prompt))
