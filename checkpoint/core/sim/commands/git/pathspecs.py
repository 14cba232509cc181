"""Which paths the words of a command choose: a path itself, what is below it, or what fits a pattern."""

from collections.abc import Iterable, Iterator

from checkpoint.core.sim.shell import patterns

_SIGNS = frozenset("*?[")


class Pathspecs:
    """Words relative to the working tree; the empty one is its top, and chooses everything.

    >>> chosen = Pathspecs(["docs", "*.tf"])
    >>> [chosen.fits(path) for path in ("docs/a.md", "docs", "live/main.tf", "README.md")]
    [True, True, True, False]
    """

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        self._plain = {word.rstrip("/") for word in words}
        self._patterns = [patterns.compiled(word) for word in words if _SIGNS & set(word)]

    def __bool__(self) -> bool:
        return bool(self._plain)

    def fits(self, path: str) -> bool:
        if "" in self._plain or path in self._plain:
            return True
        if any(folder in self._plain for folder in _above(path)):
            return True
        return any(patterns.matches(marks, path) for marks in self._patterns)


def unmatched(words: Iterable[str], paths: Iterable[str]) -> set[str]:
    """The words that choose none of the paths."""
    there = set(paths)
    places = there.union(*map(_above, there)) | ({""} if there else set())
    left = {word for word in words if word.rstrip("/") not in places}
    return {word for word in left if not _SIGNS & set(word) or not any(map(Pathspecs([word]).fits, there))}


def _above(path: str) -> Iterator[str]:
    """The folders that a path stands in."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
