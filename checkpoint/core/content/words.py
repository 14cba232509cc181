"""Cuts text into searchable words and identifiers, the same way for content and for queries."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import Stemmer

_WORD = re.compile(r"\w+", re.UNICODE)
_IDENTIFIER = re.compile(r"(?<![\w.-])(?:--?(?=[a-z])|\.(?=[a-z]))?\w+(?:[-./:@]\w+)*", re.IGNORECASE)

STOP_WORDS = frozenset(
    """a an and are as at be by can do does for from how i in is it its of on or that the there this to
    was what when where which who why will with you your""".split()  # noqa: SIM905 (easier to read)
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written in lower case, its stem, and where it stands."""

    surface: str
    stem: str
    start: int
    end: int


class Words:
    """Cuts and stems. Each thread makes its own: a stemmer is cheap but not to be shared."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")

    def cut(self, text: str) -> list[Word]:
        """The words of a text in order.

        >>> [word.stem for word in Words().cut("Stale plans")]
        ['stale', 'plan']
        """
        found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        surfaces = [fold(word) for word, _, _ in found]
        stems = self._stemmer.stemWords(surfaces)
        return [
            Word(surface, stem, start, end)
            for surface, stem, (_, start, end) in zip(surfaces, stems, found, strict=True)
        ]


def identifiers(text: str) -> Iterator[tuple[str, int, int]]:
    """Names that are more than a word, as `--no-verify` or `guard-kube-context.sh`, with their place."""
    for match in _IDENTIFIER.finditer(text):
        if not match.group().replace("_", "a").isalnum():
            yield fold(match.group()), match.start(), match.end()


def fold(text: str) -> str:
    """Lower case without accents.

    >>> fold("Café")
    'cafe'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
