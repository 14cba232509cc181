"""What comes before what in a rubric's right sentences, and where an answer turns that round.

"Every write comes before the check" has all the words of "the check comes before every write". Only
sentences that say when something happens are read, by `order.ranks`; a pair counts where right sentences
agree about it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.order import ranks
from checkpoint.core.grading.text import Sentence, Text, read_own

ENOUGH = 2
"""So often one thing precedes another in right sentences before it may not follow it."""
PLENTY = 4
"""So often, and never the other way, where an answer's words for a criterion name only one of the two."""
CLEARLY = 1.5
"""So many times as often as the other way."""
_TELLING = frozenset(
    """before after once until then first afterwards afterward later finally prior ahead following
    followed follows precedes preceded soon subsequently thereafter thereupon -> => →""".split()
)
"""Words of a sentence that says when something happens."""
_LISTING = frozenset("then first afterwards afterward later finally next soon -> => →".split())
"""Words of steps told one after the other; without them, "the name and the place are compared before …" tells
nothing of name and place."""
_ADVERBS = frozenset("first then afterwards afterward later finally subsequently thereafter soon".split())
_BACK = 12
"""Words before an adverb of time among which a "not" denies it."""
_DENYING = frozenset("not never nothing nobody".split())
_UNCLEAR = frozenset("with without anything everything anywhere ?".split())
"""Beside these the order is told in another way, or left open."""
_AGAIN = frozenset(("re", "pre"))
_SMALL = lexicon.FUNCTION_WORDS | _TELLING


class Succession:
    """The order in right sentences. `ids` gives the concepts a stem stands for, and the stem itself."""

    def __init__(self, texts: Iterable[str], ids: Callable[[str], frozenset[str]]) -> None:
        self._ids = ids
        self._known: Counter[tuple[str, str]] = Counter()
        for text in texts:
            self._known.update({(a, b) for one, other in _pairs(text) for a in ids(one) for b in ids(other)})

    def is_reversed(self, text: Text, sentence: Sentence, places: Sequence[float], tokens: set[int]) -> bool:
        """Whether a sentence turns round the order of something that the tokens name. `places` are its
        tokens' places in time."""
        if not _tells_when(text, sentence):
            return False
        colons = [i for i in range(sentence.first, sentence.last) if text.tokens[i].text == ":"]
        found = (pair for pair in _ordered(text, sentence, places) if not _parted(colons, *pair))
        if _LISTING.isdisjoint(text.tokens[i].text for i in range(sentence.first, sentence.last)):
            found = ((a, b) for a, b in found if _is_told(places[a], places[b]))
        return any(
            self._is_turned(text.tokens[a].stem, text.tokens[b].stem, named=(a in tokens) + (b in tokens))
            for a, b in found
            if (a in tokens and b in tokens)
            or ((a in tokens or b in tokens) and _is_told(places[a], places[b]))
        )

    def _is_turned(self, earlier: str, later: str, *, named: int) -> bool:
        ones, others = self._ids(earlier), self._ids(later)
        if ones & others:
            return False
        said = max(self._known[a, b] for a in ones for b in others)
        turned = max(self._known[b, a] for a in ones for b in others)
        if named == 1:
            return turned >= PLENTY and not said
        return turned >= max(ENOUGH, CLEARLY * said)


def turned_against(text: Text, sentence: Sentence, places: Sequence[float], right: str) -> bool:
    """Whether a sentence has the words of a right text in another order of time, and none in the same.

    `places` are the sentence's tokens' places in time.
    """
    if not _tells_when(text, sentence):
        return False
    said = {(text.tokens[a].stem, text.tokens[b].stem) for a, b in _ordered(text, sentence, places)}
    wanted = set(_pairs(right))
    return not said & wanted and any((later, earlier) in wanted for earlier, later in said)


def _tells_when(text: Text, sentence: Sentence) -> bool:
    words = [text.tokens[i].text for i in range(sentence.first, sentence.last)]
    told = _TELLING - {"then"} if "if" in words else _TELLING
    telling = any(word in told and not _is_denied(words, at) for at, word in enumerate(words))
    return (telling or ("only", "when") in pairwise(words)) and _UNCLEAR.isdisjoint(words)


def _is_denied(words: Sequence[str], at: int) -> bool:
    """ "Not the same value encrypted afterwards": a time at which nothing is done."""
    if words[at] not in _ADVERBS:
        return False
    begin = next((i for i in range(at - 1, -1, -1) if at - i > _BACK or not words[i][0].isalnum()), -1)
    return not _DENYING.isdisjoint(words[begin + 1 : at])


def _ordered(text: Text, sentence: Sentence, places: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Pairs of neighbouring stretches' words, the earlier one first; stretches share a place in time."""
    stretches: dict[float, list[int]] = {}
    for i in range(sentence.first, sentence.last):
        token = text.tokens[i]
        if token.word and token.text not in _SMALL and not _in_a_name(text, i):
            stretches.setdefault(places[i], []).append(i)
    if len(stretches) > _MOST:
        return
    in_time = sorted(stretches)
    for one, other in pairwise(in_time):
        yield from ((a, b) for a in stretches[one] for b in stretches[other])


def _parted(colons: Sequence[int], one: int, other: int) -> bool:
    """Whether a colon stands between: what it announces may come at any time."""
    return bool(colons) and bisect_left(colons, one) != bisect_left(colons, other)


def _in_a_name(text: Text, place: int) -> bool:
    """Whether a word is only a part of a name: "filter-repo" is no repository."""
    around = [text.tokens[i] for i in (place - 1, place + 1) if 0 <= i < len(text.tokens)]
    token = text.tokens[place]
    near = [one for one in around if one.word and 1 in (token.start - one.end, one.start - token.end)]
    return any(text.given[min(one.end, token.end)] == "-" and one.text not in _AGAIN for one in near)


def _is_told(one: float, other: float) -> bool:
    """Whether a word says which of two places in time is the earlier, and not only their order of words.

    "Before every write and in every environment": the word tells what comes before the write, and of the
    write and the environment nothing.
    """
    return 0 < abs(other - one) < 1 or abs(other - one) > _APART


_APART = 10_000.0
"""Places farther apart than any two sentences: one of them is called first or last."""
_MOST = 12
"""Stretches of a sentence beyond which nobody tells an order in it."""


@lru_cache(maxsize=8_192)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Kept: rubrics held out of one of their texts share all others."""
    made = read_own(text)
    places = ranks(made)
    found: dict[tuple[str, str], None] = {}
    for sentence in made.sentences:
        announces = any(made.tokens[i].text == ":" for i in range(sentence.first, sentence.last))
        if not announces and _tells_when(made, sentence):
            for a, b in _ordered(made, sentence, places):
                found[made.tokens[a].stem, made.tokens[b].stem] = None
    return tuple(found)
