"""Remarks behind a statement that take the author's word back: "…, so the brochure goes", "… Just kidding."

Anybody's words become hearsay by them, and mockery denies them.
"""

import re
from collections.abc import Sequence
from functools import cache

from checkpoint.core.grading import talk_words
from checkpoint.core.grading.frames import Framing, Where

LONGEST = 12
"""Words of a remark at most."""


def _any(words: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_SOURCE = _any(talk_words.MOUTHS | talk_words.FOOLS | talk_words.TALK)
_SAYS = _any(talk_words.BELIEVE | talk_words.SAY | frozenset("goes go has".split()))
_WHO = rf"(?:\w+ ){{0,3}}{_SOURCE}(?: \w+){{0,2}}?"
_LAUGH = _any(talk_words.LAUGHTER)

_CALLED = _any(
    talk_words.SAYINGS
    | talk_words.KINDS
    | frozenset("claim idea story theory view statement argument".split())
)
_SAYING = (
    r"(?:the|an?|another|one of (?:the|those|these)) (?:\w+ )?(?:(?:sort|kind|type)s? of )?"
    rf"(?:\w+ )?{_CALLED}"
    rf" (?:that |which )?{_WHO} {_any(talk_words.UTTER | frozenset(('love', 'loves')))}(?: \w+){{0,3}}"
)
"""A name for what somebody says: "the sort of thing that consultants like to say"."""

_EVER = rf"anyway|anyhow|at least|goes|they tell|{_SAYS}"

# Compiled when they are first asked: they hold hundreds of words, and whoever only reads content needs none.


@cache
def _mocking() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:well |oh |and |ok |but |, )*(?:{_LAUGH}(?:[ ,]+{_LAUGH})+"
        r"|(?:lol|haha|rofl|lmao|hardly|whatever|not|as if|dream on|my foot|or not"
        r"|hardly likely|not likely|fat chance|no chance|nice try|good one|wishful thinking)"
        r"|(?:i am |i was |we are )?(?:just |only )?(?:kidding|joking)"
        r"|(?:only |maybe )?in (?:your|their|his|her|my|our) (?:wildest )?(?:dreams|imagination|fantasy)"
        r"|good luck with that|pull the other (?:one|leg)|if you say so"
        r"|you wish|i wish|we wish|one wishes|if only"
        r"|(?:i|he|she|they) (?:just )?(?:made|make) (?:that|this|it|all that) up"
        r"|do not believe (?:it|that|this|a word)(?: of it)?"
        r"|(?:sadly|alas|unfortunately) ?,? (?:it|that|this) is"
        r" (?:only |just |pure |all )?(?:fiction|a dream|fantasy)"
        r"|i (?:would|will|do) not (?:bet|count|rely) on (?:it|that|this)"
        r"|not (?:in )?(?:my|our) (?:view|opinion|book|experience|understanding)"
        r"|(?:what an? )?(?:silly|stupid|foolish|crazy|terrible|awful|dumb|ridiculous)"
        r" (?:idea|thought|notion)"
        r"|(?:and )?(?:i|we) (?:(?:do|can|could|would) not|never) (?:buy|believe|trust|support) (?:a|one"
        r"|any|a single)"
        r" (?:word|bit|thing)(?: of (?:it|this|that))?|i am not one of (?:them|those)|tell me another(?:"
        r" one)?"
        r"|(?:i|we) (?:take|have|hold|express) no (?:position|view|opinion|stance)(?: \w+){0,3}"
        r"|(?:sure|of course|yeah),? (?:and )?(?:then|i) (?:believe|woke) .*"
        r"|i (?:leave|keep) (?:that|this|it|both|all that) (?:open|undecided)"
        r"|i beg to differ|said (?:no ?one|nobody) ever|(?:alas|sadly|unfortunately)"
        r"|(?:.* )?pigs (?:\w+ )?(?:fly|have wings)|(?:.* )?moon is made of.*"
        r"|(?:.* )?i am (?:the|a) (?:pope|queen|king|emperor|pharaoh|unicorn|millionaire))$"
    )


@cache
def _retelling() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:or |and |at least |well |, )*"
        rf"(?:so {_WHO} {_SAYS}(?: it)?(?: \w+)?|as {_WHO} {_SAYS}(?: it)?"
        rf"|so (?:i|we) (?:\w+ )?(?:told|taught|heard)|{_SOURCE} {_SAYS}(?: so)?"
        rf"|(?:if (?:you|one|we) (?:\w+ )?(?:believes?|trusts?|listens? to|buys?|swallows?|follows?)"
        rf"|if you ask|according to) {_WHO}(?: \w+)?"
        rf"|(?:that|this|it|which) is (?:at least |only |just )*(?:what|how) {_WHO} {_SAYS}.{{0,30}}"
        rf"|(?:(?:that|this|it|which) is (?:at least |only |just |exactly )*)?{_SAYING}"
        rf"|(?:that|this|it|which) (?:is|was|would be) (?:at least |only |just )*"
        rf"(?:the|a|my|their|our) (?:\w+ )?(?:theory|legend|dream|hope|hype|slogan|pitch|marketing|propaganda"
        rf"|fantasy)(?:[ ,]+(?:{_EVER}).{{0,20}})?"
        rf"|(?:that|this|it|which) is (?:at least |only |just )*(?:the|a) (?:\w+ )?"
        rf"(?:story|version|line|promise|idea)[ ,]+(?:{_EVER}).{{0,20}})$"
    )


@cache
def _sold() -> re.Pattern[str]:
    return re.compile(rf"^is (?:only |just )?(?:what|how) {_WHO} {_any(talk_words.SELL)}(?: \w+)?$")


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"^is (?:only |just |exactly )?{_SAYING}$")


_EDGES = frozenset(", ; : - ( .".split())


def remark_of(words: Sequence[str]) -> Framing | None:
    """The remark at the end of a sentence, or the sentence as a remark about the one before."""
    if len(words) <= LONGEST + 2 and (denies := _kind(words)) is not None:
        return Framing(0, len(words), Where.PREVIOUS if denies else Where.SUPPOSED_PREVIOUS, denies)
    for at in range(max(2, len(words) - LONGEST - 3), len(words) - 1):
        if words[at] in _EDGES and (denies := _kind(words[at + 1 :])) is not None:
            return Framing(at, len(words), Where.BEFORE if denies else Where.SUPPOSED_BEFORE, denies)
        if words[at] == "is" and words[0] == "that" and _saying().match(_plain(words[at:])):
            return Framing(at, len(words), Where.SUPPOSED_BEFORE, False)
        if words[at] == '"' and _sold().match(_plain(words[at + 1 :])):
            return Framing(at + 1, len(words), Where.SUPPOSED_BEFORE, False)
    return None


def mocks(words: Sequence[str]) -> bool:
    """Whether words are mere mockery: "sure, and pigs can fly"."""
    return len(words) <= LONGEST and bool(_mocking().match(_plain(words)))


def _plain(words: Sequence[str]) -> str:
    """The words without the signs at both ends."""
    return " ".join(words).strip(" .,;:!?()\"'-")


def _kind(words: Sequence[str]) -> bool | None:
    """True for a mocking remark, which denies; False for one that leaves it to others."""
    line = _plain(words)
    if not line or " me" in line[-3:]:
        return None
    if _mocking().match(line):
        return True
    return False if _retelling().match(line) else None
