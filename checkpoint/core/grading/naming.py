"""Sentences that only name things: "it is all about the guard, the context and the namespace".

They say that things play a part, and not which. Known by the kinds of their words: one that tells what
something is about, names in a row, and no verb of the subject's own.
"""

from collections.abc import Sequence

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.roles import Word, tagged
from checkpoint.core.grading.text import Sentence, Text

NAMES = 3
"""Names in a row from which on they are listed."""
_ABOUT = frozenset(
    """about involve involves involved concern concerns concerned relate relates related matter matters
    important essential crucial relevant role topic topics theme themes term terms concept concepts keyword
    keywords words notion notions aspect aspects mention mentions regard regarding""".split()
)
_TO_DO_WITH = ["to", "do", "with"]
_WEAK = _ABOUT | frozenset(
    """is are was were be been being do does did play plays to will would can could should must may might
    go goes lot keep there help helps need needs exist exists one come comes think know has have
    topics actions""".split()
)
"""Verbs that say nothing about what they are said of."""
_JOINS = frozenset((",", "and", "or", "&", "/"))


def only_names(text: Text, sentence: Sentence) -> bool:
    """Whether a sentence lists names without saying anything of them."""
    words = tagged(text, sentence)
    if not _tells_about(words) or _names(words) < NAMES:
        return False
    return not any(_says(words, at) for at in range(len(words)))


def _tells_about(words: Sequence[Word]) -> bool:
    plain = [word.text for word in words]
    return not _ABOUT.isdisjoint(plain) or any(plain[at : at + 3] == _TO_DO_WITH for at in range(len(plain)))


def _says(words: Sequence[Word], at: int) -> bool:
    """Whether a word says something of a name: a verb of the subject, "killing sessions", "is checked"."""
    word = words[at]
    if word.text in _WEAK or word.tag == "determiner":
        return False
    if word.tag == "verb":
        behind = words[at + 1].tag if at + 1 < len(words) else "sign"
        before = words[at - 1].tag if at else "sign"
        if before in ("be", "pronoun") or behind in ("determiner", "pronoun"):
            return True
        return behind != "sign" and before == "noun"
    return word.text in lexicon.NEGATIONS or (word.tag != "small" and word.text.endswith(("ing", "ed")))


def _names(words: Sequence[Word]) -> int:
    """How many names stand in a row, joined by commas and "and"."""
    most = row = 0
    fresh = False
    for word in words:
        if word.tag == "noun":
            row += not fresh
            fresh = True
        elif word.text in _JOINS:
            fresh = False
        elif word.tag not in ("determiner", "small", "preposition", "joint", "helper"):
            most, row, fresh = max(most, row), 0, False
    return max(most, row)
