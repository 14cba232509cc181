"""Opinions in any wording: a few words, none of them about the subject, that believe or deny a statement.

The frames in `frames.py` are fixed phrases. Here only the kinds of words count: who holds an opinion, what a
statement, a true and a false one are called, and how often that is turned round.
"""

from collections.abc import Sequence
from itertools import pairwise

from checkpoint.core.grading import lexicon, opinion_words
from checkpoint.core.grading.frames import Framing, Where

LONGEST = 12
"""Words of an opinion at most."""
SHORTEST = 3
"""Words of a statement at least."""

_FALSE = frozenset(word for phrase in opinion_words.FALSE_WORDS for word in phrase.split())
_TRUE = frozenset("true truth fact case accurate right correct reality".split())
_JUDGING = (_FALSE | _TRUE) - frozenset(
    """wrong right correct mistake error false incorrect case fact true accurate made up thinking
    invented""".split()
)
"""What only statements are called: "…, the wrong one" and "what it assumes is not true" speak of a thing."""
_TURNING = lexicon.NEGATIONS | opinion_words.DOUBTING | _FALSE - {"up", "thinking", "made", "tale"}
_HOLDING = opinion_words.BELIEVING | opinion_words.DOUBTING | opinion_words.STATEMENTS | _FALSE | _TRUE
_SELF = frozenset("i we me us".split())
_TRUSTING = frozenset("believe buy think trust agree accept".split())
_PLAIN = (
    lexicon.FUNCTION_WORDS
    | lexicon.NEGATIONS
    | frozenset(opinion_words.EMPHASIS)
    | _HOLDING
    | frozenset(
        """somebody someone anybody anyone everybody everyone nobody people person engineer engineers urban
        old pure complete utter total load piece seriously honestly really ever sane word single prove proven
        proves shown show shows known further far from longer course sorry well hm ok""".split()
    )
)


def opinion_of(words: Sequence[str]) -> Framing | None:
    """The opinion that a sentence holds or is, from its words and signs; None where there is none."""
    return _before_that(words) or _behind(words) or _alone(words)


def may_judge(words: Sequence[str]) -> bool:
    """Whether a word of an opinion is there at all; most sentences have none."""
    return not _TURNING.isdisjoint(words)


def _before_that(words: Sequence[str]) -> Framing | None:
    """ "I refuse to accept that …": an opinion at the head, then what it is about."""
    if "that" not in words[2 : LONGEST + 1]:
        return None
    at = words.index("that", 2)
    head = words[:at]
    follows = words[at - 1] in _HOLDING or words[at - 2] in opinion_words.BELIEVING
    if not follows or len(words) - at <= SHORTEST or not _is_plain(head, 1) or not _HOLDING & set(head):
        return None
    turns = _turns(head)
    return Framing(0, at + 1, Where.AFTER, bool(turns % 2)) if turns else None


def _behind(words: Sequence[str]) -> Framing | None:
    """ "…: I don't buy it" at the end of a sentence."""
    edge = next((i for i in range(len(words) - 2, 2, -1) if words[i] in (",", ";", ":", "-", "(")), 0)
    tail = words[edge + 1 :]
    if not edge or not _judges(tail) or not _is_plain(tail, 0) or _turns(tail) % 2 == 0:
        return None
    return Framing(edge, len(words), Where.BEFORE, True)


def _alone(words: Sequence[str]) -> Framing | None:
    """A sentence that is nothing else: "What a load of rubbish." """
    if not _judges(words) or not _is_plain(words, int(bool(_JUDGING & set(words)))):
        return None
    turns = _turns(words)
    return Framing(0, len(words), Where.PREVIOUS, bool(turns % 2)) if turns else None


def _judges(words: Sequence[str]) -> bool:
    """Names truth or falsehood, or tells what the author or the reader should believe."""
    known = set(words)
    trusts = bool(_TRUSTING & known) and (bool(_SELF & known) or words[0] in ("do", "never", "nobody"))
    rejects = bool(_SELF & known) and bool(opinion_words.DOUBTING & known)
    return len(words) <= LONGEST and (trusts or rejects or bool(_JUDGING & known))


def _is_plain(words: Sequence[str], others: int) -> bool:
    """At most so many words of a subject."""
    strange = sum(word[0].isalnum() and word not in _PLAIN for word in words)
    return len(words) <= LONGEST and strange <= others


def _turns(words: Sequence[str]) -> int:
    far = sum(one == "far" and other == "from" for one, other in pairwise(words))
    return far + sum(word in _TURNING for word in words)
