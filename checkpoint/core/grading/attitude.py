"""What an author thinks of a whole statement: "it is a myth that …", "…, and she is right", "No, wrong."

Such words make a *frame* around a statement. A frame turns the statement round or stands by it; its own
words claim nothing, and its own negations are no negations of the statement.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import Text


@dataclass(slots=True)
class Attitudes:
    """Per token of a text."""

    turned: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """How many frames deny what the token belongs to."""
    endorsed: set[int] = field(default_factory=set)
    """Somebody else's words that the author stands by, and questions that the author answers."""
    heads: set[int] = field(default_factory=set)
    """The words of the frames themselves."""


class _Where(Enum):
    """Which stretch a frame speaks about."""

    AFTER = "the rest of the sentence"
    INSIDE = "the group x"
    BEFORE = "the sentence up to here"
    PREVIOUS = "the sentence before"
    ALL_BEFORE = "everything before"


@dataclass(frozen=True, slots=True)
class _Frame:
    pattern: re.Pattern[str]
    where: _Where
    denies: bool
    unless_negated: bool = False
    """Says no more than "no": after a negative sentence that agrees with it."""


_ADVERB = r"(?:(?:" + "|".join(lexicon.EMPHASIS) + r") )*"
_FALSE = (
    r"(?:(?:a|an|the|pure|complete|common|popular|widespread|typical|old|just|plain) )*"
    r"(?:" + "|".join(lexicon.FALSE_WORDS) + r")"
)
_TRUE = r"(?:" + "|".join(lexicon.TRUE_WORDS) + r")"
_NO = r"(?:not|never|hardly|no longer|far from|by no means|anything but)"
_IS = r"(?:is|was|are|were|would be|seems|sounds|remains)"
_UNTRUE = rf"{_ADVERB}(?:{_NO} {_ADVERB}{_TRUE}|{_FALSE})"
_SAY = r"(?:say|think|claim|believe|assume|suppose|conclude|state|argue|maintain|expect|pretend)"
_STATEMENT = (
    r"(?:claim|idea|belief|notion|statement|assumption|view|theory|opinion|argument|rumour|myth|assertion|"
    r"sentence)"
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
_END = r"(?= (?:[,.;:!?)-]|because|since|and|but|as|though)|$)"


def _frame(pattern: str, where: _Where, denies: bool, unless_negated: bool = False) -> _Frame:
    return _Frame(re.compile(pattern), where, denies, unless_negated)


_FRAMES: tuple[_Frame, ...] = (
    # stands by what follows, in spite of its negation
    _frame(rf"\b(?:it|this|that) {_IS} {_NO} {_ADVERB}{_FALSE}(?: to {_SAY})? that", _Where.AFTER, False),
    _frame(
        r"\b(?:do not|never|not to|(?:must|should|may|can) (?:not|never)|nobody should|no one should)"
        r" (?:ever )?(?:forget\b|(?:ignore|overlook|underestimate|doubt|deny|dismiss|neglect)"
        r"(?= (?:the fact )?that))(?: the fact)?(?: that)?",
        _Where.AFTER,
        False,
    ),
    _frame(
        r"\b(?:there )?(?:is )?(?:no|without) (?:doubt|question|secret|surprise)(?: that)?",
        _Where.AFTER,
        False,
    ),
    _frame(r"\bi (?:do|can|would|could) not (?:doubt|deny|dispute|disagree)(?: that)?", _Where.AFTER, False),
    # turns round what follows
    _frame(
        rf"\b(?:it|this|that) {_IS} {_UNTRUE}"
        rf"(?: (?:to {_SAY}(?: that)?|if (?:you|one|someone|somebody) \w+ that)| that)",
        _Where.AFTER,
        True,
    ),
    _frame(rf"^(?:this|that|it|the following) (?:\w+ )?{_IS} {_UNTRUE} [:-]", _Where.AFTER, True),
    _frame(
        rf"\bi (?:do|would|could|can|did) not (?:really |actually |honestly |seriously )?"
        rf"(?:{_SAY}|agree|accept|buy)(?! so\b)(?: (?:it|the {_STATEMENT}))?(?: that)?",
        _Where.AFTER,
        True,
    ),
    _frame(
        rf"\bi (?:strongly |completely |totally |fully |seriously |really )?"
        rf"(?:(?:disagree|doubt)(?: with)?(?: the {_STATEMENT})?(?: that)?(?! [.,;!])"
        rf"|(?:deny|dispute|reject)(?: the {_STATEMENT})? that)(?= \w)",
        _Where.AFTER,
        True,
    ),
    _frame(
        rf"\b(?:nobody|no one|noone|no (?:sane |serious |good )?(?:engineer|person|team|reviewer))"
        rf"(?: \w+ly)?(?: (?:can|could|should|would|will|may|must))?(?: \w+ly)? {_SAY}s?(?: that)?{_STATED}",
        _Where.AFTER,
        True,
    ),
    _frame(
        rf"\b(?:(?:should|must|may|can|could|would) (?:not|never)|do not|never)"
        rf" (?:ever |simply |just |blindly )?(?:{_SAY}|fall for)(?: that)?(?= \w)",
        _Where.AFTER,
        True,
    ),
    _frame(
        r"^(?:so )?(?:wrong|false|myth|misconception|fallacy|folklore|incorrect|untrue|not true|lie|nonsense"
        r"|wrong answer|false claim) (?:[:-])",
        _Where.AFTER,
        True,
    ),
    _frame(
        rf"\b(?:a|the|one|another) (?:very )?(?:common |popular |typical |widespread |classic )?"
        rf"(?:myth|misconception|fallacy|misunderstanding) (?:is|says|goes|:)(?: that| to {_SAY})?",
        _Where.AFTER,
        True,
    ),
    # turns round what it holds
    _frame(
        rf"\b(?:the|this|any|that) {_STATEMENT} (?:that|:) (?P<x>.{{1,400}}?) {_IS} {_UNTRUE}{_END}",
        _Where.INSIDE,
        True,
    ),
    _frame(rf"^that (?P<x>.{{1,400}}?) {_IS} {_UNTRUE}{_END}", _Where.INSIDE, True),
    _frame(rf'" (?P<x>[^"]{{1,400}}?) (?:[.] )?" ?(?:{_IS}|:|-) {_UNTRUE}{_END}', _Where.INSIDE, True),
    _frame(r"\bcontrary to (?P<x>[^,]{1,200}?) ,", _Where.INSIDE, True),
    # speaks about the sentence before
    _frame(
        rf"^(?:(?:none|nothing) (?:of )?(?:this|that|it|the above|above|i (?:just )?(?:said|wrote))"
        rf"(?: \w+)? {_IS} {_ADVERB}{_TRUE}"
        rf"|(?:all|everything) (?:of )?(?:this|that|it|the above|above|i (?:just )?(?:said|wrote))"
        rf"(?: \w+)? {_IS} {_UNTRUE}){_END}",
        _Where.ALL_BEFORE,
        True,
    ),
    _frame(
        rf"^(?:(?:no|nope|well|but|sorry|and|wait|actually|of course|however|,) )*"
        rf"{_IT} {_IS} {_UNTRUE}{_END}",
        _Where.PREVIOUS,
        True,
    ),
    _frame(
        rf"^(?:(?:no|well|but|sorry|and|wait|actually|however|,) )*"
        rf"(?:i (?:strongly |totally |completely )?disagree"
        rf"|i do not (?:agree|think so|believe (?:it|that|this|so))){_END}",
        _Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:(?:but|no|in fact|actually|in reality|,|quite|just|exactly) )*the (?:exact |very )?"
        r"(?:opposite|contrary|reverse) (?:is|holds|applies|was)",
        _Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:(?:but|no|in fact|actually|in reality|,) )*it is (?:exactly |just |rather |quite )?"
        r"(?:the (?:other way (?:round|around)|opposite|reverse)|vice versa)",
        _Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:not true|not so|not correct|nonsense|rubbish|wrong|false|untrue|incorrect)(?= [,.;:!-]|$)",
        _Where.PREVIOUS,
        True,
    ),
    _frame(
        r"^(?:(?:no|nope|not at all|(?:definitely|certainly|of course|absolutely|surely|clearly) not)"
        r"(?= [,.;:!-]|$)"
        r"|(?:quite|just|exactly|on) the (?:opposite|contrary|reverse) ?[,.!]*$)",
        _Where.PREVIOUS,
        True,
        unless_negated=True,
    ),
    _frame(
        rf"^(?:(?:yes|and|well|,) )*"
        rf"(?:(?:yes|yep|exactly|true|right|correct|indeed|agreed|absolutely|of course)(?= [,.;:!-]|$)"
        rf"|{_IT} {_IS} {_ADVERB}(?:right|correct|true){_END}"
        rf"|i (?:fully |totally |completely )?agree\b)",
        _Where.PREVIOUS,
        False,
    ),
    # speaks about what stands before it in the sentence
    _frame(
        rf"(?:[,;(-]|\b(?:and|but|though|although)) (?:and |but )?{_IT} {_IS} {_UNTRUE}{_END}",
        _Where.BEFORE,
        True,
    ),
    _frame(
        r"[,;(-] (?:but |and |though )?(?:i (?:do not (?:agree|think so|believe (?:it|that|so))|disagree)"
        r"|(?:total |complete |utter )?"
        r"(?:nonsense|rubbish|not true|untrue|a myth|a fallacy|wrong|false)) ?[).!]*$",
        _Where.BEFORE,
        True,
    ),
    _frame(
        rf"(?:[,;(-]|\band) (?:and )?(?:{_IT} {_IS} {_ADVERB}(?:right|correct|true){_END}"
        rf"|rightly(?: so)?{_END}|i (?:fully |totally |completely )?agree\b)",
        _Where.BEFORE,
        False,
    ),
)

_TRIGGERS = frozenset(lexicon.FALSE_WORDS) | frozenset(
    """true right correct case fact so accurate not no nope nobody noone none nothing never disagree doubt
    deny dispute reject agree agreed myth misconception fallacy misunderstanding opposite contrary reverse
    yes yep exactly indeed absolutely of rightly without way vice everything all course folklore""".split()
)
_CONTENT_ENDS = frozenset("but however actually yet although though while whereas ;".split())
_REASON = frozenset("because since as".split())


def attitudes(text: Text) -> Attitudes:
    """Find the frames of every sentence and mark what they speak about."""
    made = Attitudes()
    for number, sentence in enumerate(text.sentences):
        tokens = text.tokens[sentence.first : sentence.last]
        if not any(token.text in _TRIGGERS for token in tokens):
            continue
        line, begins = _line([token.text for token in tokens])
        for frame, match in _matches(line):
            first = bisect_left(begins, match.start())
            last = bisect_left(begins, match.end())
            inside = _inside(match, begins)
            head = set(range(sentence.first + first, sentence.first + last))
            if inside:
                head -= set(range(sentence.first + inside[0], sentence.first + inside[1]))
            if head & made.heads:
                continue
            spoken_of = _spoken_of(text, number, frame, first, last, inside)
            if not spoken_of or (frame.unless_negated and _is_negative(text, spoken_of)):
                continue
            made.heads |= head
            _mark(made, frame, [i for i in spoken_of if i not in head], text)
    return made


def _line(words: list[str]) -> tuple[str, list[int]]:
    """The words of a sentence with one space between them, and where each begins."""
    begins, at = [], 0
    for word in words:
        begins.append(at)
        at += len(word) + 1
    return " ".join(words), begins


def _matches(line: str) -> Iterator[tuple[_Frame, re.Match[str]]]:
    for frame in _FRAMES:
        for match in frame.pattern.finditer(line):
            yield frame, match


def _inside(match: re.Match[str], begins: list[int]) -> tuple[int, int] | None:
    if "x" not in match.re.groupindex:
        return None
    start, end = match.span("x")
    return bisect_left(begins, start), bisect_left(begins, end)


def _mark(made: Attitudes, frame: _Frame, places: list[int], text: Text) -> None:
    answered = frame.where is _Where.PREVIOUS and text.sentences[text.tokens[places[0]].sentence].question
    if not frame.denies or answered:
        made.endorsed.update(places)
    if frame.denies:
        for place in places:
            made.turned[place] += 1


def _spoken_of(
    text: Text, number: int, frame: _Frame, first: int, last: int, inside: tuple[int, int] | None
) -> range:
    sentence = text.sentences[number]
    if frame.where is _Where.AFTER:
        return range(sentence.first + last, _content_end(text, sentence.first + last, sentence.last))
    if frame.where is _Where.BEFORE:
        return range(sentence.first, sentence.first + first)
    if inside:
        return range(sentence.first + inside[0], sentence.first + inside[1])
    if frame.where is _Where.ALL_BEFORE:
        return range(sentence.first)
    previous = text.sentences[number - 1] if number else None
    return range(previous.first, previous.last) if previous else range(0)


def _content_end(text: Text, begin: int, last: int) -> int:
    """A framed statement ends at a contrast, or where a reason for the frame follows."""
    negated = False
    for place in range(begin, last):
        word = text.tokens[place].text
        if word in _CONTENT_ENDS and not (word == "but" and negated):
            return place
        if word in _REASON and place > begin + 3 and text.tokens[place - 1].text == ",":
            return place
        negated = negated or word == "not"
    return last


def _is_negative(text: Text, places: range) -> bool:
    sentence = text.sentences[text.tokens[places[0]].sentence]
    return not sentence.question and any(text.tokens[i].text in lexicon.NEGATIONS for i in places)
