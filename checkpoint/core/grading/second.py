"""The second look: what the words left open is held against the portraits of the criteria."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checkpoint.core.grading.encoder import Vectors
from checkpoint.core.grading.fitted import Linear
from checkpoint.core.grading.lexical import Compiled, CompiledCriterion, Judged
from checkpoint.core.grading.portrait import Portraits, Space
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.verdict import CriterionVerdict, Outcome

OUTCOMES = (Outcome.MISSING, Outcome.CONTRADICTED, Outcome.PARTIAL, Outcome.MET)
"""The classes of the fitted model, in its order."""
FEATURES = ("said", "opposed", "sentences")

SURE = 0.85
"""From here on a criterion is met outright, where one of its concepts stands in the sentence."""
UNSURE = 0.4
"""From here on a must-have that is probably not met is left to a person."""
SHORT = 20
"""Words of a sentence that has nothing to say beside the criterion it already meets."""
MOST = 40
"""Sentences that are encoded; in a text that is longer a person looks at the rest."""


class SecondLook:
    """Fitted weights made ready. `given` is the content of the weights file, parsed."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        linear = given["linear"]
        self._linear = Linear(*(np.array(linear[part]) for part in ("mean", "scale", "weights", "bias")))

    def probabilities(self, features: Vectors) -> dict[Outcome, float]:
        shares = self._linear.probabilities(features.astype(np.float64)).tolist()
        return dict(zip(OUTCOMES, shares, strict=True))


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of an answer that are held against the portraits."""

    numbers: tuple[int, ...]
    points: Vectors
    """Shape (sentences, width of the space)."""


def sentences_of(reading: Reading, space: Space, done: frozenset[int] = frozenset()) -> Sentences:
    """The usable sentences as points, without those in `done` and questions nobody answers."""
    numbers: list[int] = []
    rows: list[Vectors] = []
    for number, sentence in enumerate(reading.text.sentences):
        asks = sentence.question and sentence.first not in reading.said.framed.endorsed
        if len(numbers) == MOST:
            break
        if asks or not reading.gates.usable[number] or number in done:
            continue
        tokens = reading.text.tokens[sentence.first : sentence.last]
        numbers.append(number)
        rows.append(space.point(tokens, reading.text.given[tokens[0].start : tokens[-1].end]))
    width = space.points.shape[1]
    return Sentences(tuple(numbers), np.stack(rows) if rows else np.zeros((0, width), np.float32))


def features(portraits: Portraits, sentences: Sentences) -> tuple[Vectors, int]:
    """The features of FEATURES, and which of the sentences comes nearest to saying it."""
    said = portraits.said.likeness(sentences.points)
    best = int(np.argmax(said))
    opposed = float(portraits.opposed.likeness(sentences.points[best : best + 1])[0])
    return np.array([said[best], opposed, math.log(len(sentences.numbers))]), best


def looked_again(
    look: SecondLook,
    space: Space,
    portraits: Mapping[str, Portraits],
    compiled: Compiled,
    reading: Reading,
    judged: Judged,
    wrong: frozenset[int] = frozenset(),
) -> None:
    """Decide again, in place, about criteria that the words found nothing of.

    Sentences in `wrong` say an idea that is known to be wrong, and earn nothing beside it.
    """
    open_ones = [c for c in compiled.criteria if _is_open(c, judged)]
    if not open_ones or reading.gates.language:
        return
    sentences = sentences_of(reading, space, _done(reading, judged) | wrong)
    if not sentences.numbers:
        return
    for one in open_ones:
        name = one.criterion.id
        judged.verdicts[name] = _decided(
            look, space, portraits[name], one, reading, sentences, judged.verdicts[name]
        )


def _is_open(one: CompiledCriterion, judged: Judged) -> bool:
    """Nothing is found, and it counts: a bonus is not worth the time, nor a person's."""
    missing = judged.verdicts[one.criterion.id].outcome is Outcome.MISSING
    return missing and bool(one.ways) and not one.criterion.bonus


def _done(reading: Reading, judged: Judged) -> frozenset[int]:
    """Short sentences that already say something else: they need not be encoded."""
    saying = {
        hit.sentence
        for name, hits in judged.places.items()
        if judged.verdicts[name].outcome is Outcome.MET
        for hit in hits
    }
    return frozenset(
        n for n in saying if reading.text.sentences[n].last - reading.text.sentences[n].first <= SHORT
    )


def _decided(
    look: SecondLook,
    space: Space,
    portraits: Portraits,
    one: CompiledCriterion,
    reading: Reading,
    sentences: Sentences,
    verdict: CriterionVerdict,
) -> CriterionVerdict:
    seen, best = features(portraits, sentences)
    shares = look.probabilities(seen)
    number = sentences.numbers[best]
    right = _nearest(space, portraits.right, sentences.points[best])
    guess = _allowed(max(shares, key=lambda o: shares[o]), space, right, reading, number)
    if _on_another_side(one, reading, number):
        return verdict
    found = replace(
        verdict,
        outcome=Outcome.UNSCORED,
        guess=guess,
        confidence=round(shares[guess], 2),
        evidence=(reading.sentence_span(number),),
        reason=Reason.NEAR.value,
        matched=space.texts[right],
    )
    if guess is Outcome.MET and shares[guess] >= SURE and _has_concept(one, reading, number):
        return replace(found, outcome=Outcome.MET, reason=Reason.ALIKE.value)
    if guess is not Outcome.MISSING:
        return found
    if one.criterion.must and shares[Outcome.MET] + shares[Outcome.PARTIAL] >= UNSURE:
        return replace(found, evidence=())
    return verdict


def _allowed(guess: Outcome, space: Space, right: int, reading: Reading, number: int) -> Outcome:
    """Nearness earns nothing for a sentence that is denied, disowned, or turned round by a negation or
    an opposite word."""
    if guess not in (Outcome.MET, Outcome.PARTIAL):
        return guess
    if not reading.said.stands(reading.text, number):
        return Outcome.MISSING
    if reading.said.is_negative(reading.text, number) != space.negative[right]:
        return Outcome.MISSING
    sentence = reading.text.sentences[number]
    if space.turned(right, reading.text.tokens[sentence.first : sentence.last]):
        return Outcome.MISSING
    return Outcome.PARTIAL if reading.said.is_guessed(reading.text, number) else guess


def _on_another_side(one: CompiledCriterion, reading: Reading, number: int) -> bool:
    """Whether a sentence speaks only about what the criterion's counterpart is about."""
    wanted = {way.side for way in one.ways} - {""}
    sentence = reading.text.sentences[number]
    sides = reading.search.sides
    spoken_of = {sides[i] for i in range(sentence.first, sentence.last) if i in sides}
    return bool(wanted and spoken_of) and not wanted & spoken_of


def _nearest(space: Space, rows: tuple[int, ...], point: Vectors) -> int:
    """The row of the right sentence that comes nearest."""
    return rows[int(np.argmax(space.points[list(rows)] @ point))]


def _has_concept(one: CompiledCriterion, reading: Reading, number: int) -> bool:
    return any(
        reading.search.sentence_of(found.first) == number
        for way in one.ways
        for name in way.all
        for found in reading.search.concept(name)
    )
