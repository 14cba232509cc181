"""The concepts of a rubric as phrases of stems, by how they begin."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.grading import meanings
from checkpoint.core.grading.rubric import Rubric, Way, WayLike
from checkpoint.core.grading.text import stem, words_of
from checkpoint.core.grading.vocabulary import Vocabulary


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


class Terms:
    """All concepts of a rubric, ready to be sought."""

    def __init__(self, rubric: Rubric) -> None:
        self.vocabulary = Vocabulary()
        self.phrases: dict[str, Phrases] = {}
        self.beginnings = Beginnings()
        self._concepts: dict[str, tuple[str, ...]] = {**meanings.GENERAL, **dict(rubric.concepts)}
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
    tokens = words_of(term)
    kept = [t for t in tokens if not t.light] or tokens
    words = tuple(token.text for token in kept)
    if not kept:
        return (), ()
    phrase = Phrase(stems=tuple(token.stem for token in kept))
    if "-" in term and " " not in term and len(kept) > 1:
        whole = "".join(words)
        return (phrase, Phrase(stems=(stem(whole),))), (*words, whole)
    return (phrase,), words
