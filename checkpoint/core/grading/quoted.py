"""Statements in quotation marks: "“CI is the last layer” is what consultants say" claims nothing.

A quoted name or message is part of what an author says; a quoted statement is so only where nobody else is
said to say it and nothing refutes it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checkpoint.core.grading import lexicon, opinion_words, talk_words
from checkpoint.core.grading.frames import Framing, Where

SHORTEST = 3
"""Words of a quoted statement at least."""

_REFUTING = (
    frozenset(word for phrase in opinion_words.FALSE_WORDS for word in phrase.split())
    | frozenset("no nope not hardly short false useless pointless doesn't overreacting outdated".split())
) - frozenset("made up thinking case".split())
_NEAR = 4
"""Words behind a quotation within which a refusal belongs to it."""
_TALKING = (
    talk_words.BELIEVE
    | talk_words.SAY
    | talk_words.HEAR
    | talk_words.TALK
    | talk_words.SAYINGS
    | opinion_words.STATEMENTS
    | frozenset("argument excuse attitude disagree doubt".split())
) - frozenset(
    """take takes took taking put puts hold holds held holding fact truth reality case answer love like
    want""".split()
)
_SPEAKERS = (talk_words.MOUTHS | talk_words.FOOLS) - (
    lexicon.FUNCTION_WORDS
    | frozenset("people person somebody someone anybody anyone some others most".split())
)
_BE = frozenset("is was are were sounds makes belongs".split())
_SELF = frozenset({"i", "we"})
_SPOKEN = (talk_words.SAY | talk_words.BELIEVE) - talk_words.HEAR
_REPORTS = 10
"""Words behind a quotation that may tell whose it is."""
_ENDS = frozenset('; : - ( " . but however yet although though while whereas'.split())
_QUOTE = '"'


def quotations(words: Sequence[str]) -> Iterator[Framing]:
    """The quoted statements of a sentence that are not its author's."""
    places = [at for at, word in enumerate(words) if word == _QUOTE]
    for first, last in zip(places[::2], places[1::2], strict=False):
        inside = words[first + 1 : last]
        if sum(word[0].isalnum() for word in inside) < SHORTEST or _is_name(inside):
            continue
        denies = _is_refuted(words, first, last)
        if denies or _is_attributed(words, first, last):
            where = Where.INSIDE if denies else Where.SUPPOSED
            begin, end = _begin(words, first), _end(words, last + 1)
            yield Framing(begin, end, where, denies, inside=(first + 1, last))


def _begin(words: Sequence[str], first: int) -> int:
    """Where a subject begins whose predicate the quotation is: "a line of salesmen is “…”"."""
    if not first or words[first - 1] not in _BE:
        return first
    return next((i + 1 for i in range(first - 1, -1, -1) if words[i] in _ENDS), 0)


def _end(words: Sequence[str], behind: int) -> int:
    """Where a predicate of a quotation ends, which is about the words and claims nothing either."""
    if behind >= len(words) or words[behind] not in _BE:
        return behind
    return next((i for i in range(behind, len(words)) if words[i] in _ENDS), len(words))


def _is_name(inside: Sequence[str]) -> bool:
    """A command, an option or a file, and no statement."""
    names = sum(word.startswith("-") or "." in word[:-1] or word == "/" for word in inside)
    return 3 * names >= len(inside)


def _is_refuted(words: Sequence[str], first: int, last: int) -> bool:
    behind = [word for word in words[last + 1 : last + 2 + _NEAR] if word not in lexicon.LIGHT]
    if "but" in behind or "only" in behind:
        return False
    return not _REFUTING.isdisjoint(behind) or _is_opposed(words[:first])


def _is_opposed(before: Sequence[str]) -> bool:
    """ "I disagree with “…”" """
    near = before[-3:]
    return not talk_words.CHALLENGE.isdisjoint(near)


def _is_attributed(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the rest of the sentence speaks of talk, by somebody that isn't trusted."""
    behind = words[last + 1 : last + 1 + _REPORTS]
    rest = set(words[max(0, first - 6) : first]) | set(behind)
    if not talk_words.TRUSTED.isdisjoint(rest) or _is_own(behind):
        return False
    speaks = not _SPEAKERS.isdisjoint(rest)
    called = not talk_words.KINDS.isdisjoint(rest) or (bool(behind) and behind[0] in _BE)
    return not _TALKING.isdisjoint(rest) or (speaks and called)


def _is_own(behind: Sequence[str]) -> bool:
    """ "“…” is what I tell everybody": the author's own words."""
    return any(one in _SELF and other in _SPOKEN for one, other in pairwise(behind))
