"""How a rubric's own sentences put its words together, and where an answer's do otherwise."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from checkpoint.core.grading.heldout import MARKS
from checkpoint.core.grading.matchers import Terms
from checkpoint.core.grading.roles import Relation, Tie, relations
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.text import Sentence, Text, read

ENOUGH = 60
"""Sentences of a rubric from which on what none of them says may be odd."""
ODD = 2
"""So many things that are called each other, or each other's, and never are in the rubric, make nonsense."""
_Pair = tuple[Tie, str, str]


class Usage:
    """What the sentences of one rubric tie together."""

    def __init__(self, rubric: Rubric, terms: Terms) -> None:
        self._groups = _groups(rubric, terms)
        texts = tuple(dict.fromkeys(_texts(rubric)))
        self._rich = len(texts) >= ENOUGH
        self._known = frozenset(stem for text in texts for stem in _stems(text))
        self._tied = {pair for text in texts for tie in _ties(text) for pair in self._grouped(tie)}

    def is_odd(self, text: Text, sentence: Sentence) -> bool:
        """Whether a sentence calls things each other, or each other's, that never are: good grammar
        without a meaning."""
        return self._rich and sum(self._is_new(text, one) for one in relations(text, sentence)) >= ODD

    def _is_new(self, text: Text, one: Relation) -> bool:
        first, second = text.tokens[one.first].stem, text.tokens[one.second].stem
        if one.tie not in (Tie.OF, Tie.IS) or not {first, second} <= self._known:
            return False
        pairs = set(self._grouped((one.tie, first, second)))
        if one.tie is Tie.IS:
            pairs |= set(self._grouped((one.tie, second, first)))
        return self._tied.isdisjoint(pairs)

    def _ids(self, stem: str) -> frozenset[str]:
        return self._groups.get(stem, frozenset()) | {stem}

    def _grouped(self, pair: _Pair) -> Iterator[_Pair]:
        """A pair of words as every pair of concepts that it stands for."""
        tie, first, second = pair
        return ((tie, one, other) for one in self._ids(first) for other in self._ids(second))


class Used:
    """One answer held against the usage of a rubric; each sentence is looked at once."""

    def __init__(self, usage: Usage, text: Text) -> None:
        self._usage = usage
        self._text = text
        self._odd: dict[int, bool] = {}

    def is_odd(self, number: int) -> bool:
        """Whether a sentence is good grammar without a meaning."""
        if number not in self._odd:
            self._odd[number] = self._usage.is_odd(self._text, self._text.sentences[number])
        return self._odd[number]

    @property
    def odd(self) -> frozenset[int]:
        """The numbers of all such sentences."""
        return frozenset(n for n in range(len(self._text.sentences)) if self.is_odd(n))


def _groups(rubric: Rubric, terms: Terms) -> dict[str, frozenset[str]]:
    """For each stem the concepts of the rubric that it is a whole term of."""
    made: dict[str, set[str]] = defaultdict(set)
    for name in rubric.concepts.keys() & terms.phrases.keys():
        for phrase in terms.phrases[name].every:
            if len(phrase.stems) == 1:
                made[phrase.stems[0]].add(f"<{name}>")
    return {stem: frozenset(names) for stem, names in made.items()}


def _texts(rubric: Rubric) -> Iterator[str]:
    """Every sentence somebody wrote for the rubric, right or wrong: all of them make sense."""
    yield rubric.prompt
    for one in rubric.criteria:
        yield from (one.claim, *one.phrasings, *one.counter_examples)
        for mark in MARKS:
            yield from getattr(one.examples, mark)
    for wrong in rubric.misconceptions:
        yield from (wrong.claim, *wrong.phrasings, *wrong.counter_examples)


@lru_cache(maxsize=8_192)
def _ties(text: str) -> tuple[_Pair, ...]:
    """Kept: rubrics held out of one of their texts share all others."""
    made = read(text)
    found = (one for sentence in made.sentences for one in relations(made, sentence))
    return tuple((r.tie, made.tokens[r.first].stem, made.tokens[r.second].stem) for r in found)


@lru_cache(maxsize=8_192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in read(text).tokens if token.word)
