"""What an answer only imagines: what would be, what could be done, what somebody had done if …"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checkpoint.core.grading.text import Text

OFTEN = 0.2
"""Share of the right texts that say "can" from which on a criterion is about what is possible."""
_PAST = frozenset({"was", "were", "had", "weren't", "wasn't", "hadn't"})
_WOULD = frozenset({"would", "could", "might", "wouldn't", "couldn't", "'d"})
_HELPS = frozenset({"would", "wouldn't", "'d"})
_TAKING_BACK = frozenset("but however unfortunately sadly alas regrettably except".split())
_COULD = frozenset("could might may".split())
_ANYBODY = frozenset("one you somebody someone anybody anyone we i they people there".split())
_SKIPPED = frozenset("also then just even still perhaps maybe well in theory always only not".split())


@dataclass(slots=True)
class Imagined:
    """Per token of a text."""

    unreal: set[int] = field(default_factory=set)
    """Words of what would be if something were otherwise: no belief of the author's, right or wrong."""
    possible: set[int] = field(default_factory=set)
    """Words of what somebody could do, which doesn't say that it is done or has to be."""
    condition: set[int] = field(default_factory=set)
    """Words of a condition that isn't met: "if the check ran everywhere, we would be safe, but …"."""
    past: set[int] = field(default_factory=set)
    """Words of what has not happened: "if they had …, it would have …"."""

    def is_imagined(self, tokens: Iterable[int]) -> bool:
        """Whether what these words say only could be, or could have been."""
        return any(token in self.possible or token in self.past for token in tokens)


def imagined(text: Text) -> Imagined:
    """Read every sentence once for what it only imagines."""
    made = Imagined()
    for sentence in text.sentences:
        places = range(sentence.first, sentence.last)
        words = [text.tokens[place].text for place in places]
        if _WOULD.isdisjoint(words) and _COULD.isdisjoint(words):
            continue
        _unreal(places, words, made)
        _condition(places, words, made)
        _past(places, words, made)
        _possible(text, places, words, made)
    return made


def speaks_of_chances(texts: Sequence[str]) -> bool:
    """Whether right texts themselves say what could be, what would be if …, or often what can be."""
    found = [set(text.lower().split()) for text in texts]
    often = sum("can" in words for words in found) >= OFTEN * len(found)
    return often or any(_COULD & words or {"if", "would"} <= words for words in found)


def _unreal(places: range, words: Sequence[str], made: Imagined) -> None:
    """A sentence with "if … was …" and "would …": what it says of the world is that it isn't so.

    "If you revert it, it would be gone" is no such sentence: its author believes it.
    """
    if "if" not in words or _WOULD.isdisjoint(words):
        return
    condition = words[words.index("if") + 1 :]
    reach = next((n for n, word in enumerate(condition) if word in _WOULD or word in ",;:"), len(condition))
    if _PAST.intersection(condition[:reach]):
        made.unreal.update(places)


def _condition(places: range, words: Sequence[str], made: Imagined) -> None:
    """From "if" to the comma, "then" or the subject of "would", where the sentence says that it isn't so."""
    if "if" not in words or _HELPS.isdisjoint(words):
        return
    first = words.index("if")
    helper = next((n for n in range(first, len(words)) if words[n] in _HELPS), len(words))
    if _TAKING_BACK.isdisjoint(words[helper:]):
        return
    ends = [n for n in range(first, helper) if words[n] in (",", "then", ";", ":")]
    last = ends[0] if ends else helper - (helper < len(words))
    made.condition.update(places[first:last])


def _past(places: range, words: Sequence[str], made: Imagined) -> None:
    """ "If they had …, it would have …", "it could have been …"."""
    supposing = "if" in words or words[0] == "had" or any(pair == (",", "had") for pair in pairwise(words))
    helpers = _WOULD if supposing else _COULD
    if any(word in helpers and "have" in _next(words, at, 3) for at, word in enumerate(words)):
        made.past.update(places)


def _next(words: Sequence[str], at: int, count: int) -> list[str]:
    return [word for word in words[at + 1 : at + 1 + count] if word not in _SKIPPED][:1]


def _possible(text: Text, places: range, words: Sequence[str], made: Imagined) -> None:
    """ "You could tell the owners": from the agent to the end of the clause."""
    for at, word in enumerate(words[:-1]):
        if word not in _ANYBODY or not _COULD.intersection(_next(words, at, 2)):
            continue
        clause = text.tokens[places[at]].clause
        made.possible.update(place for place in places[at:] if text.tokens[place].clause == clause)
