"""The second look: what the words left open is held against the portraits of the criteria."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from checkpoint.core.grading.compiled import Compiled, CompiledCriterion, Judged
from checkpoint.core.grading.encoder import Vectors
from checkpoint.core.grading.fitted import Linear
from checkpoint.core.grading.portrait import Portraits, Space
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.succession import turned_against
from checkpoint.core.grading.text import Token
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
"""Sentences that are looked at; in a text that is longer a person looks at the rest."""
SAID, OPPOSED = -0.4, -0.35
"""From here on, as a sketch foresees it, a sentence is worth encoding: it may say a criterion or deny
it. Of what the model alone would speak for or against, they leave out 1 in 26, and 7 in 8 of the rest."""


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
    of: int
    """How many could have been: those that say nothing of the kind count too."""


def sentences_of(
    reading: Reading,
    space: Space,
    shown: Iterable[Portraits] | None = None,
    done: frozenset[int] = frozenset(),
) -> Sentences:
    """The usable sentences as points, without those in `done` and questions nobody answers.

    Where it is known which portraits they are held against, only those that may be like one.
    """
    numbers = list(islice(_usable(reading, done), MOST))
    own = [reading.text.sentences[number] for number in numbers]
    tokens = [reading.text.tokens[one.first : one.last] for one in own]
    stems = [space.stems(words) for words in tokens]
    kept = range(len(numbers)) if shown is None or not numbers else _promising(np.stack(stems), shown)
    rows = [space.point(stems[i], _given(reading, tokens[i])) for i in kept]
    points = np.stack(rows) if rows else np.zeros((0, space.points.shape[1]), np.float32)
    return Sentences(tuple(numbers[i] for i in kept), points, len(numbers))


def _usable(reading: Reading, done: frozenset[int]) -> Iterator[int]:
    for number, sentence in enumerate(reading.text.sentences):
        asks = sentence.question and sentence.first not in reading.said.framed.endorsed
        if not asks and reading.gates.usable[number] and number not in done:
            yield number


def _given(reading: Reading, tokens: Sequence[Token]) -> str:
    """The learner's own words."""
    return reading.text.given[tokens[0].start : tokens[-1].end]


def _promising(stems: Vectors, shown: Iterable[Portraits]) -> list[int]:
    """The rows of the sentences that may be like one of the portraits: the others need no vector."""
    found = np.zeros(len(stems), bool)
    for one in shown:
        said, opposed = one.sketched
        found |= (said.likeness(stems) >= SAID) | (opposed.likeness(stems) >= OPPOSED)
    return [int(row) for row in np.flatnonzero(found)]


def features(portraits: Portraits, sentences: Sentences) -> tuple[Vectors, int]:
    """The features of FEATURES, and which of the sentences comes nearest to saying it."""
    said = portraits.said.likeness(sentences.points)
    best = int(np.argmax(said))
    opposed = float(portraits.opposed.likeness(sentences.points[best : best + 1])[0])
    return np.array([said[best], opposed, math.log(sentences.of)]), best


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
    shown = [portraits[one.criterion.id] for one in open_ones]
    sentences = sentences_of(reading, space, shown, _done(reading, judged) | wrong)
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
    likeliest = max(shares, key=lambda o: shares[o])
    unsure = one.criterion.must and shares[Outcome.MET] + shares[Outcome.PARTIAL] >= UNSURE
    if (likeliest is Outcome.MISSING and not unsure) or _on_another_side(one, reading, number):
        return verdict
    right = _nearest(space, portraits.right, sentences.points[best])
    guess = _allowed(likeliest, space, right, reading, number)
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
    return replace(found, evidence=()) if unsure else verdict


def _allowed(guess: Outcome, space: Space, right: int, reading: Reading, number: int) -> Outcome:
    """Nearness earns nothing for a sentence that is denied, disowned, or turned round by a negation, an
    opposite word or the order of time."""
    if guess not in (Outcome.MET, Outcome.PARTIAL):
        return guess
    if not reading.said.stands(reading.text, number):
        return Outcome.MISSING
    if reading.said.is_negative(reading.text, number) != space.negative[right]:
        return Outcome.MISSING
    sentence = reading.text.sentences[number]
    if space.turned(right, reading.text.tokens[sentence.first : sentence.last]):
        return Outcome.MISSING
    if turned_against(reading.text, sentence, reading.ranks, space.texts[right]):
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
