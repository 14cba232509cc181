"""Where the concepts and ways of a rubric stand in a read answer."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import attrgetter

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.rubric import Way
from checkpoint.core.grading.terms import Phrase, Terms
from checkpoint.core.grading.text import Text

MOST_HITS = 24
"""Of one way in one answer; more would not change the verdict."""
_PRONOUNS = frozenset("it they that he she both".split())
_CONNECTIVES = frozenset(
    "and but so then also because since if when once otherwise therefore however next finally later still "
    "afterwards besides moreover even though although after that".split()
)
_TURNS = lexicon.NEGATIONS | {"as", "but", "or", "if", "than", "because"}
"""Words that may not stand inside a phrase."""
_CLOSE = frozenset({"not", "no", "never", "without"})
"""Words of a phrase upon which the next one follows at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a concept stands: from `first` to `last` among the text's words, and which of them it is."""

    first: int
    last: int
    words: tuple[int, ...]
    mistyped: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A way found in the text: the word positions that matched, and how it was said."""

    way: Way
    words: tuple[int, ...]
    sentence: int
    mistyped: bool


class Search:
    """One answer, in which concepts and ways are looked up; results are kept."""

    def __init__(
        self,
        terms: Terms,
        text: Text,
        usable: list[bool],
        sides: Mapping[int, str],
        silent: frozenset[int] = frozenset(),
    ) -> None:
        self.terms = terms
        self.text = text
        self.words = text.words
        self.usable = usable
        self.sides = sides
        self.silent = silent
        """Tokens that speak about a statement and claim nothing themselves."""
        self._found: dict[str, list[Found]] = {}
        self._possible: dict[str, list[int]] = {}
        self._asked_of = 0
        """Concepts that `_possible` was asked about; a rubric may learn others meanwhile."""
        words = [text.tokens[i] for i in text.words]
        self._starts = [token.start for token in words]
        self._sentences = [token.sentence for token in words]
        self._clauses = [token.clause for token in words]
        self._texts = [token.text for token in words]
        self._together = {
            "clause": (self._clauses, 0),
            "sentence": (self._sentences, 0),
            "passage": (self._sentences, 1),
            "answer": (self._sentences, len(text.sentences)),
        }
        """For each reach of a way the units it counts, by place, and how far apart they may be."""
        self.positions: dict[str, list[int]] = defaultdict(list)
        self.pronouns: dict[int, int] = {}
        """Sentence to the word near its beginning that stands for something before it."""
        self.mistyped: set[int] = set()
        for place, index in enumerate(text.words):
            token = text.tokens[index]
            if token.text in _PRONOUNS and self._leads(index):
                self.pronouns.setdefault(token.sentence, place)
            self.positions[token.stem].append(place)
            meant = terms.vocabulary.corrected(token.text)
            if meant:
                self.positions[meant].append(place)
                self.mistyped.add(place)

    def _leads(self, index: int) -> bool:
        """Whether a pronoun stands at the head of its sentence, after connectives at most."""
        tokens = self.text.tokens
        first = self.text.sentences[tokens[index].sentence].first
        if tokens[index].text == "that":
            return index == first
        return all(tokens[i].text in _CONNECTIVES or not tokens[i].word for i in range(first, index))

    def sentence_of(self, place: int) -> int:
        return self._sentences[place]

    def clause_of(self, place: int) -> int:
        return self._clauses[place]

    def concept(self, name: str) -> list[Found]:
        """Where a concept stands in the sentences that count, in order."""
        known = self._found.get(name)
        if known is None:
            self.terms.need(name)
            if self._asked_of != len(self.terms.phrases):
                self._asked_of = len(self.terms.phrases)
                there = self.positions.keys(), self.text.identifiers.keys()
                self._possible = self.terms.beginnings.possible(*there)
            numbers = self._possible.get(name)
            known = self._found[name] = self._standing(name, numbers) if numbers else []
        return known

    def _standing(self, name: str, numbers: Iterable[int]) -> list[Found]:
        seen: dict[tuple[int, int], Found] = {}
        every = self.terms.phrases[name].every
        for number in numbers:
            for found in self._phrase(every[number]):
                seen.setdefault((found.first, found.last), found)
        return [seen[key] for key in sorted(seen)]

    def _phrase(self, phrase: Phrase) -> Iterator[Found]:
        if phrase.exact:
            yield from self._exact(phrase.exact)
            return
        rest = phrase.stems[1:]
        for place in self.positions[phrase.stems[0]]:
            if not self.usable[self._sentences[place]]:
                continue
            words = self._follow(place, rest)
            if words:
                yield Found(place, words[-1], words, not self.mistyped.isdisjoint(words))

    def _follow(self, place: int, rest: tuple[str, ...]) -> tuple[int, ...]:
        """The words of a phrase beginning at `place`; one other word may stand between two."""
        words = [place]
        for wanted in rest:
            following = self.positions[wanted]
            at = bisect_left(following, place + 1)
            furthest = place + (1 if self._texts[place] in _CLOSE else 2)
            if at == len(following) or following[at] > furthest:
                return ()
            if following[at] == place + 2 and self._texts[place + 1] in _TURNS:
                return ()
            place = following[at]
            words.append(place)
        return tuple(words) if self._sentences[place] == self._sentences[words[0]] else ()

    def _exact(self, name: str) -> Iterator[Found]:
        spans = self.text.identifiers.get(name, ())
        if name.endswith("*"):
            begin = name[:-1]
            spans = [s for known, at in self.text.identifiers.items() if known.startswith(begin) for s in at]
        for start, end in sorted(set(spans)):
            first = bisect_left(self._starts, start)
            last = bisect_left(self._starts, end) - 1
            if first < len(self._starts) and last >= first and self.usable[self.sentence_of(first)]:
                yield Found(first, last, tuple(range(first, last + 1)))

    def hits(self, way: Way, *, sure_side: bool = False) -> list[Hit]:
        """Where a way is said; each place once. `sure_side`: only where the side is named."""
        places: list[list[Found]] = []
        for name in way.all:
            found_there = self._found.get(name)
            if found_there is None:
                found_there = self.concept(name)
            if not found_there:
                return []
            places.append(found_there)
        if way.unless_anywhere and any(self.concept(name) for name in way.unless_anywhere):
            return []
        if len(places) > 1 and way.within in ("sentence", "clause"):
            places[0] = self._carried(places[0], places[1:])
        found = self._hits(way, places)
        if sure_side and way.side:
            found = (h for h in found if any(self.sides.get(self.words[w]) == way.side for w in h.words))
        return list(islice(found, MOST_HITS))

    def _carried(self, subject: list[Found], rest: list[list[Found]]) -> list[Found]:
        """The first concept also where a pronoun of the next sentence stands for it."""
        more: list[Found] = []
        if not self.pronouns:
            return subject
        own = {self._sentences[f.first] for f in subject}
        others = {self._sentences[f.first] for f in rest[0]}
        for number in sorted(others - own):
            if number - 1 in own and number in self.pronouns:
                at = self.pronouns[number]
                more.append(Found(at, at, (at,)))
        return sorted([*subject, *more], key=lambda f: (f.first, f.last)) if more else subject

    def share(self, way: Way) -> float:
        """How many of a way's concepts are said anywhere, 0 to 1."""
        return sum(map(bool, map(self.concept, way.all))) / len(way.all)

    def _hits(self, way: Way, places: list[list[Found]]) -> Iterator[Hit]:
        rarest = min(range(len(places)), key=lambda i: len(places[i]))
        seen: set[tuple[int, ...]] = set()
        for anchor in places[rarest][:MOST_HITS]:
            for chosen in self._around(way, places, rarest, anchor):
                words = tuple(sorted({w for f in chosen for w in f.words}))
                if words in seen or not self._counts(way, words):
                    continue
                seen.add(words)
                yield Hit(way, words, self.sentence_of(anchor.first), any(f.mistyped for f in chosen))

    def _around(
        self, way: Way, places: list[list[Found]], rarest: int, anchor: Found
    ) -> Iterator[list[Found]]:
        """The nearest other concepts around one; also the nearest ones with each on its other side."""
        if len(places) == 1:
            yield [anchor]
            return
        near = self._near(way, places, rarest, anchor)
        for prefer in _SIDES if any(len(some) > 1 for some in near) else _SIDES[:1]:
            whole = _chosen(near, rarest, anchor, prefer, reach(way)) if near else []
            if whole and not (way.ordered and any(a.first >= b.first for a, b in pairwise(whole))):
                yield whole

    def _near(self, way: Way, places: list[list[Found]], rarest: int, anchor: Found) -> list[list[Found]]:
        """For each concept of a way where it stands together with one of them; nothing if one doesn't."""
        units, apart = self._together[way.within]
        first = anchor.first
        unit = units[first]
        near: list[list[Found]] = []
        for i, founds in enumerate(places):
            if i == rarest:
                near.append([anchor])
                continue
            if len(founds) > _LOOKED_AT:
                at = bisect_left(founds, first, key=_first)
                founds = founds[max(0, at - _LOOKED_AT) : at + _LOOKED_AT]
            together = [found for found in founds if -apart <= units[found.first] - unit <= apart]
            if not together:
                return []
            near.append(together)
        return near

    def _counts(self, way: Way, words: tuple[int, ...]) -> bool:
        if self.silent and any(self.words[w] in self.silent for w in words):
            return False
        if way.opening and self.sentence_of(words[0]) != self._opening():
            return False
        if way.side and any(self.sides.get(self.words[w], way.side) != way.side for w in words):
            return False
        if way.unless:
            clauses = {self.clause_of(w) for w in words}
            own = set(words)
            for name in way.unless:
                for found in self.concept(name):
                    if way.side and self.sides.get(self.words[found.first], way.side) != way.side:
                        continue
                    if self.clause_of(found.first) in clauses and not own.issuperset(found.words):
                        return False
        return True

    def _opening(self) -> int:
        return next((number for number, usable in enumerate(self.usable) if usable), 0)


_first = attrgetter("first")

_SIDES = ("near", "right", "left")
_LOOKED_AT = 6
"""Places of a concept on each side of another one."""
_ASIDE = 6
"""Words that a place on the other side counts as farther away."""


def _chosen(near: list[list[Found]], rarest: int, anchor: Found, prefer: str, farthest: int) -> list[Found]:
    """Of each concept the place nearest to the anchor that no other one takes; nothing if there is none."""
    taken = [anchor]
    for i, founds in enumerate(near):
        if i == rarest:
            continue
        best, best_gap = None, farthest + 1
        for found in founds:
            behind = found.first > anchor.first
            gap = found.first - anchor.last if behind else anchor.first - found.last
            if (prefer == "right" and found.first < anchor.first) or (prefer == "left" and behind):
                gap += _ASIDE
            if gap < best_gap and not any(found.first <= t.last and t.first <= found.last for t in taken):
                best, best_gap = found, gap
        if best is None:
            return []
        taken.append(best)
    return [*taken[1 : rarest + 1], anchor, *taken[rarest + 1 :]]


def reach(way: Way) -> int:
    """How many words may stand between a way's concepts."""
    if way.near:
        return way.near
    return {"answer": 200, "passage": 40}.get(way.within, 12 + 4 * len(way.all))
