"""Who does what in a rubric's right sentences, and where an answer has it the other way round."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from checkpoint.core.grading.roles import MUTUAL, VAGUE, Deed, deeds
from checkpoint.core.grading.text import Sentence, Text, read_own

OFTEN = 2
"""So often a thing is acted upon in right sentences before it may not act."""
CLEARLY = 2
"""So many times as often as the other way."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A deed by its stems."""

    verb: str
    how: str
    doer: str
    object: str


class Doers:
    """The deeds of right sentences. `ids` gives the concepts that a stem stands for, and the stem itself."""

    def __init__(self, texts: Iterable[str], ids: Callable[[str], frozenset[str]]) -> None:
        self._ids = ids
        self._done = [done for text in texts for done in _deeds(text)]
        self._by_verb: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._whole: Counter[tuple[str, ...]] = Counter()
        self._hows = frozenset(done.how for done in self._done)
        ends = (stem for done in self._done for stem in (done.doer, done.object) if stem)
        self._known = {name for stem in ends for name in ids(stem)}
        for number, done in enumerate(self._done):
            for verb in ids(done.verb):
                self._by_verb[verb, done.how].add(number)
            if done.doer and done.object:
                self._whole.update(self._as_concepts(done))

    def strange(self, text: Text, sentence: Sentence) -> int:
        """How many deeds of a sentence have a verb that is known, with a doer or an object it never has."""
        done = (_named(text, deed) for deed in deeds(text, sentence))
        return sum(self._is_strange(one) for one in done)

    def _is_strange(self, one: _Done) -> bool:
        if not one.doer or not one.object or one.verb in VAGUE:
            return False
        if not all(self._known & self._ids(stem) for stem in (one.doer, one.object)):
            return False
        done = self._alike(one.verb)
        if sum(known.verb == one.verb for known in done) < OFTEN:
            return False
        acts = any(known.doer and self._ids(known.doer) & self._ids(one.doer) for known in done)
        undergoes = any(known.object and self._ids(known.object) & self._ids(one.object) for known in done)
        return not (acts and undergoes)

    def _alike(self, verb: str) -> list[_Done]:
        """The deeds of verbs that mean the same, whatever preposition stands behind them."""
        kinds = ((one, how) for one in self._ids(verb) for how in self._hows)
        return [self._done[n] for n in sorted({n for kind in kinds for n in self._by_verb.get(kind, ())})]

    def is_exchanged(self, text: Text, sentence: Sentence) -> bool:
        """Whether a sentence lets a thing act that is always acted upon, or acts upon one that acts."""
        done = (_named(text, deed) for deed in deeds(text, sentence))
        return any(self._is_turned(one) or self._is_swapped(one) for one in done)

    def _is_swapped(self, one: _Done) -> bool:
        """Whether right sentences have the very deed the other way round, and never so."""
        if not one.doer or not one.object or one.verb in VAGUE:
            return False
        other = replace(one, doer=one.object, object=one.doer)
        said = any(self._whole[known] for known in self._as_concepts(one))
        return not said and any(self._whole[known] for known in self._as_concepts(other))

    def _as_concepts(self, one: _Done) -> Iterator[tuple[str, ...]]:
        """A deed by all that its words stand for; a concept of both ends tells them apart by nothing."""
        doers, things = self._ids(one.doer), self._ids(one.object)
        both = doers & things
        return (
            (verb, one.how, doer, thing)
            for verb in self._ids(one.verb)
            for doer in doers - both
            for thing in things - both
        )

    def _is_turned(self, one: _Done) -> bool:
        if not one.doer or not one.object or one.doer == one.object or one.verb in VAGUE:
            return False
        acting, acted_upon = self._counts(one)
        first, second = one.doer, one.object
        upon = acted_upon[first] >= max(OFTEN, CLEARLY * acting[first])
        acts = acting[second] >= max(OFTEN, CLEARLY * acted_upon[second])
        fits = acted_upon[second] > 0 and acted_upon[second] >= acting[second]
        known = acting[first] > 0 and acting[first] >= acted_upon[first]
        return (upon and not fits) or (acts and not known)

    def _counts(self, one: _Done) -> tuple[Counter[str], Counter[str]]:
        """How often each thing does what the verb says, and how often it is done to it."""
        same = {n for verb in self._ids(one.verb) for n in self._by_verb.get((verb, one.how), ())}
        done = [self._done[n] for n in same]
        return Counter(d.doer for d in done if d.doer), Counter(d.object for d in done if d.object)


@lru_cache(maxsize=8_192)
def _deeds(text: str) -> tuple[_Done, ...]:
    """Kept: rubrics held out of one of their texts share all others."""
    made = read_own(text)
    found = (_named(made, deed) for sentence in made.sentences for deed in deeds(made, sentence))
    return tuple(one for one in found if one.doer or one.object)


def _named(text: Text, deed: Deed) -> _Done:
    verb = text.tokens[deed.verb]
    if verb.stem in MUTUAL:
        return _Done(verb.stem, deed.how, "", "")
    doer, thing = (text.tokens[at].stem if at is not None else "" for at in (deed.doer, deed.object))
    return _Done(verb.stem, deed.how, doer, thing)
