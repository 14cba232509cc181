"""How a rubric's own sentences put its words together, and where an answer's do otherwise."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from checkpoint.core.grading.doers import Doers
from checkpoint.core.grading.heldout import MARKS
from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.roles import Filling, Relation, Tie, fillings, relations
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.slots import Slots
from checkpoint.core.grading.succession import Succession
from checkpoint.core.grading.terms import Terms
from checkpoint.core.grading.text import Sentence, Text, read_own

ENOUGH = 60
"""Sentences of a rubric from which on what none of them says may be odd."""
ODD = 2
"""So many things that are called each other, or each other's, or do to each other what they never do in the
rubric, make nonsense."""
STATED = 3
"""So many right sentences one that an author wrote to tell the roles is worth."""
OFTEN_MISPLACED = 2
"""So many verbs of an answer with the wrong thing beside them make more than a slip of reading."""
_Pair = tuple[Tie, str, str]


class Usage:
    """What the sentences of one rubric tie together."""

    def __init__(self, rubric: Rubric, terms: Terms) -> None:
        self._groups = _groups(rubric, terms)
        texts = tuple(dict.fromkeys(_texts(rubric)))
        self._rich = len(texts) >= ENOUGH
        self._known = frozenset(stem for text in texts for stem in _stems(text))
        right = (*dict.fromkeys(_right_texts(rubric)), *rubric.deeds * STATED)
        self._doers = Doers(right, self._ids)
        self._slots = Slots(right, self._ids)
        self._succession = Succession(right, self._ids)
        self._all = Doers((*texts, *rubric.deeds), self._ids)
        self._tied = {pair for text in texts for tie in _ties(text) for pair in self._grouped(tie)}

    def is_odd(self, text: Text, sentence: Sentence) -> bool:
        """Whether a sentence calls things each other, or each other's, that never are, or lets them do to
        each other what they never do: good grammar without a meaning."""
        if not self._rich:
            return False
        new = sum(self._is_new(text, one) for one in relations(text, sentence))
        return max(new, self._all.strange(text, sentence)) >= ODD

    def is_exchanged(self, text: Text, sentence: Sentence) -> bool:
        """Whether a sentence has the right words and the wrong doer: "the registry scans the policy"."""
        return self._rich and self._doers.is_exchanged(text, sentence)

    def misplaced(self, text: Text, sentence: Sentence) -> frozenset[Filling]:
        """The filled places of each verb beside which something stands that only stands elsewhere."""
        if not self._rich:
            return frozenset()
        verbs = {one.verb for one in self._slots.misplaced(text, sentence)}
        return (
            frozenset(one for one in fillings(text, sentence) if one.verb in verbs) if verbs else frozenset()
        )

    def is_reversed(self, text: Text, sentence: Sentence, places: Sequence[float], tokens: set[int]) -> bool:
        """Whether a sentence puts something that these tokens name before what it always follows."""
        return self._rich and self._succession.is_reversed(text, sentence, places, tokens)

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

    def __init__(self, usage: Usage, text: Text, ranks: Sequence[float]) -> None:
        self._usage = usage
        self._text = text
        self._ranks = ranks
        self._odd: dict[int, bool] = {}
        self._exchanged: dict[int, bool] = {}
        self._misplaced: dict[int, frozenset[Filling]] = {}

    def is_odd(self, hit: Hit) -> bool:
        """Whether the sentence of a hit is good grammar without a meaning."""
        return self._is_odd(hit.sentence)

    def _is_odd(self, number: int) -> bool:
        if number not in self._odd:
            self._odd[number] = self._usage.is_odd(self._text, self._text.sentences[number])
        return self._odd[number]

    def is_exchanged(self, hit: Hit) -> bool:
        """Whether in the sentence of a hit the wrong one acts."""
        number = hit.sentence
        if number not in self._exchanged:
            sentence = self._text.sentences[number]
            self._exchanged[number] = self._usage.is_exchanged(self._text, sentence)
        return self._exchanged[number]

    def is_reversed(self, hit: Hit) -> bool:
        """Whether a hit has the right words in the wrong order of time."""
        tokens = {self._text.words[word] for word in hit.words}
        return self._usage.is_reversed(self._text, self._text.sentences[hit.sentence], self._ranks, tokens)

    def is_misplaced(self, hit: Hit) -> bool:
        """Whether a hit holds a verb beside which something wrong stands, or what stands there; or lies in
        such a sentence of an answer that has several."""
        places = self._misplaced_in(hit.sentence)
        if not places:
            return False
        wrong = {token for place in places for token in (place.verb, place.filler)}
        if any(self._text.words[word] in wrong for word in hit.words):
            return True
        size = len(self._text.sentences)
        found = sum(len({one.verb for one in self._misplaced_in(number)}) for number in range(size))
        return found >= max(OFTEN_MISPLACED, size * OFTEN_MISPLACED / 3)

    def _misplaced_in(self, number: int) -> frozenset[Filling]:
        if number not in self._misplaced:
            self._misplaced[number] = self._usage.misplaced(self._text, self._text.sentences[number])
        return self._misplaced[number]

    @property
    def odd(self) -> frozenset[int]:
        """The numbers of all such sentences."""
        return frozenset(n for n in range(len(self._text.sentences)) if self._is_odd(n))


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


def _right_texts(rubric: Rubric) -> Iterator[str]:
    for one in rubric.criteria:
        yield from (one.claim, *one.phrasings, *one.examples.met, *one.examples.partial)


@lru_cache(maxsize=8_192)
def _ties(text: str) -> tuple[_Pair, ...]:
    """Kept: rubrics held out of one of their texts share all others."""
    made = read_own(text)
    found = (one for sentence in made.sentences for one in relations(made, sentence))
    return tuple((r.tie, made.tokens[r.first].stem, made.tokens[r.second].stem) for r in found)


@lru_cache(maxsize=8_192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in read_own(text).tokens if token.word)
