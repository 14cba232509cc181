"""Numbers with a unit of measure: those that are the point of a claim, and answers that state others.

"60 minutes", "an hour" and "1 h" are the same; "60 hours" is another length of time, and "60 %" has nothing
to do with it. Numbers without a unit are names as often as sizes, and are left alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from checkpoint.core.grading.text import Text, read_own

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_UNITS: Mapping[tuple[str, float], str] = {
    ("time", 0.001): "ms millisecond milliseconds",
    ("time", 1): "s sec secs second seconds",
    ("time", _MINUTE): "m min mins minute minutes",
    ("time", _HOUR): "h hr hrs hour hours",
    ("time", _DAY): "d day days",
    ("time", 7 * _DAY): "week weeks",
    ("time", 30 * _DAY): "month months",
    ("time", 365 * _DAY): "year years",
    ("share", 1): "% percent",
    ("size", 1e3): "kb kilobyte kilobytes",
    ("size", 1e6): "mb megabyte megabytes",
    ("size", 1e9): "gb gigabyte gigabytes",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ONE = frozenset("a an one single".split())
_NUMBER_WORDS = {
    word: number
    for number, words in {
        1: " ".join(_ONE),
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        12: "twelve",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
        100: "hundred",
    }.items()
    for word in words.split()
}
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_RATE = frozenset("once twice times per".split())
"""Before "a day" these tell how often, and not how long."""
_ABOUT_THE_SAME = 0.02


@dataclass(frozen=True, slots=True)
class Quantity:
    """A size of one kind, `time` in seconds, `share` in percent, `size` in bytes, and its token's place."""

    kind: str
    value: float
    place: int


def quantities(text: Text) -> Iterator[Quantity]:
    """The quantities that a text states, in order.

    >>> from checkpoint.core.grading.text import read
    >>> [(one.kind, one.value) for one in quantities(read("It waits 60 minutes, or an hour."))]
    [('time', 3600.0), ('time', 3600.0)]
    """
    for place, token in enumerate(text.tokens):
        unit = _UNIT.get(token.text)
        number = _number_before(text, place) if unit else None
        if unit and number is not None:
            yield Quantity(unit[0], number * unit[1], place)


def _number_before(text: Text, place: int) -> float | None:
    """The number of a unit at a token: "sixty", "forty-five", "half an", "1.5"; nothing for "once a"."""
    words = [token.text for token in text.tokens[max(0, place - 2) : place]]
    if not words:
        return None
    before = words[-2] if len(words) > 1 else ""
    last = words[-1]
    if last in _ONE and (before in _RATE or text.tokens[place].text == "second"):
        return None  # "once a day", "a second one"
    if before == "half" and last in ("a", "an"):
        return 0.5
    number = _read_number(last)
    if number is not None and before in _TENS and number < 10:
        return _NUMBER_WORDS.get(before, 0) + number
    return number


def _read_number(word: str) -> float | None:
    try:
        return float(word) if word[0].isdigit() and word.isascii() else _NUMBER_WORDS.get(word)
    except ValueError:
        return None  # a version, "1.2.3"


class Measures:
    """The quantities that are the point of a claim: of each kind that the claim states and that every right
    sentence which states any has in common with it."""

    def __init__(self, claim: str, right: Iterable[str] = ()) -> None:
        stated, others = _stated(claim), [_stated(text) for text in right]
        self._known: dict[str, frozenset[float]] = {}
        for kind, values in stated.items():
            there = [one[kind] for one in others if kind in one]
            if all(values & one for one in there):
                self._known[kind] = values.union(*there)

    def differ(self, text: Text, number: int) -> bool:
        """Whether a sentence of an answer states such quantities, and only others than the right ones."""
        sentence = text.sentences[number]
        for kind, known in self._known.items():
            own = [q.value for q in _of(text, sentence.first, sentence.last) if q.kind == kind]
            if own and not any(_same(one, other) for one in own for other in known):
                return True
        return False


def _of(text: Text, first: int, last: int) -> Iterator[Quantity]:
    return (one for one in quantities(text) if first <= one.place < last)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _ABOUT_THE_SAME * max(one, other)


@lru_cache(maxsize=8_192)
def _stated(text: str) -> Mapping[str, frozenset[float]]:
    """By kind; kept, since rubrics held out of one of their texts share all others."""
    made: dict[str, set[float]] = defaultdict(set)
    for one in quantities(read_own(text)):
        made[one.kind].add(one.value)
    return {kind: frozenset(values) for kind, values in made.items()}
