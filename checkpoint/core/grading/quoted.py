"""Statements in quotation marks: "“CI is the last layer” is what consultants say" claims nothing.

A quoted name or message is part of what an author says; a quoted statement is so only where nobody else is
said to say it and nothing refutes it.
"""

from collections.abc import Iterator, Sequence

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
    | opinion_words.STATEMENTS
    | frozenset("sort kind type thing argument excuse sentence phrase attitude disagree doubt".split())
) - frozenset("take takes took taking put puts hold holds held holding fact truth love like want".split())
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
            yield Framing(first, last + 1, where, denies, inside=(first + 1, last))


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
    rest = set(words[max(0, first - 6) : first]) | set(words[last + 1 : last + 9])
    return not _TALKING.isdisjoint(rest) and talk_words.TRUSTED.isdisjoint(rest)
