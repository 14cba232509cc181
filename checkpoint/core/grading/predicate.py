"""A negated verb says no of its whole clause: in "A bot commit does not write the tag" of the bot, too.

A negation reaches the words behind it; what stands before the verb, or far behind, is not said of anything
else either. Such words are not denied one by one ("the runner does not see it" says nothing against runners),
but they are no evidence.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile
from operator import attrgetter

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.roles import Word
from checkpoint.core.grading.text import Text

_HELPERS = frozenset(
    "is are was were be been do does did can could will would should must may might has have had".split()
)
_ONLY_VERBAL = frozenset(
    """fails fail failed forget forgets refrain by in refuse refuses refused decline declines declined
    neglect neglects neglected omit omits omitted""".split()
)
"""First words of negations that always belong to a verb: "fails to", "by no means"."""
_ASIDE = frozenset("instead rather".split())
"""Of negations that only reach forward, up to a comma: "instead of checking logs and pages"."""
_ALONE = frozenset("not never hardly barely rarely".split())
_STOPS = frozenset(
    """if when whenever where wherever while who which what that whose whether how because since so unless
    until then than but though although once as""".split()
)
_REACH = 100
"""Words that a clause has on each side of its negation: without an end, a thousand negations in
20,000 characters without a stop would each be looked for through all of them."""
_EDGES = frozenset("; : ( ) [ ] - -> => → . ! ?".split())


def denied_clause(text: Text, words: Sequence[Word], cue: int) -> range:
    """The tokens of the clause whose verb a negation at `cue` belongs to; none if it belongs to no verb.

    `words` are those of its sentence, by `roles.tagged`.
    """
    at = bisect_left(words, cue, key=_place)
    aside = at < len(words) and words[at].text in _ASIDE
    if at == len(words) or not (aside or _is_verbal(words, at)):
        return range(0)
    first, last = at if aside else _begin(words, at), _end(words, at)
    clause = text.clauses[text.tokens[cue].clause]
    return range(max(words[first].place, clause[0]), min(words[last].place + 1, clause[1]))


_place = attrgetter("place")


def _is_verbal(words: Sequence[Word], at: int) -> bool:
    """Whether a negation stands by a verb: "does not", "never checks", but not "not on the laptop"."""
    word = words[at].text
    helped = at > 0 and words[at - 1].text in _HELPERS
    if word in _ALONE and not helped:
        return word != "not" and at + 1 < len(words) and words[at + 1].tag in ("verb", "noun", "helper")
    return helped or word in _ONLY_VERBAL or [one.text for one in words[at : at + 2]] == ["no", "longer"]


def _begin(words: Sequence[Word], at: int) -> int:
    """Where the clause begins: "every time …," before it belongs to it."""
    first = _back(words, at)
    if first > 1 and words[first - 1].text == ",":
        put_before = _back(words, first - 1)
        if words[put_before].text in ("each", "every"):
            return put_before
    return first


def _back(words: Sequence[Word], at: int) -> int:
    first = max(0, at - _REACH)
    while at > first and not _parts(words[at - 1]):
        at -= 1
    return at


def _parts(word: Word) -> bool:
    return word.text in _EDGES or word.text in _STOPS or word.text in (",", "and", "or")


def _end(words: Sequence[Word], at: int) -> int:
    """Where the clause ends: at a comma, unless a place or a time follows, or where another verb comes."""
    last, furthest = at, min(len(words) - 1, at + _REACH)
    while last < furthest:
        word, behind = words[last + 1], words[last + 2 : last + 2 + _REACH]
        if word.text in _EDGES or word.text in _STOPS:
            break
        if word.text == "," and not (behind and _adds(behind[0])):
            break
        if word.text in ("and", "or") and _has_verb(behind):
            break
        last += 1
    return last


def _adds(word: Word) -> bool:
    """Whether a word behind a comma only tells more: ", on …", ", such as …", ", called …"."""
    return word.tag in ("preposition", "by") or word.text == "such" or word.text.endswith(("ed", "ing"))


def _has_verb(words: Sequence[Word]) -> bool:
    """Whether a verb comes before the next comma."""
    return any(map(_is_finite, takewhile(lambda word: word.tag != "sign", words)))


def _is_finite(word: Word) -> bool:
    return word.tag in ("be", "helper") or (word.tag == "verb" and word.text in lexicon.COMMON_VERBS)
