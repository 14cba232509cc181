"""Long lists of people, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from checkpoint.cohorts.queries import AT_ONCE

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    pages: int
    first: int
    last: int
    found: int

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """Those that stand on this page."""
        return items[self.first - 1 : self.last]

    @property
    def turns(self) -> tuple[tuple[int, str], ...]:
        """The pages before and after, with the words of their links."""
        turns = ((self.number - 1, "Earlier ones"), (self.number + 1, "Further ones"))
        return tuple((number, word) for number, word in turns if 1 <= number <= self.pages)


def page_of(wished: int, found: int) -> Page:
    """The page nearest to the one wished for.

    >>> page_of(9, 60)
    Page(number=2, pages=2, first=51, last=60, found=60)
    """
    pages = max(1, ceil(found / AT_ONCE))
    number = min(max(1, wished), pages)
    first = (number - 1) * AT_ONCE + 1
    return Page(number, pages, first, min(found, first + AT_ONCE - 1), found)
