"""What the sentences of a criterion have in common: a direction learnt from everything its author wrote.

Every sentence of a rubric becomes a point, made of the sentence model's vector and of its rarer stems. A
portrait is the ridge regression that tells a criterion's right sentences from its wrong ones, from the other
criteria's, from the wrong ideas and from the prompt. To hold an answer's sentence against it costs one
product, and before that the sentence model's vector, which is dear: so a portrait has a sketch, that foresees
from the stems alone about how like it a sentence will be.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.encoder import Encoder, Vectors
from checkpoint.core.grading.fitted import Numbers
from checkpoint.core.grading.rubric import Criterion, Rubric
from checkpoint.core.grading.stance_reading import stances
from checkpoint.core.grading.text import Token, read_own
from checkpoint.core.grading.thesaurus import GENERAL, Thesaurus

STEMS = 0.6
"""How much the stems count beside the vector."""
RIDGE = 0.1
SKETCHED = 0.3
"""The ridge of a sketch."""
OTHERS = 2.0
"""Weight of the sentences of other criteria and wrong ideas; the right and the own wrong ones have 1 each."""

_TELLING = lexicon.NEGATIONS | frozenset("before after first only until".split())


class Space:
    """Where the sentences of one rubric, and of answers to it, are points."""

    def __init__(self, texts: Sequence[str], encoder: Encoder, words: Thesaurus = GENERAL) -> None:
        self._encoder = encoder
        self._words = words
        self.texts = tuple(texts)
        self.negative = tuple(_is_negative(text) for text in texts)
        self._stems = counts = [_stems(read_own(text).tokens) for text in texts]
        seen = Counter(stem for one in counts for stem in one)
        self._rarity = {s: math.log((len(texts) + 1) / (n + 0.5)) for s, n in sorted(seen.items())}
        self._place = {stem: number for number, stem in enumerate(self._rarity)}
        self.number = {text: number for number, text in enumerate(texts)}
        """Row of each text in `points`."""
        self.words: Vectors = np.zeros((len(texts), len(self._place)), np.float32)
        """The stems of each text, a part of its point."""
        for row, stems in enumerate(counts):
            self.words[row] = self._weighed(stems)
        rows = [self.point(words, text) for words, text in zip(self.words, texts, strict=True)]
        self.points: Vectors = np.stack(rows) if rows else np.zeros((0, 0), np.float32)

    def stems(self, tokens: Iterable[Token]) -> Vectors:
        """The stems of an answer's sentence, shape (stems of the rubric,)."""
        return self._weighed(_stems(tokens))

    def point(self, stems: Vectors, text: str) -> Vectors:
        """A sentence as a point, shape (width of the model + stems of the rubric,)."""
        return np.concatenate([self._encoder.encode(text).vector, stems])

    def rows(self, texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.number[text] for text in texts)

    def turned(self, row: int, tokens: Iterable[Token]) -> bool:
        """Whether a sentence has, for a word of a text, the rubric's opposite of that word."""
        return self._words.turns(self._stems[row], _stems(tokens))

    def _weighed(self, stems: frozenset[str]) -> Vectors:
        words = np.zeros(len(self._place), np.float32)
        for stem in stems:
            if stem in self._place:
                words[self._place[stem]] = self._rarity[stem]
        length = float(np.linalg.norm(words)) or 1.0
        return words * (math.sqrt(STEMS) / length)


def _is_negative(text: str) -> bool:
    made = read_own(text)
    said = stances(made)
    return any(said.is_negative(made, number) for number in range(len(made.sentences)))


def _stems(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(
        t.stem for t in tokens if t.word and (t.text not in lexicon.FUNCTION_WORDS or t.text in _TELLING)
    )


@dataclass(frozen=True, slots=True)
class Portrait:
    """Above 0 like the sentences it shows, below like those it was held against."""

    direction: Vectors
    level: float

    def likeness(self, points: Vectors) -> Vectors:
        """For points of shape (sentences, width): shape (sentences,), about -1 to 1."""
        made: Vectors = points @ self.direction + self.level
        return made


@dataclass(frozen=True, slots=True)
class Portraits:
    """Of one criterion: what says it and what says its contrary, with the right sentences' own rows."""

    said: Portrait
    opposed: Portrait
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    sketched: tuple[Portrait, Portrait]
    """The first two as far as stems alone tell."""


def texts_of(rubric: Rubric) -> tuple[str, ...]:
    """Every sentence of a rubric that says something about a criterion or a wrong idea; each once."""
    found: list[str] = []
    for criterion in rubric.criteria:
        found += (*_right(criterion), *_opposite(criterion), *_short_of(criterion))
    found.append(rubric.prompt)
    for misconception in rubric.misconceptions:
        found += (misconception.claim, *misconception.phrasings)
    return tuple(dict.fromkeys(found))


def portraits(rubric: Rubric, space: Space) -> dict[str, Portraits]:
    """The portraits of each criterion, by its id."""
    kernel = space.points.astype(np.float64) @ space.points.T.astype(np.float64) + 1.0
    ideas = [rubric.prompt, *(t for m in rubric.misconceptions for t in (m.claim, *m.phrasings))]
    made: dict[str, tuple[Portrait, Portrait]] = {}
    for criterion in rubric.criteria:
        others = [t for c in rubric.criteria if c is not criterion for t in _right(c)]
        right, opposite, short = _right(criterion), _opposite(criterion), _short_of(criterion)
        said = _portrait(space, kernel, right, (*opposite, *short), (*others, *ideas))
        made[criterion.id] = said, _portrait(space, kernel, opposite, (*right, *short), others)
    sketches = _sketches(space, [one for pair in made.values() for one in pair])
    return {
        c.id: Portraits(*made[c.id], space.rows(_right(c)), space.rows(_opposite(c)), sketched)
        for c, sketched in zip(rubric.criteria, zip(sketches[::2], sketches[1::2], strict=True), strict=True)
    }


def _right(criterion: Criterion) -> tuple[str, ...]:
    return (criterion.claim, *criterion.phrasings, *criterion.examples.met)


def _opposite(criterion: Criterion) -> tuple[str, ...]:
    return (*criterion.counter_examples, *criterion.examples.contradicted)


def _short_of(criterion: Criterion) -> tuple[str, ...]:
    return (*criterion.examples.partial, *criterion.examples.missing)


def _portrait(
    space: Space, kernel: Numbers, shown: Sequence[str], against: Sequence[str], others: Sequence[str]
) -> Portrait:
    """Weighted ridge regression in its dual form, as there are fewer sentences than directions."""
    held = set(shown)
    groups = [
        (shown, 1.0, 1.0),
        ([t for t in against if t not in held], -1.0, 1.0),
        ([t for t in others if t not in held and t not in set(against)], -1.0, OTHERS),
    ]
    rows, wanted, loose = [], [], []
    for texts, target, weight in groups:
        rows += [space.number[t] for t in texts]
        wanted += [target] * len(texts)
        loose += [RIDGE * len(texts) / weight] * len(texts)
    if not shown:
        return Portrait(np.zeros(space.points.shape[1], np.float32), -1.0)
    shares = np.linalg.solve(kernel[np.ix_(rows, rows)] + np.diag(loose), np.array(wanted))
    direction = (space.points[rows].T @ shares).astype(np.float32)
    return Portrait(direction, float(shares.sum()))


def _sketches(space: Space, shown: Sequence[Portrait]) -> list[Portrait]:
    """For each portrait the ridge regression from the stems of all texts to how like it they are."""
    wanted = np.stack([one.likeness(space.points) for one in shown], axis=1).astype(np.float64)
    words = space.words.astype(np.float64)
    kernel = words @ words.T + 1.0 + SKETCHED * np.eye(len(words))
    shares = np.linalg.solve(kernel, wanted)
    directions = np.ascontiguousarray((words.T @ shares).T.astype(np.float32))
    levels = shares.sum(axis=0).tolist()
    return [Portrait(direction, level) for direction, level in zip(directions, levels, strict=True)]
