"""What fills the places of a verb in a rubric's right sentences, and where an answer fills them otherwise.

"Promoted *from staging*", "the automation *commits*": each verb has places, for who does it, for what it is
done to, and one for each preposition. Whatever only ever fills another place of a verb, or acts but never in
this way where others do, stands in the wrong place: "staging is promoted from production", "the policy
commits".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.grading.roles import GENERIC, MUTUAL, VAGUE, Filling, fillings
from checkpoint.core.grading.text import Sentence, Text, read_own

ENOUGH = 3
"""So often a place is filled in right sentences before something may not fill it."""
KNOWN = 8
"""So often something acts in right sentences before it is judged by its own name."""
OFTEN = 2
"""So often something fills another place before it may not fill this one."""
_ALIKE = {"object": ("to", "into", "with", "onto"), "to": ("object", "into"), "into": ("object", "to")}
"""Places that are no opposites: "the image is promoted to production", "production is promoted"."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A filled place by its stems."""

    verb: str
    slot: str
    filler: str


class Slots:
    """The filled places of right sentences. `ids` gives the concepts of a stem, and the stem itself."""

    def __init__(self, texts: Iterable[str], ids: Callable[[str], frozenset[str]]) -> None:
        self._ids = ids
        self._fillers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._filled: Counter[tuple[str, str]] = Counter()
        self._acting: Counter[str] = Counter()
        self._anywhere: dict[str, Counter[str]] = defaultdict(Counter)
        for one in (one for text in texts for one in _filled(text)):
            fillers = ids(one.filler)
            for verb in ids(one.verb):
                self._fillers[verb, one.slot].update(fillers)
                self._anywhere[verb].update(fillers)
                self._filled[verb, one.slot] += 1
            if one.slot == "doer":
                self._acting.update(fillers)

    def misplaced(self, text: Text, sentence: Sentence) -> Iterator[Filling]:
        """The places of a sentence's verbs in which something stands where only others do."""
        return (f for f in fillings(text, sentence) if self._is_misplaced(_named(text, f)))

    def _is_misplaced(self, one: _Filled) -> bool:
        if one.verb in VAGUE | MUTUAL or one.filler in GENERIC:
            return False
        verbs = self._ids(one.verb)
        ids = self._telling(one.filler, verbs)
        if any(self._fillers[verb, one.slot][i] for verb in verbs for i in ids):
            return False
        for verb in verbs:
            if self._filled[verb, one.slot] < ENOUGH:
                continue
            acts = one.slot == "doer" and max(self._acting[i] for i in ids) >= OFTEN
            if acts or max(self._elsewhere(verb, one.slot, i) for i in ids) >= OFTEN:
                return True
        return False

    def _elsewhere(self, verb: str, slot: str, filler: str) -> int:
        """How often something fills places of a verb that are none but this one's opposites."""
        alike = _ALIKE.get(slot, ())
        return self._anywhere[verb][filler] - sum(self._fillers[verb, other][filler] for other in alike)

    def _telling(self, filler: str, verbs: Iterable[str]) -> frozenset[str]:
        """A word alone where right sentences have it often enough, beside the verb or acting; else its
        concepts, too."""
        beside = max(self._anywhere[verb][filler] for verb in verbs) >= OFTEN
        alone = beside or self._acting[filler] >= KNOWN
        return frozenset((filler,)) if alone else self._ids(filler)


@lru_cache(maxsize=8_192)
def _filled(text: str) -> tuple[_Filled, ...]:
    """Kept: rubrics held out of one of their texts share all others."""
    made = read_own(text)
    found = (_named(made, one) for sentence in made.sentences for one in fillings(made, sentence))
    return tuple(one for one in found if one.filler and one.verb not in VAGUE | MUTUAL)


def _named(text: Text, one: Filling) -> _Filled:
    return _Filled(text.tokens[one.verb].stem, one.slot, text.tokens[one.filler].stem)
