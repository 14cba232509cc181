"""Which words mean the same and which turn a claim round: general English, and what a rubric adds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.grading import meanings
from checkpoint.core.grading.text import read, stem

Stems = tuple[str, ...]

MOST_VARIANTS = 24
"""Ways of writing one phrase; its words have few names, but a long phrase may hold several of them."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Words by their stems. Phrases of several words only come from a rubric."""

    groups: Mapping[str, frozenset[int]]
    """Numbers of the groups in which a single word stands."""
    phrases: tuple[tuple[Stems, int], ...]
    """Names of several words, with the number of their group."""
    own: Mapping[str, tuple[tuple[Stems, tuple[Stems, ...]], ...]]
    """The names of the rubric alone by their first stem, each with all names of its group."""
    opposites: Mapping[str, frozenset[str]]
    own_opposites: Mapping[str, frozenset[str]]
    """The same, of the rubric alone."""

    def alike(self, stems: Sequence[str]) -> dict[str, frozenset[int]]:
        """The groups named by the words of a text, by stem; each word of a longer name stands for it.

        >>> made = thesaurus(((("pull request", "pr"),)), ())
        >>> made.alike(["a", "pull", "request"])["pull"] == made.alike(["pr"])["pr"]
        True
        """
        found = {one: self.groups[one] for one in stems if one in self.groups}
        for name, number in self.phrases:
            if _holds(stems, name):
                found.update({one: found.get(one, frozenset()) | {number} for one in name})
        return found

    def variants(self, phrase: Stems) -> tuple[Stems, ...]:
        """A phrase and the others it becomes when the rubric's names are exchanged, itself first."""
        made = [phrase]
        for one in made:
            for other in self._exchanged(one):
                if len(made) < MOST_VARIANTS and other not in made:
                    made.append(other)
        return tuple(made)

    def _exchanged(self, phrase: Stems) -> Iterator[Stems]:
        for at, begin in enumerate(phrase):
            for name, group in self.own.get(begin, ()):
                end = at + len(name)
                if phrase[at:end] == name:
                    yield from (phrase[:at] + other + phrase[end:] for other in group)

    def turns(self, wanted: frozenset[str], given: frozenset[str]) -> bool:
        """Whether `given` has the opposite of a word, by the rubric, in that word's place."""
        absent, extra = wanted - given, given - wanted
        return any(self.own_opposites.get(one, frozenset()) & extra for one in absent)


def _holds(stems: Sequence[str], name: Stems) -> bool:
    return any(tuple(stems[at : at + len(name)]) == name for at in range(len(stems) - len(name) + 1))


@lru_cache(maxsize=64)
def thesaurus(
    synonyms: tuple[tuple[str, ...], ...] = (), antonyms: tuple[tuple[str, ...], ...] = ()
) -> Thesaurus:
    """The general words with a rubric's own; kept, as its held-out copies have the same ones."""
    own = [tuple(dict.fromkeys(map(_name, group))) for group in synonyms]
    groups: dict[str, frozenset[int]] = {}
    for number, group in enumerate(meanings.SYNONYMS):
        for word in group:
            groups.setdefault(stem(word), frozenset({number}))
    phrases: list[tuple[Stems, int]] = []
    for number, names in enumerate(own, len(meanings.SYNONYMS)):
        phrases += [(name, number) for name in names if len(name) > 1]
        for (word,) in (name for name in names if len(name) == 1):
            groups[word] = groups.get(word, frozenset()) | {number}
    every = _opposites((*meanings.ANTONYMS, *antonyms))
    return Thesaurus(groups, tuple(phrases), _by_first(own), every, _opposites(antonyms))


def _by_first(groups: Sequence[tuple[Stems, ...]]) -> dict[str, tuple[tuple[Stems, tuple[Stems, ...]], ...]]:
    made: dict[str, tuple[tuple[Stems, tuple[Stems, ...]], ...]] = {}
    for group in groups:
        for name in filter(None, group):
            made[name[0]] = (*made.get(name[0], ()), (name, tuple(n for n in group if n and n != name)))
    return made


def joined(groups: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Groups without a word in common, in the order in which they begin.

    >>> joined([("repository", "repo"), ("plan", "draft"), ("Repo", "archive")])
    (('repository', 'repo', 'archive'), ('plan', 'draft'))
    """
    made: list[dict[str, str]] = []
    for group in groups:
        new = {name.lower(): name for name in group}
        shared = [one for one in made if not one.keys().isdisjoint(new)]
        if shared:
            whole = shared[0]
            for other in (*shared[1:], new):
                whole.update({key: name for key, name in other.items() if key not in whole})
            made = [one for one in made if not any(one is other for other in shared[1:])]
        else:
            made.append(new)
    return tuple(tuple(one.values()) for one in made)


def _name(term: str) -> Stems:
    """A name as phrases are sought: by stems, without light words where others are left."""
    tokens = [token for token in read(term).tokens if token.word]
    kept = [token for token in tokens if not token.light] or tokens
    return tuple(token.stem for token in kept)


def _opposites(pairs: Sequence[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    made: dict[str, frozenset[str]] = {}
    for pair in pairs:
        one, other = (stem(word.lower()) for word in pair)
        for word, turned in ((one, other), (other, one)):
            made[word] = made.get(word, frozenset()) | {turned}
    return made


GENERAL = thesaurus()
"""General English alone."""
