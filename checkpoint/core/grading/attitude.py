"""What an author thinks of a whole statement: "it is a myth that …", "…, and she is right", "No, wrong."

Such words make a *frame* around a statement. A frame turns the statement round or stands by it; its own
words claim nothing, and its own negations are no negations of the statement.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.frames import FRAMES, Framing, Where
from checkpoint.core.grading.opinion import may_judge, opinion_of
from checkpoint.core.grading.text import Text


@dataclass(slots=True)
class Attitudes:
    """Per token of a text."""

    turned: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """How many frames deny what the token belongs to."""
    endorsed: set[int] = field(default_factory=set)
    """Somebody else's words that the author stands by, and questions that the author answers."""
    supposed: set[int] = field(default_factory=set)
    """What is only imagined, or only could be said."""
    heads: set[int] = field(default_factory=set)
    """The words of the frames themselves."""


_TRIGGERS = lexicon.BELIEVING | frozenset(
    """true right correct case fact so accurate nope agree agreed suppose imagine pretend assume could might
    may would wish only if yes yep exactly indeed absolutely of rightly way vice everything all rumour rumor
    gossip supposedly allegedly reportedly who whoever against opposed call""".split()
)
"""Of each frame that no word of an opinion is part of, a word."""
_CONTENT_ENDS = frozenset("but however actually yet although though while whereas ; : - (".split())
_REASON = frozenset("because since as".split())


def attitudes(text: Text) -> Attitudes:
    """Find the frames of every sentence and mark what they speak about."""
    made = Attitudes()
    for number, sentence in enumerate(text.sentences):
        words = [token.text for token in text.tokens[sentence.first : sentence.last]]
        if _TRIGGERS.isdisjoint(words) and not may_judge(words):
            continue
        found = [_applied(made, text, number, one) for one in _framed(words)]
        opinion = None if any(found) else opinion_of(words)
        if opinion:
            _applied(made, text, number, opinion)
    return made


def _framed(words: list[str]) -> Iterator[Framing]:
    """Where the frames of the catalogue stand in a sentence."""
    line, begins = _line(words)
    for frame in FRAMES:
        for match in frame.pattern.finditer(line):
            first, last = bisect_left(begins, match.start()), bisect_left(begins, match.end())
            inside = _inside(match, begins)
            yield Framing(first, last, frame.where, frame.denies, frame.unless_negated, inside)


def _applied(made: Attitudes, text: Text, number: int, one: Framing) -> bool:
    """Mark what a frame speaks about; False where another frame has its words already."""
    begin = text.sentences[number].first
    head = set(range(begin + one.first, begin + one.last))
    if one.inside:
        head -= set(range(begin + one.inside[0], begin + one.inside[1]))
    spoken_of = range(0) if head & made.heads else _spoken_of(text, number, one)
    if not spoken_of or (one.unless_negated and _is_negative(text, spoken_of)):
        return False
    made.heads |= head
    _mark(made, one, [i for i in spoken_of if i not in head], text)
    return True


def _line(words: list[str]) -> tuple[str, list[int]]:
    """The words of a sentence with one space between them, and where each begins."""
    begins, at = [], 0
    for word in words:
        begins.append(at)
        at += len(word) + 1
    return " ".join(words), begins


def _inside(match: re.Match[str], begins: list[int]) -> tuple[int, int] | None:
    if "x" not in match.re.groupindex:
        return None
    start, end = match.span("x")
    return bisect_left(begins, start), bisect_left(begins, end)


def _mark(made: Attitudes, one: Framing, places: list[int], text: Text) -> None:
    if one.where is Where.SUPPOSED:
        made.supposed.update(places)
        return
    answered = one.where is Where.PREVIOUS and text.sentences[text.tokens[places[0]].sentence].question
    if not one.denies or answered:
        made.endorsed.update(places)
    if one.denies:
        for place in places:
            made.turned[place] += 1


def _spoken_of(text: Text, number: int, one: Framing) -> range:
    sentence = text.sentences[number]
    begin = sentence.first
    if one.inside:
        return range(begin + one.inside[0], begin + one.inside[1])
    if one.where in (Where.AFTER, Where.SUPPOSED):
        return range(begin + one.last, _content_end(text, begin + one.last, sentence.last))
    if one.where is Where.BEFORE:
        return range(begin, begin + one.first)
    if one.where is Where.ALL_BEFORE:
        return range(begin)
    previous = text.sentences[number - 1] if number else None
    return range(previous.first, previous.last) if previous else range(0)


def _content_end(text: Text, begin: int, last: int) -> int:
    """A framed statement ends at a contrast, or where a reason for the frame follows."""
    negated = False
    for place in range(begin, last):
        word = text.tokens[place].text
        if word == "-" and text.tokens[place - 1].end == text.tokens[place].start:
            continue
        if word in _CONTENT_ENDS and not (word == "but" and negated):
            return place
        if word in _REASON and place > begin + 3 and text.tokens[place - 1].text == ",":
            return place
        negated = negated or word == "not"
    return last


def _is_negative(text: Text, places: range) -> bool:
    sentence = text.sentences[text.tokens[places[0]].sentence]
    return not sentence.question and any(text.tokens[i].text in lexicon.NEGATIONS for i in places)
