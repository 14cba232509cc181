"""Concepts and ways of a rubric, sought in a read answer."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise
from operator import attrgetter

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.rubric import Rubric, Way, WayLike
from checkpoint.core.grading.text import Text, read, stem

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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term of a concept: stems in order, or one identifier taken exactly."""

    stems: tuple[str, ...] = ()
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """A concept's phrases, numbered as its author wrote them; of two at one place the first counts."""

    every: tuple[Phrase, ...]


class Beginnings:
    """The phrases of all concepts by how they begin: one pass over an answer's words tells which can stand
    there at all, and most cannot."""

    def __init__(self) -> None:
        self._by_stem: dict[str, list[tuple[str, int, tuple[str, ...]]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._open: list[tuple[str, str, int]] = []
        """Identifiers of which only the beginning is given."""

    def add(self, concept: str, phrases: Phrases) -> None:
        for number, phrase in enumerate(phrases.every):
            if phrase.stems:
                self._by_stem[phrase.stems[0]].append((concept, number, phrase.stems[1:]))
            elif phrase.exact.endswith("*"):
                self._open.append((phrase.exact[:-1], concept, number))
            elif phrase.exact:
                self._by_name[phrase.exact].append((concept, number))

    def possible(self, stems: Set[str], identifiers: Set[str]) -> dict[str, list[int]]:
        """For each concept the numbers of its phrases all of whose words are there, in order."""
        made: dict[str, list[int]] = defaultdict(list)
        there = set(stems)
        for first in there & self._by_stem.keys():
            for concept, number, rest in self._by_stem[first]:
                if there.issuperset(rest):
                    made[concept].append(number)
        for name in identifiers & self._by_name.keys():
            for concept, number in self._by_name[name]:
                made[concept].append(number)
        for begin, concept, number in self._open:
            if any(name.startswith(begin) for name in identifiers):
                made[concept].append(number)
        for numbers in made.values():
            numbers.sort()
        return made


@dataclass(slots=True)
class Vocabulary:
    """The words a rubric knows, for reading typing mistakes."""

    stems: set[str] = field(default_factory=set)
    _words: set[str] = field(default_factory=set)
    _deletions: dict[str, str] = field(default_factory=dict)
    """A word with letters left out leads to the words it may come from, with spaces between: there are some
    ten thousand in a rubric, and hardly any leads to two."""
    _seen: dict[str, str] = field(default_factory=dict)

    def add(self, word: str) -> None:
        if word in self._words:
            return
        self._words.add(word)
        self.stems.add(stem(word))
        if word.isalpha() and len(word) >= 5:
            for shorter in _deletions(word, 2 if len(word) >= 9 else 1):
                known = self._deletions.get(shorter)
                self._deletions[shorter] = f"{known} {word}" if known else word

    def corrected(self, word: str) -> str:
        """The stem meant by a word that nobody knows, or an empty string."""
        if word not in self._seen:
            if len(self._seen) > 5_000:
                self._seen.clear()
            self._seen[word] = self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str:
        if not 5 <= len(word) <= 18 or not word.isalpha() or stem(word) in self.stems:
            return ""
        if word in lexicon.REAL_WORDS or word in lexicon.FUNCTION_WORDS or word in lexicon.COMMON_VERBS:
            return ""
        candidates: set[str] = set()
        for shorter in _deletions(word, 2 if len(word) >= 9 else 1):
            candidates.update(self._deletions.get(shorter, "").split())
        best = ("", 9)
        for candidate in sorted(candidates):
            allowed = 2 if min(len(candidate), len(word)) >= 9 else 1
            short = max(len(candidate), len(word)) < 6
            if candidate[0] != word[0] or (short and sorted(candidate) != sorted(word)):
                continue
            far = distance(word, candidate, allowed)
            if far <= allowed and far < best[1]:
                best = (candidate, far)
        return stem(best[0]) if best[0] else ""


def _deletions(word: str, depth: int) -> set[str]:
    found = {word}
    for _ in range(depth):
        found |= {w[:i] + w[i + 1 :] for w in found if len(w) > 3 for i in range(len(w))}
    return found


def distance(one: str, other: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words; above `limit`, limit + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]


class Terms:
    """All concepts of a rubric, ready to be sought."""

    def __init__(self, rubric: Rubric) -> None:
        self.vocabulary = Vocabulary()
        self.phrases: dict[str, Phrases] = {}
        self.beginnings = Beginnings()
        self._concepts: dict[str, tuple[str, ...]] = {**lexicon.GENERAL, **dict(rubric.concepts)}
        self._thesaurus = rubric.thesaurus
        for word in (word for group in rubric.synonyms for name in group for word in _read_term(name)[1]):
            self.vocabulary.add(word)
        for side, names in rubric.sides.items():
            self._add(f"side:{side}", names)

    def ways(self, ways: Iterable[WayLike]) -> tuple[Way, ...]:
        """The ways in their long form, their concepts made ready."""
        made = tuple(way if isinstance(way, Way) else Way(all=way) for way in ways)
        for way in made:
            for name in (*way.all, *way.unless, *way.unless_anywhere):
                self.need(name)
        return made

    def need(self, name: str) -> None:
        if name not in self.phrases:
            self._add(name, self._concepts.get(name, (name,)))

    def _add(self, name: str, terms: Iterable[str]) -> None:
        phrases = [phrase for term in self._unfolded(terms, {name}) for phrase in self._phrases(term)]
        made = Phrases(tuple(dict.fromkeys(phrases)))
        self.beginnings.add(name, made)
        self.phrases[name] = made

    def _unfolded(self, terms: Iterable[str], seen: set[str]) -> Iterator[str]:
        for raw in terms:
            term = raw.strip()
            if term.startswith("<") and term.endswith(">"):
                inner = term[1:-1]
                if inner not in seen:
                    yield from self._unfolded(self._concepts.get(inner, ()), seen | {inner})
            else:
                yield term

    def _phrases(self, term: str) -> tuple[Phrase, ...]:
        phrases, words = _read_term(term)
        for word in words:
            self.vocabulary.add(word)
        made = (one for phrase in phrases for one in self._variants(phrase))
        return tuple(made) or phrases

    def _variants(self, phrase: Phrase) -> Iterator[Phrase]:
        if phrase.stems:
            yield phrase
            for stems in self._thesaurus.variants(phrase.stems)[1:]:
                yield Phrase(stems=stems)


@lru_cache(maxsize=16_384)
def _read_term(term: str) -> tuple[tuple[Phrase, ...], tuple[str, ...]]:
    """The phrases of a concept's term and its words; kept, since rubrics are often made ready again."""
    if len(term) > 2 and term.startswith("`") and term.endswith("`"):
        return (Phrase(exact=term[1:-1].lower()),), ()
    tokens = [t for t in read(term).tokens if t.word]
    kept = [t for t in tokens if not t.light] or tokens
    words = tuple(token.text for token in kept)
    if not kept:
        return (), ()
    phrase = Phrase(stems=tuple(token.stem for token in kept))
    if "-" in term and " " not in term and len(kept) > 1:
        whole = "".join(words)
        return (phrase, Phrase(stems=(stem(whole),))), (*words, whole)
    return (phrase,), words


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
