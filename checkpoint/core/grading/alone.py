"""Criteria that are only sentences, judged with a sentence model and fitted weights."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from checkpoint.core.grading.denial import MEANT, retold_turned, turned_alone, undone
from checkpoint.core.grading.encoder import Encoded, Encoder
from checkpoint.core.grading.fitted import Numbers
from checkpoint.core.grading.gates import content_stems
from checkpoint.core.grading.judgement import Model
from checkpoint.core.grading.likeness import Asked, Likeness, beside, nearest_of
from checkpoint.core.grading.passage import (
    Passage,
    encoded_sentences,
    is_listed,
    passage,
    sentence_passages,
    sentence_span,
    whole_passage,
)
from checkpoint.core.grading.precedent import Marks, resemblance
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.reasons import Reason
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
from checkpoint.core.grading.text import read
from checkpoint.core.grading.thesaurus import GENERAL, Thesaurus
from checkpoint.core.grading.verdict import CriterionVerdict, MisconceptionFound, Outcome, Span

WRONG_FROM = 0.6
"""How sure it has to be that a sentence says a wrong idea."""
_COPIES = 0.85
"""Share of the stems from which on an answer is the reference but for a negation."""
_ENCODED = 40
"""Sentences of an answer that are compared at most: those that share most words with the rubric."""
_SPEAKS_OF = 0.25
"""Below this cosine a sentence says nothing of a wrong idea, and is not looked at any further."""


@dataclass(frozen=True, slots=True)
class Known:
    """A criterion or a wrong idea made ready: what says it, what does not, and the prompt."""

    id: str
    right: tuple[Asked, ...]
    wrong: tuple[Asked, ...]
    prompt: Passage | None
    wanted: frozenset[str]
    """Content stems of all claims of the rubric."""
    marked: tuple[Asked, ...] = ()
    marks: Marks | None = None
    """How the marked answers were marked; None where there are none."""
    parts: tuple[Passage, ...] = ()
    """The sentences of everything that says it, one by one."""
    words: Thesaurus = GENERAL


@dataclass(frozen=True, slots=True)
class _Answer:
    """The usable sentences of one answer, encoded; shared by all criteria of its question."""

    reading: Reading
    encoded: dict[int, Encoded]
    whole: Passage | None


class ByModel:
    """The judge of criteria without ways where there is a sentence model.

    Gated sentences are no evidence, and sentences that contribute nothing to a criterion do not
    change its verdict. A denial that no right sentence shares never leaves it met.
    """

    def __init__(self, encoder: Encoder, model: Model) -> None:
        self._encoder = encoder
        self._model = model
        self._last: _Answer | None = None

    def compile(self, criterion: Criterion, rubric: Rubric) -> Known:
        marks = criterion.examples
        texts = [
            *((text, Outcome.MET) for text in marks.met),
            *((text, Outcome.PARTIAL) for text in marks.partial),
            *((text, Outcome.MISSING) for text in (*marks.missing, *criterion.counter_examples)),
            *((text, Outcome.CONTRADICTED) for text in marks.contradicted),
        ]
        prompt = self._passage(rubric.prompt)
        words = rubric.thesaurus
        right = self._passages((criterion.claim, *criterion.phrasings), prompt, words)
        made = [(self._passages((text,), prompt, words), outcome) for text, outcome in texts]
        marked = [(one[0], outcome) for one, outcome in made if one]
        known = Known(criterion.id, right, (), prompt, _wanted(rubric), words=words)
        if marked and right:
            foreseen = np.stack([self._shares(prompt, right, one)[0] for one, _ in marked])
            given = Marks(tuple(outcome for _, outcome in marked), foreseen)
            known = replace(known, marked=tuple(one for one, _ in marked), marks=given)
        return replace(known, parts=self._parts(known))

    def compile_wrong(self, misconception: Misconception, rubric: Rubric) -> Known:
        prompt = self._passage(rubric.prompt)
        words = rubric.thesaurus
        right = self._passages((misconception.claim, *misconception.phrasings), prompt, words)
        wrong = self._passages(misconception.counter_examples, prompt, words)
        return Known(misconception.id, right, wrong, prompt, _wanted(rubric), words=words)

    def judge(self, compiled: Known, reading: Reading) -> CriterionVerdict:
        """The verdict on a criterion that has sentences but no ways."""
        answer = self._answer(reading, compiled.wanted)
        if answer.whole is None or not compiled.right:
            return _absent(compiled)
        numbers, listed = _in_sentences(_contributing(compiled, answer.whole), answer.whole)
        said = self._said(answer, numbers, compiled.prompt)
        shares, seen, copies = self._informed(compiled, said)
        judged = self._model.judged(shares)
        if judged.guess is Outcome.MISSING and not judged.near:
            return _absent(compiled, judged.confidence)
        nearest = compiled.right[seen.nearest].passage
        evidence = _evidence(nearest, answer, numbers)
        outcome, reason = judged.guess, _REASONS[judged.guess]
        if judged.guess is Outcome.MET:
            turned = self._denied_in_part(compiled, answer, numbers)
            if not turned and not self._model.is_long(nearest):
                turned = self._denied(compiled, answer, numbers, said.passage)
            outcome, reason = _met(turned, copies, _is_guess(answer, numbers))
            if outcome is Outcome.MET and listed and not is_listed(nearest):
                outcome, reason = Outcome.PARTIAL, Reason.HALF
        guess = judged.guess if outcome is Outcome.UNSCORED else outcome
        if judged.near and outcome is judged.guess:
            outcome, reason = Outcome.UNSCORED, Reason.NEAR
        sure = judged.confidence if guess is judged.guess else _TURNED
        return CriterionVerdict(compiled.id, outcome, guess, sure, evidence, reason.value, nearest.source)

    def wrong_idea(self, compiled: Known, reading: Reading) -> MisconceptionFound | None:
        """The wrong idea if a sentence of the answer says it without denying or disowning it."""
        if not compiled.right:
            return None
        answer = self._answer(reading, compiled.wanted)
        found = [one for n in answer.encoded if (one := self._said_by(compiled, answer, n)) is not None]
        return max(found, key=lambda one: one.confidence, default=None)

    def _said_by(self, wrong: Known, answer: _Answer, number: int) -> MisconceptionFound | None:
        reading = answer.reading
        near = (float(one.passage.vector @ answer.encoded[number].vector) for one in wrong.right)
        if max(near) < _SPEAKS_OF:
            return None
        sentence = reading.text.sentences[number]
        disowned = reading.said.reported | reading.said.rejected
        if any(i in disowned for i in range(sentence.first, sentence.last)):
            return None
        said = self._said(answer, [number], wrong.prompt)
        shares, seen = self._shares(wrong.prompt, wrong.right, said)
        sure = float(shares[2])
        if sure < WRONG_FROM or turned_alone(_right(wrong), said.passage):
            return None
        if wrong.wrong and _strength(nearest_of(wrong.wrong, said)) >= _strength(seen):
            return None
        return MisconceptionFound(wrong.id, round(sure, 2), (sentence_span(reading.text, number),))

    def _informed(self, known: Known, said: Asked) -> tuple[Numbers, Likeness, bool]:
        """The shares as marked answers correct them, the nearest claim, and whether it is a copy."""
        shares, seen = self._shares(known.prompt, known.right, said)
        copies = seen.features["stems_f1"] >= _COPIES
        if known.marks is not None:
            likeness = np.array([resemblance(said.passage, one.passage) for one in known.marked])
            copies = copies or bool((likeness[:, 2] >= _COPIES).any())
            shares = self._model.informed(likeness, known.marks, shares)
        return shares, seen, copies

    def _denied(self, known: Known, answer: _Answer, numbers: list[int], said: Passage) -> bool:
        """Whether words that seem to meet a claim of a sentence deny it.

        Where the claim denies nothing, a denial may still be what meets it: "is not connected" for "is
        separated". Then the same words without it don't meet it. If they do, the model passed over it.
        """
        reading = answer.reading
        if not turned_alone(_right(known), said):
            return False
        others = undone(reading.text, numbers)
        if others is None or not all(reading.said.stands(reading.text, n) for n in numbers):
            return True
        made = (self._passage(other) for other in others)
        asked = (beside(one, known.prompt) for one in made if one is not None)
        return any(self._model.is_met(self._informed(known, one)[0]) for one in asked)

    def _denied_in_part(self, known: Known, answer: _Answer, numbers: list[int]) -> bool:
        """Whether a sentence of the answer is a sentence of a right text, turned round."""
        reading = answer.reading
        for number in numbers:
            own = passage(reading.text, reading.said, answer.encoded, [number], self._model.rarity)
            disowned = not reading.said.stands(reading.text, number)
            if retold_turned(known.parts, own, disowned, known.words):
                return True
        return False

    def _shares(
        self, prompt: Passage | None, right: tuple[Asked, ...], said: Asked
    ) -> tuple[Numbers, Likeness]:
        seen = nearest_of(right, said)
        return self._model.shares(prompt, right, said, seen), seen

    def _said(self, answer: _Answer, numbers: list[int], prompt: Passage | None) -> Asked:
        """These sentences of an answer, beside the prompt."""
        reading = answer.reading
        made = passage(reading.text, reading.said, answer.encoded, numbers, self._model.rarity)
        return beside(made, prompt)

    def _passage(self, text: str) -> Passage | None:
        return whole_passage(text, self._encoder, self._model.rarity)

    def _parts(self, known: Known) -> tuple[Passage, ...]:
        parts = (sentence_passages(one.source, self._encoder, self._model.rarity) for one in _right(known))
        return tuple(itertools.chain.from_iterable(parts))

    def _passages(self, texts: Iterable[str], prompt: Passage | None, words: Thesaurus) -> tuple[Asked, ...]:
        made = [self._passage(text) for text in texts]
        return tuple(beside(one, prompt, words) for one in made if one is not None)

    def _answer(self, reading: Reading, wanted: frozenset[str]) -> _Answer:
        """Encoded once for all criteria: the last answer is remembered by its own reading."""
        last = self._last
        if last is not None and last.reading is reading:
            return last
        encoded = encoded_sentences(reading.text, _looked_at(reading, wanted), self._encoder)
        whole = None
        if encoded:
            whole = passage(reading.text, reading.said, encoded, list(encoded), self._model.rarity)
        self._last = made = _Answer(reading, encoded, whole)
        return made


def _wanted(rubric: Rubric) -> frozenset[str]:
    return frozenset[str]().union(*(content_stems(read(one.claim)) for one in rubric.criteria))


def _looked_at(reading: Reading, wanted: frozenset[str]) -> list[bool]:
    """Which sentences are compared: the usable ones, of very many only those nearest to the rubric."""
    usable = list(reading.gates.usable)
    if sum(usable) <= _ENCODED:
        return usable
    shared = [
        len(wanted & {t.stem for t in reading.text.tokens[one.first : one.last]})
        for one in reading.text.sentences
    ]
    best = sorted((n for n, ok in enumerate(usable) if ok), key=lambda n: -shared[n])[:_ENCODED]
    return [n in set(best) for n in range(len(usable))]


def _strength(seen: Likeness) -> float:
    return seen.features["f1_weighted"] + seen.features["stems_f1"]


def _contributing(known: Known, whole: Passage) -> list[int]:
    """The sentences in which some word of a right sentence finds its nearest counterpart; all, if none.

    What else an answer says may be about other criteria, or about nothing.
    """
    numbers: set[int] = set()
    told = np.flatnonzero(whole.content)
    for one in known.right:
        wanted = one.passage.vectors[np.array(one.passage.content)]
        if len(told) and len(wanted):
            near = wanted @ whole.vectors[told].T
            best = near.argmax(axis=1)
            numbers |= {
                whole.sentence[told[column]] for row, column in enumerate(best) if near[row, column] >= MEANT
            }
    return sorted(numbers) or list(whole.sentences)


def _in_sentences(numbers: list[int], whole: Passage) -> tuple[list[int], bool]:
    """Those that are no lists of words, and False; all of them and True, if there are none."""
    told = [n for n in numbers if not is_listed(whole, n)]
    return (told, False) if told else (numbers, True)


def _right(known: Known) -> list[Passage]:
    """What says the idea: claim and phrasings, and the answers marked as right."""
    marks = known.marks.outcomes if known.marks else ()
    marked = zip(known.marked, marks, strict=True)
    return [
        *(one.passage for one in known.right),
        *(one.passage for one, mark in marked if mark is Outcome.MET),
    ]


def _absent(known: Known, confidence: float = 0.97) -> CriterionVerdict:
    return CriterionVerdict(known.id, Outcome.MISSING, Outcome.MISSING, confidence, (), Reason.ABSENT.value)


_REASONS = {
    Outcome.MET: Reason.ALIKE,
    Outcome.PARTIAL: Reason.HALF,
    Outcome.CONTRADICTED: Reason.OPPOSITE,
    Outcome.MISSING: Reason.ABSENT,
}


_TURNED = 0.6
"""How sure it is that a copy of the claim with a negation says the contrary, or a guess only a part."""


def _met(turned: bool, copies: bool, guessed: bool) -> tuple[Outcome, Reason]:
    """What becomes of words that would meet the criterion, when they are denied or only guessed."""
    if turned:
        return (Outcome.CONTRADICTED, Reason.OPPOSITE) if copies else (Outcome.UNSCORED, Reason.CONFLICT)
    return (Outcome.PARTIAL, Reason.HEDGED) if guessed else (Outcome.MET, Reason.ALIKE)


def _is_guess(answer: _Answer, numbers: list[int]) -> bool:
    """Whether every sentence that contributes is only guessed."""
    hedged = answer.reading.said.hedged
    sentences = [answer.reading.text.sentences[n] for n in numbers]
    return all(any(i in hedged for i in range(one.first, one.last)) for one in sentences)


def _evidence(wanted: Passage, answer: _Answer, numbers: list[int]) -> tuple[Span, ...]:
    """The sentence nearest to the reference, or for a long one all that contribute."""
    if len(wanted.sentences) > 1:
        return tuple(sentence_span(answer.reading.text, n) for n in numbers)
    near = [float(answer.encoded[n].vector @ wanted.vector) for n in numbers]
    return (sentence_span(answer.reading.text, numbers[int(np.argmax(near))]),)
