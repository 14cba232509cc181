"""The frames that people put around a whole statement, as patterns over its words."""

import re
from dataclasses import dataclass
from enum import Enum

from checkpoint.core.grading import opinion_words


class Where(Enum):
    """Which stretch a frame speaks about."""

    AFTER = "the rest of the sentence"
    INSIDE = "the group x"
    BEFORE = "the sentence up to here"
    PREVIOUS = "the sentence before"
    ALL_BEFORE = "everything before"
    SUPPOSED = "the rest of the sentence, which nobody claims"
    SUPPOSED_BEFORE = "the sentence up to here, which nobody claims"
    SUPPOSED_PREVIOUS = "the sentence before, which nobody claims"


@dataclass(frozen=True, slots=True)
class Frame:
    pattern: re.Pattern[str]
    where: Where
    denies: bool
    unless_negated: bool = False
    """Says no more than "no": after a negative sentence that agrees with it."""


@dataclass(frozen=True, slots=True)
class Framing:
    """A frame in a sentence: its words [first, last), and what it speaks about."""

    first: int
    last: int
    where: Where
    denies: bool
    unless_negated: bool = False
    inside: tuple[int, int] | None = None
    """Words of the sentence that it encloses."""


_ADVERB = r"(?:(?:" + "|".join(opinion_words.EMPHASIS) + r") )*"
_FALSE = (
    r"(?:(?:a|an|the|pure|complete|common|popular|widespread|typical|old|just|plain) )*"
    r"(?:" + "|".join(opinion_words.FALSE_WORDS) + r")"
)
_TRUE = r"(?:" + "|".join(opinion_words.TRUE_WORDS) + r")"
_NO = r"(?:not|never|hardly|no longer|far from|by no means|anything but)"
_IS = (
    r"(?:is|was|are|were|would be|seems|sounds|remains|(?:has|have|had) (?:long )?been|turned out(?: to be)?"
    r"|proved(?: to be)?|is considered|counts as)"
)
_UNTRUE = rf"{_ADVERB}(?:{_NO} {_ADVERB}{_TRUE}|{_FALSE})(?: at all)?"
_SAY = r"(?:say|think|claim|believe|assume|suppose|conclude|state|argue|maintain|expect|pretend|write)"
_SOMETHING = r"(?! so\b)(?! (?:with )?(?:that|this|it|him|her|them) ?(?:[.,;!]|at all|$))"
"""Not only "that" or "so", which speak of the sentence before."""
_STATEMENT = (
    r"(?:claim|idea|belief|notion|statement|assumption|view|theory|opinion|argument|rumou?r|myth|assertion|"
    r"sentence|story|tale|legend|thesis|hypothesis|impression|thought)"
)
_IT = (
    r"(?:that|this|it|which|he|she|they|who|the above"
    r"|what (?:i|he|she|they) (?:just )?(?:said|wrote|says?|think))"
)
_STATED = (
    r"(?= \w)(?! (?:afterwards |later |then )?"
    r"(?:and|or|but|because|since|so|when|where|which|what|who|why|how|whether|if|in|at|on|to|from|by|with|before"
    r"|after|that)\b)(?! (?:it|this|them|any of it|anything|these|those)"
    r"(?: (?:and|or|but|because|so|[,.;:!?)])|$))"
)
"""A statement follows: in "things that nobody expected, and …" and "nobody can say which" none does."""
_NOT_SO = (
    r"(?:"
    rf"{_IS} {_ADVERB}not (?:how|what|the way) (?:it|this|that|things|you|one|we|they|he|she|happens)\b"
    rf"|{_IS} {_ADVERB}(?:what|the thing|something) (?:(?:you|one|we|i|they|people) (?:\w+ ){{0,2}}?"
    r"(?:not|never)|nobody|no one)\b"
    rf"|(?:i|we|many) (?:would |do )?(?:find|consider|think|call|believe) (?:is |to be )?{_ADVERB}{_FALSE}"
    rf"|{_IS} what (?:i|we|you|one|people) (?:would |might |could )?call {_ADVERB}{_FALSE})"
)
"""What follows upon "that" or "it": "is not how it works", "is what you should not do"."""
_END = r"(?= (?:[,.;:!?)-]|because|since|and|but|as|though)|$)"


def _frame(pattern: str, where: Where, denies: bool, unless_negated: bool = False) -> Frame:
    return Frame(re.compile(pattern), where, denies, unless_negated)


FRAMES: tuple[Frame, ...] = (
    # stands by what follows, against what others say
    _frame(
        r"^(?:unlike|despite|in spite of|never mind|forget|ignore) [^,;:]{1,80} [,;:]", Where.AFTER, False
    ),
    # stands by what follows, in spite of its negation
    _frame(rf"\b(?:it|this|that) {_IS} {_NO} {_ADVERB}{_FALSE}(?: to {_SAY})? that", Where.AFTER, False),
    _frame(
        r"\b(?:do not|never|not to|(?:must|should|may|can) (?:not|never)|nobody should|no one should)"
        r" (?:ever )?(?:forget\b|(?:ignore|overlook|underestimate|doubt|deny|dismiss|neglect)"
        r"(?= (?:the fact )?that))(?: the fact)?(?: that)?",
        Where.AFTER,
        False,
    ),
    _frame(
        r"\b(?:there )?(?:is )?(?:no|without) (?:doubt|question|secret|surprise|denying)(?: that)?",
        Where.AFTER,
        False,
    ),
    _frame(r"\bi (?:do|can|would|could) not (?:doubt|deny|dispute|disagree)(?: that)?", Where.AFTER, False),
    # turns round what follows
    _frame(
        rf"\b(?:it|this|that) {_IS} {_UNTRUE}"
        rf"(?: (?:to {_SAY}(?: that)?|if (?:you|one|someone|somebody) \w+ that)| that)",
        Where.AFTER,
        True,
    ),
    _frame(rf"^(?:this|that|it|the following) (?:\w+ )?{_IS} {_UNTRUE} [:-]", Where.AFTER, True),
    _frame(
        rf"\bi (?:do|would|could|can|did) not (?:really |actually |honestly |seriously )?"
        rf"(?:{_SAY}|agree|accept|buy){_SOMETHING}(?: (?:it|the {_STATEMENT}))?(?: that)?",
        Where.AFTER,
        True,
    ),
    _frame(
        rf"\bi (?:strongly |completely |totally |fully |seriously |really )?"
        rf"(?:(?:disagree|doubt)(?: with)?(?: the {_STATEMENT})?(?: that)?(?! [.,;!])"
        rf"|(?:deny|dispute|reject)(?: the {_STATEMENT})? that)(?= \w+ \w)",
        Where.AFTER,
        True,
    ),
    _frame(
        rf"\b(?:nobody|no one|noone|no (?:sane |serious |good )?(?:engineer|person|team|reviewer))"
        rf"(?: \w+ly)?(?: (?:can|could|should|would|will|may|must))?(?: \w+ly)? {_SAY}s?(?: that)?{_STATED}",
        Where.AFTER,
        True,
    ),
    _frame(
        rf"\b(?:(?:should|must|may|can|could|would) (?:not|never)|do not|never)"
        rf" (?:ever |simply |just |blindly )?(?:{_SAY}|fall for){_SOMETHING}(?: that)?(?= \w)",
        Where.AFTER,
        True,
    ),
    _frame(
        r"^(?:so )?(?:wrong|false|myth|misconception|fallacy|folklore|incorrect|untrue|not true|lie"
        r"|nonsense|not|wrong answer|false claim|(?:the )?(?:exact )?(?:opposite|contrary|reverse) of"
        r" (?:the truth|reality|what is \w+)) (?:[:-])",
        Where.AFTER,
        True,
    ),
    _frame(
        rf"\b(?:a|the|one|another) (?:very )?(?:common |popular |typical |widespread |classic )?"
        rf"(?:myth|misconception|fallacy|misunderstanding) (?:is|says|goes|:)(?: that| to {_SAY})?",
        Where.AFTER,
        True,
    ),
    # claims nothing
    _frame(
        r"^(?:now |well |so |let us |just |please |, )*(?:suppose|imagine|pretend|assume|picture)\b"
        r"(?: , )?(?: (?:just )?for (?:a|the|an|\w+) ?(?:\w+ )?"
        r"(?:moment|second|minute|sake|argument|fun|once)(?: of (?:the |an )?(?:argument|discussion|it))?)?"
        r"(?: [:,])?(?: (?:how|what|a \w+ (?:where|in which)))?(?: that)?(?= \w)",
        Where.SUPPOSED,
        False,
    ),
    _frame(
        r"\b(?:legend|rumou?r|folklore|gossip) (?:has it|says|goes)(?: that)?(?= \w)", Where.SUPPOSED, False
    ),
    _frame(
        rf"^(?:\w+ ){{0,2}}\w+(?:ists|ers|ors|folks|guys|critics|experts)"
        rf" (?:\w+ly |often |still |sometimes )?{_SAY}(?: that)?(?= \w)(?! (?:no|yes|so)\b)",
        Where.SUPPOSED,
        False,
    ),
    _frame(r"^(?:\w+ )?(?:supposedly|allegedly|reportedly) ,?", Where.SUPPOSED, False),
    _frame(
        rf"\b(?:i|you|one|we|somebody|someone) (?:could|might|may) (?:\w+ )?{_SAY}(?: that)?(?= \w)",
        Where.SUPPOSED,
        False,
    ),
    _frame(
        r"\b(?:it would be \w+ (?=if|that)|would (?:it )?not (?:it )?be \w+ (?=if)|what (?=if)|if only"
        r"|how \w+ (?:it|that|this) would be (?=if)|^say (?=that)"
        r"|^(?:so |now |well |ok )?let us (?:just )?say(?: , )?(?: for (?:a|the) \w+(?: of argument)?)?(?= )"
        r"|(?:were it|if it (?:were|was)) (?:only |really |indeed )?"
        r"(?:true|so|the case|correct|right) (?=that)"
        r"|^once upon a time|^had (?:we|i|they|you) an? (?:\w+ )+,"
        r"|(?:i|we|you|they|one|everybody|everyone) (?:\w+ )?(?:\w+ )?wish(?:es)?)"
        r" ?(?:if|that)?(?= \w)",
        Where.SUPPOSED,
        False,
    ),
    _frame(
        rf"\bif (?:i|you|one|we|somebody|someone) (?:{_SAY}|said|wrote|write|claimed|argued)"
        r"(?: that)?(?= \w)",
        Where.SUPPOSED,
        False,
    ),
    _frame(
        r"\bi am (?:strongly |totally |absolutely |completely )?(?:against|opposed to|not in favou?r of"
        r"|not a fan of)(?= \w+ing\b)",
        Where.AFTER,
        True,
    ),
    _frame(r"^(?:it|this|that) is not (?:like|as if)(?: that)?(?= \w)", Where.AFTER, True),
    # turns round what it holds
    _frame(
        rf"^(?:(?:but|and|so) )*(?:whoever|who|(?:anyone|anybody|everyone|everybody|people|those|engineers"
        rf"|somebody|someone) (?:who|that)) (?:\w+ly |still |ever )?(?:{_SAY}|tell)s?"
        rf"(?: (?:you|us|me))?(?: that)? (?P<x>.{{1,400}}?)"
        rf" (?:(?:is|are|must be) {_ADVERB}{_FALSE}|(?:has|have) {_ADVERB}no (?:clue|idea)"
        rf"|(?:has|have) (?:not )?{_ADVERB}(?:misunderstood|understood)"
        r"|(?:does|do) not (?:know|understand))\b",
        Where.INSIDE,
        True,
    ),
    _frame(
        rf"^(?:to )?(?:{_SAY}|claiming|saying) that (?P<x>.{{1,400}}?) {_IS} {_UNTRUE}{_END}",
        Where.INSIDE,
        True,
    ),
    _frame(
        rf"\b(?:the|this|any|that) {_STATEMENT} (?:that|:) (?P<x>.{{1,400}}?) {_IS} {_UNTRUE}{_END}",
        Where.INSIDE,
        True,
    ),
    _frame(rf"^that (?P<x>.{{1,400}}?) {_IS} {_UNTRUE}{_END}", Where.INSIDE, True),
    _frame(rf'" (?P<x>[^"]{{1,400}}?) (?:[.] )?" ?(?:{_IS}|:|-) {_UNTRUE}{_END}', Where.INSIDE, True),
    _frame(r"\bcontrary to (?P<x>[^,]{1,200}?) ,", Where.INSIDE, True),
    # speaks about the sentence before
    _frame(
        rf"^(?:(?:none|nothing) (?:of )?(?:this|that|it|the above|above|i (?:just )?(?:said|wrote))"
        rf"(?: \w+)? {_IS} {_ADVERB}{_TRUE}"
        rf"|(?:all|everything) (?:of )?(?:this|that|it|the above|above|i (?:just )?(?:said|wrote))"
        rf"(?: \w+)? {_IS} {_UNTRUE}){_END}",
        Where.ALL_BEFORE,
        True,
    ),
    _frame(
        rf"^(?:(?:no|nope|well|but|sorry|and|wait|actually|of course|however|,) )*"
        rf"{_IT} {_IS} {_UNTRUE}{_END}",
        Where.PREVIOUS,
        True,
    ),
    _frame(
        rf"^(?:(?:no|well|but|sorry|and|wait|actually|however|,) )*"
        rf"(?:i (?:strongly |totally |completely )?disagree"
        rf"|i (?:do|would|could|can) not (?:\w+ly )?(?:agree|think so|say so|believe (?:it|that|this|so))"
        rf"|i do not think (?:that )?(?:this|that|it) (?:is|holds|works))"
        rf"(?: with (?:that|this|it|him|her|them))?"
        rf"{_END}",
        Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:(?:but|no|in fact|actually|in reality|,|quite|just|exactly) )*the (?:exact |very )?"
        r"(?:opposite|contrary|reverse) (?:is|holds|applies|was)",
        Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:(?:but|no|in fact|actually|in reality|,) )*it is (?:exactly |just |rather |quite )?"
        r"(?:the (?:other way (?:round|around)|opposite|reverse)|vice versa)",
        Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:not true|not so|not correct|nonsense|rubbish|wrong|false|untrue|incorrect)(?= [,.;:!-]|$)",
        Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:(?:no|nope|not at all|(?:definitely|certainly|of course|absolutely|surely|clearly) not)"
        r"(?= [,.;:!-]|$)"
        r"|(?:hardly|scarcely|far from it|by no means|not (?:quite|really|exactly|entirely|even close))"
        r"(?= [,.;:!-]|$)"
        r"|(?:quite|just|exactly|on) the (?:opposite|contrary|reverse) ?[,.!]*$)",
        Where.PREVIOUS,
        True,
        unless_negated=True,
    ),
    _frame(
        rf"^(?:(?:yes|and|well|,) )*"
        rf"(?:(?:yes|yep|exactly|true|right|correct|indeed|agreed|absolutely|of course)(?= [,.;:!-]|$)"
        rf"|{_IT} {_IS} {_ADVERB}(?:right|correct|true){_END}"
        rf"|i (?:fully |totally |completely )?agree\b)",
        Where.PREVIOUS,
        False,
    ),
    _frame(rf"^(?:(?:no|well|but|sorry|and|wait|actually|,) )*{_IT} {_NOT_SO}", Where.PREVIOUS, True),
    _frame(
        r"^(?:(?:well|hm+|err?|uh|ok|or|but|oh|,|-) )+(?:no|nope|not|not really)(?= [,.;:!-]|$)"
        r"|^(?:[.] )*not(?: [.!])*$|^no way(?= [,.;:!-]|$)",
        Where.PREVIOUS,
        True,
        unless_negated=True,
    ),
    # speaks about what stands before it in the sentence
    _frame(rf"[,;:(-] (?:and |but |though )?{_IT} {_NOT_SO}", Where.BEFORE, True),
    _frame(
        rf"(?:[,;(-]|\b(?:and|but|though|although)) (?:and |but )?{_IT} {_IS} {_UNTRUE}{_END}",
        Where.BEFORE,
        True,
    ),
    _frame(
        r"[,;(-] (?:but |and |though )?(?:i (?:do not (?:agree|think so|believe (?:it|that|so))|disagree)"
        r"|(?:total |complete |utter )?"
        r"(?:nonsense|rubbish|not true|untrue|a myth|a fallacy|wrong|false)) ?[).!]*$",
        Where.BEFORE,
        True,
    ),
    _frame(
        rf"[-;(] (?:(?:but|and|which is|that is|that would be) )?{_ADVERB}"
        r"(?:useless|pointless|futile|hopeless|nonsense|rubbish|no good|no help|a bad idea|in vain)"
        r"(?= (?:[,.;:!?)-]|because|since|as)|$)",
        Where.BEFORE,
        True,
    ),
    _frame(
        rf"(?:[,;(-]|\band) (?:and )?(?:{_IT} {_IS} {_ADVERB}(?:right|correct|true){_END}"
        rf"|rightly(?: so)?{_END}|i (?:fully |totally |completely )?agree\b)",
        Where.BEFORE,
        False,
    ),
)
