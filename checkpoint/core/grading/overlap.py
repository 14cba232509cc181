"""How much of a reference sentence the words of an answer cover: for rubrics that are only claims."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.stance import Stances
from checkpoint.core.grading.text import Text, read
from checkpoint.core.grading.thesaurus import GENERAL, Thesaurus

_SMALL = lexicon.FUNCTION_WORDS - {"before", "after", "without", "first", "same", "only", "until"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence to compare with: its weighted stems and whether it denies something."""

    source: str
    stems: tuple[str, ...]
    negations: int
    new: frozenset[str]
    """Stems that the prompt does not hand out."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An answer against a reference; everything between 0 and 1 except the counts."""

    recall: float
    recall_new: float
    precision: float
    pairs: float
    opposite: int
    negation_differs: bool
    length: int

    @property
    def strength(self) -> float:
        """How much of the claim is said, discounted where only the prompt's words are."""
        return 0.3 * self.recall + 0.4 * self.recall_new + 0.2 * self.precision + 0.1 * self.pairs


def reference(source: str, prompt_stems: frozenset[str]) -> Reference:
    text = read(source)
    stems = tuple(_content(text, range(len(text.tokens))))
    negations = sum(t.text in lexicon.NEGATIONS for t in text.tokens)
    return Reference(source, stems, negations, frozenset(stems) - prompt_stems)


def _content(text: Text, places: Iterable[int]) -> list[str]:
    tokens = text.tokens
    return [tokens[i].stem for i in places if tokens[i].word and tokens[i].text not in _SMALL]


def weights(references: Iterable[Reference]) -> dict[str, float]:
    """Rarer stems weigh more; seen over the rubric's own sentences."""
    counts: Counter[str] = Counter()
    total = 0
    for one in references:
        counts.update(set(one.stems))
        total += 1
    return {s: 1.0 + math.log((total + 1) / (n + 0.5)) for s, n in counts.items()}


def _covers(wanted: str, given: set[str], named: frozenset[int], groups: set[int]) -> float:
    if wanted in given:
        return 1.0
    if named & groups:
        return 0.8
    if len(wanted) >= 5 and any(len(g) >= 5 and (g.startswith(wanted[:5])) for g in given):
        return 0.7
    return 0.0


def compare(
    text: Text,
    places: list[int],
    said: Stances,
    wanted: Reference,
    weight: dict[str, float],
    words: Thesaurus = GENERAL,
) -> Comparison:
    """Compare the tokens at `places` with a reference."""
    content = _content(text, places)
    given = set(content)
    groups = {number for numbers in words.alike(content).values() for number in numbers}
    named = words.alike(wanted.stems)
    # In the order of the words, not of a set: a sum of floats hangs on it.
    every = dict.fromkeys(wanted.stems)
    covered = {s: _covers(s, given, named.get(s, frozenset()), groups) for s in every}
    whole = sum(weight.get(s, 1.0) for s in covered) or 1.0
    hit = sum(weight.get(s, 1.0) * c for s, c in covered.items())
    new = sum(weight.get(s, 1.0) for s in every if s in wanted.new)
    hit_new = sum(weight.get(s, 1.0) * covered[s] for s in every if s in wanted.new)
    wanted_set = set(wanted.stems)
    useful = sum(1 for g in given if g in wanted_set)
    bigrams = set(zip(wanted.stems, wanted.stems[1:], strict=False))
    held = set(itertools.pairwise(content))
    extra = given - wanted_set
    opposite = sum(1 for s in wanted.new - given if words.opposites.get(s, frozenset()) & extra)
    reached = [i for i in places if text.tokens[i].stem in wanted_set]
    negations = len({cue for i in reached for cue in said.negated.get(i, ()) if cue not in said.softened})
    return Comparison(
        hit / whole,
        hit_new / new if new else hit / whole,
        useful / len(given) if given else 0.0,
        len(bigrams & held) / len(bigrams) if bigrams else 0.0,
        opposite,
        bool(negations % 2) != bool(wanted.negations % 2),
        len(given),
    )
