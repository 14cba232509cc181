"""Criteria that are only sentences, judged with a sentence model and fitted weights."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from checkpoint.core.grading.encoder import Encoded, Encoder
from checkpoint.core.grading.judgement import Judgement, Model
from checkpoint.core.grading.likeness import Asked, Likeness, beside, nearest_of
from checkpoint.core.grading.passage import Passage, encoded_sentences, passage, sentence_span, whole_passage
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
from checkpoint.core.grading.text import Text
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Outcome, Span

WRONG_FROM = 0.6
"""How sure it has to be that a sentence says a wrong idea."""


@dataclass(frozen=True, slots=True)
class Known:
    """A criterion or a wrong idea made ready: what says it, what does not, and the prompt."""

    id: str
    right: tuple[Asked, ...]
    wrong: tuple[Asked, ...]
    prompt: Passage | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """The usable sentences of one answer, encoded; shared by all criteria of its question."""

    text: Text
    encoded: dict[int, Encoded]
    whole: Passage | None


class ByModel:
    """The judge of criteria without ways where there is a sentence model.

    Gated sentences are no evidence. A denial in the evidence that no reference has never leaves it met.
    """

    def __init__(self, encoder: Encoder, model: Model) -> None:
        self._encoder = encoder
        self._model = model
        self._last: _Answer | None = None

    def compile(self, criterion: Criterion, rubric: Rubric) -> Known:
        wrong = (*criterion.counter_examples, *criterion.examples.missing, *criterion.examples.contradicted)
        right = (criterion.claim, *criterion.phrasings)
        return self._known(criterion.id, right, wrong, rubric)

    def compile_wrong(self, misconception: Misconception, rubric: Rubric) -> Known:
        right = (misconception.claim, *misconception.phrasings)
        return self._known(misconception.id, right, misconception.counter_examples, rubric)

    def judge(self, compiled: Known, reading: Reading) -> CriterionVerdict:
        answer = self._answer(reading)
        if answer.whole is None or not compiled.right:
            return CriterionVerdict(
                compiled.id, Outcome.MISSING, Outcome.MISSING, 0.97, (), Reason.ABSENT.value
            )
        beside_prompt = beside(answer.whole, compiled.prompt)
        seen = nearest_of(compiled.right, beside_prompt)
        judged = self._model.judged(seen)
        return _verdict(compiled, seen, judged, answer)

    def wrong_idea(self, compiled: Known, reading: Reading) -> MisconceptionFound | None:
        """The wrong idea if a sentence of the answer says it without denying or disowning it."""
        found: MisconceptionFound | None = None
        if compiled.right:
            for number, encoded in self._answer(reading).encoded.items():
                one = self._said_by(compiled, reading, number, encoded)
                if one is not None and (found is None or one.confidence > found.confidence):
                    found = one
        return found

    def _said_by(
        self, wrong: Known, reading: Reading, number: int, encoded: Encoded
    ) -> MisconceptionFound | None:
        text = reading.text
        said = beside(
            passage(text, reading.said, {number: encoded}, [number], self._model.rarity), wrong.prompt
        )
        seen = nearest_of(wrong.right, said)
        sure = self._model.met(seen)
        sentence = text.sentences[number]
        places = range(sentence.first, sentence.last)
        disowned = any(i in reading.said.reported or i in reading.said.rejected for i in places)
        if sure < WRONG_FROM or disowned or seen.features["parity"]:
            return None
        if wrong.wrong and _strength(nearest_of(wrong.wrong, said)) >= _strength(seen):
            return None
        return MisconceptionFound(wrong.id, round(sure, 2), (sentence_span(text, number),))

    def _known(self, name: str, right: Iterable[str], wrong: Iterable[str], rubric: Rubric) -> Known:
        prompt = whole_passage(rubric.prompt, self._encoder, self._model.rarity)
        return Known(name, self._passages(right, prompt), self._passages(wrong, prompt), prompt)

    def _passages(self, texts: Iterable[str], prompt: Passage | None) -> tuple[Asked, ...]:
        made = [whole_passage(text, self._encoder, self._model.rarity) for text in texts]
        return tuple(beside(one, prompt) for one in made if one is not None)

    def _answer(self, reading: Reading) -> _Answer:
        """Encoded once for all criteria: the last answer is remembered by its own text object."""
        last = self._last
        if last is not None and last.text is reading.text:
            return last
        encoded = encoded_sentences(reading.text, reading.gates.usable, self._encoder)
        whole = None
        if encoded:
            whole = passage(reading.text, reading.said, encoded, list(encoded), self._model.rarity)
        self._last = made = _Answer(reading.text, encoded, whole)
        return made


def _strength(seen: Likeness) -> float:
    return seen.features["f1_weighted"] + seen.features["stems_f1"]


def _verdict(known: Known, seen: Likeness, judged: Judgement, answer: _Answer) -> CriterionVerdict:
    nearest = known.right[seen.nearest].passage
    evidence = _evidence(nearest, answer) if judged.guess is not Outcome.MISSING else ()
    return CriterionVerdict(
        known.id, judged.outcome, judged.guess, judged.confidence, evidence, judged.reason, nearest.source
    )


def _evidence(wanted: Passage, answer: _Answer) -> tuple[Span, ...]:
    """The sentence nearest to the reference."""
    numbers = list(answer.encoded)
    near = [float(answer.encoded[n].vector @ wanted.vector) for n in numbers]
    return (sentence_span(answer.text, numbers[int(np.argmax(near))]),)
