"""A stretch of text made ready to be compared: its words with their vectors, weights and turns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.encoder import Encoded, Encoder, Vectors
from checkpoint.core.grading.stance import Stances
from checkpoint.core.grading.stance_reading import stances
from checkpoint.core.grading.text import Text, read
from checkpoint.core.grading.verdict import Span

_SMALL = lexicon.FUNCTION_WORDS - {
    "before",
    "after",
    "without",
    "first",
    "same",
    "only",
    "until",
    "more",
    "less",
}
_SMALL_WEIGHT = 0.05
"""A small word says little about whether an idea is there."""

_LISTED = 5
"""Words of a sentence that no small word holds together; shorter ones are how people answer."""
_JOINING = frozenset(("and", "or"))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a stem tells: the logarithm of how seldom it is met; unknown stems tell most."""

    weight: Mapping[str, float]
    unknown: float

    def of(self, stem: str) -> float:
        return self.weight.get(stem, self.unknown)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of some sentences of a text, in order; row i of every array is word i."""

    source: str
    vector: Vectors
    """The whole stretch, length 1, shape (width,)."""
    vectors: Vectors
    """One unit vector per word, shape (words, width); zeros where the model saw none."""
    weight: Vectors
    """How much each word tells, shape (words,)."""
    stems: tuple[str, ...]
    content: tuple[bool, ...]
    turned: tuple[bool, ...]
    """Whether an odd number of negations reaches the word."""
    negations: int
    numbers: frozenset[str]
    trigrams: frozenset[str]
    sentence: tuple[int, ...]
    """Number of the sentence that each word stands in."""
    sentences: dict[int, Vectors]
    """Vector of every sentence by its number."""


def sentence_span(text: Text, number: int) -> Span:
    """Where a sentence's words begin and end in the text as given."""
    one = text.sentences[number]
    words = [t for t in text.tokens[one.first : one.last] if t.word]
    return words[0].start, words[-1].end


def encoded_sentences(text: Text, usable: Iterable[bool], encoder: Encoder) -> dict[int, Encoded]:
    """Every usable sentence as the model sees it alone, by its number."""
    made = {}
    for number, may_count in enumerate(usable):
        if may_count:
            start, end = sentence_span(text, number)
            made[number] = encoder.encode(text.given[start:end])
    return made


def passage(
    text: Text, said: Stances, encoded: Mapping[int, Encoded], numbers: Sequence[int], rarity: Rarity
) -> Passage:
    """The passage made of these sentences; `numbers` is not empty and all of them are encoded."""
    places = [
        i
        for number in numbers
        for i in range(text.sentences[number].first, text.sentences[number].last)
        if text.tokens[i].word
    ]
    tokens = [text.tokens[i] for i in places]
    stems = tuple(t.stem for t in tokens)
    content = tuple(t.text not in _SMALL for t in tokens)
    weight = [rarity.of(t.stem) if c else _SMALL_WEIGHT for t, c in zip(tokens, content, strict=True)]
    turned = tuple(_turned(i, said) for i in places)
    vectors = np.concatenate([_word_vectors(text, number, encoded[number]) for number in numbers])
    own = " ".join(t.text for t, c in zip(tokens, content, strict=True) if c)
    return Passage(
        source=text.given,
        vector=_pooled([encoded[n] for n in numbers]),
        vectors=vectors,
        weight=np.array(weight, np.float32),
        stems=stems,
        content=content,
        turned=turned,
        negations=sum(t.text in lexicon.NEGATIONS for t in tokens),
        numbers=frozenset(t.text for t in tokens if t.text[0].isdigit()),
        trigrams=frozenset(f" {own} "[i : i + 3] for i in range(len(own))),
        sentence=tuple(t.sentence for t in tokens),
        sentences={n: encoded[n].vector for n in numbers},
    )


def whole_passage(source: str, encoder: Encoder, rarity: Rarity) -> Passage | None:
    """A sentence of a rubric as a passage; None where it holds no word."""
    text = read(source)
    if not text.sentences:
        return None
    encoded = encoded_sentences(text, [True] * len(text.sentences), encoder)
    return passage(text, stances(text), encoded, range(len(text.sentences)), rarity)


def sentence_passages(source: str, encoder: Encoder, rarity: Rarity) -> tuple[Passage, ...]:
    """Every sentence of a text of a rubric as a passage of its own."""
    text = read(source)
    encoded = encoded_sentences(text, [True] * len(text.sentences), encoder)
    said = stances(text)
    return tuple(passage(text, said, encoded, [n], rarity) for n in encoded)


def is_listed(whole: Passage, number: int | None = None) -> bool:
    """Whether a sentence, or all of it, is only telling words in a row: none says what is said of what."""
    of = [i for i, n in enumerate(whole.sentence) if number is None or n == number]
    return len(of) >= _LISTED and all(whole.content[i] or whole.stems[i] in _JOINING for i in of)


def _turned(place: int, said: Stances) -> bool:
    cues = said.negated.get(place, set()) - said.softened - {place}
    whole = said.framed.turned.get(place, 0) or int(place in said.rejected)
    return bool((len(cues) + whole) % 2)


def _pooled(parts: Sequence[Encoded]) -> Vectors:
    """The vector of several sentences: longer ones weigh more, as they do inside the model."""
    total = np.sum([part.vector * (len(part.spans) + 2) for part in parts], axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def _word_vectors(text: Text, number: int, encoded: Encoded) -> Vectors:
    """A unit vector per word of a sentence: the mean of its pieces."""
    start, _ = sentence_span(text, number)
    one = text.sentences[number]
    words = [t for t in text.tokens[one.first : one.last] if t.word]
    made = np.zeros((len(words), encoded.vector.shape[0]), np.float32)
    piece = 0
    for row, token in enumerate(words):
        first, last = token.start - start, token.end - start
        while piece > 0 and encoded.spans[piece - 1][1] > first:
            piece -= 1  # two words of one contraction share their pieces
        while piece < len(encoded.spans) and encoded.spans[piece][1] <= first:
            piece += 1
        while piece < len(encoded.spans) and encoded.spans[piece][0] < last:
            made[row] += encoded.tokens[piece]
            piece += 1
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.maximum(lengths, 1e-9), np.float32)
