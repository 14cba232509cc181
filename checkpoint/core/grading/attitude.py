"""What an author thinks of a whole statement: "it is a myth that …", "…, and she is right", "No, wrong."

Such words make a *frame* around a statement. A frame turns the statement round or stands by it; its own
words claim nothing, and its own negations are no negations of the statement.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from checkpoint.core.grading import lexicon, opinion_words, stance_words
from checkpoint.core.grading.frames import FRAMES, Framing, Where
from checkpoint.core.grading.hearsay import hearsay_of
from checkpoint.core.grading.opinion import may_judge, opinion_of
from checkpoint.core.grading.privatives import leaves_undone
from checkpoint.core.grading.quoted import quotations
from checkpoint.core.grading.remarks import remark_of
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


_TRIGGERS = opinion_words.BELIEVING | frozenset(
    """true right correct case fact so accurate nope agree agreed suppose imagine pretend assume could might
    may would wish only if yes yep exactly indeed absolutely of rightly way vice everything all rumour rumor
    gossip supposedly allegedly reportedly who whoever against opposed call unlike despite never forget
    ignore picture were what had once everybody everyone they you if""".split()
)
"""Of each frame that no word of an opinion is part of, a word."""
_ANNOUNCING = 5
"""Words of an announcement at most."""
_CONTENT_ENDS = frozenset("but however actually yet although though while whereas ; : - (".split())
_LONGEST_NO = max(map(len, stance_words.NEGATING_PHRASES))
_REASON = frozenset("because since as".split())
_THE_SAME = frozenset("it this that these those they them he she neither none so".split())
"""Words that speak of what has just been said."""
_LITTLE = lexicon.FUNCTION_WORDS | lexicon.NEGATIONS


def attitudes(text: Text) -> Attitudes:
    """Find the frames of every sentence and mark what they speak about."""
    made = Attitudes()
    for number, sentence in enumerate(text.sentences):
        words = [token.text for token in text.tokens[sentence.first : sentence.last]]
        remark = remark_of(words)
        found = bool(remark and _applied(made, text, number, remark))
        if not _TRIGGERS.isdisjoint(words) or may_judge(words):
            framed = (_turned_back(made, text, number, one) for one in _framed(words))
            found |= any(tuple(_applied(made, text, number, one) for one in framed))
        for quoted in quotations(words):
            _applied(made, text, number, quoted)
        for kind in (opinion_of, hearsay_of):
            one = None if found else kind(words)
            found = found or bool(one and _applied(made, text, number, one))
        if not found and _goes_on(made, text, number):
            made.supposed.update(range(sentence.first, sentence.last))
    return made


def _turned_back(made: Attitudes, text: Text, number: int, one: Framing) -> Framing:
    """ "Wrong: …" announces what is wrong, or answers somebody who has just been quoted or asked."""
    announces = one.where is Where.AFTER and one.denies and one.first == 0 and one.last <= _ANNOUNCING
    if not announces or not number:
        return one
    before = text.sentences[number - 1]
    tokens = range(before.first, before.last)
    told = any(i in made.supposed or made.turned.get(i) or text.tokens[i].text == '"' for i in tokens)
    return replace(one, where=Where.PREVIOUS) if told or before.question else one


def _goes_on(made: Attitudes, text: Text, number: int) -> bool:
    """ "Then …" behind a sentence that only imagines something imagines what follows from it."""
    sentence = text.sentences[number]
    if not number or text.tokens[sentence.first].text not in ("then", "so"):
        return False
    before = text.sentences[number - 1]
    return text.tokens[before.last - 1].text != ":" and made.supposed.issuperset(
        i for i in range(before.first, before.last) if text.tokens[i].word and i not in made.heads
    )


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
    if one.unless_negated and not _answers(text, number, begin + one.last, spoken_of):
        made.supposed.update(spoken_of)
    else:
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
    if one.where in (Where.SUPPOSED, Where.SUPPOSED_BEFORE, Where.SUPPOSED_PREVIOUS):
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
    if one.where in (Where.BEFORE, Where.SUPPOSED_BEFORE):
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
        if word == ";" and place + 1 < last and text.tokens[place + 1].text == "then":
            continue
        if word in _CONTENT_ENDS and not (word == "but" and negated):
            return place
        if word in _REASON and place > begin + 3 and text.tokens[place - 1].text == ",":
            return place
        negated = negated or word == "not"
    return last


def _is_negative(text: Text, places: range) -> bool:
    """ "No, …" behind a sentence that says no already agrees with it, in whatever words it says so."""
    sentence = text.sentences[text.tokens[places[0]].sentence]
    return not sentence.question and any(_says_no(text, place, sentence.last) for place in places)


def _answers(text: Text, number: int, behind: int, places: range) -> bool:
    """Whether what follows a "No, …" says no to the sentence before, and not to somebody in the room.

    "No, the reviewer approved another one" and a bare "No." do; after "No, my tea is cold" nobody can
    tell what the sentence before is worth, and it counts for nothing.
    """
    if text.sentences[text.tokens[places[0]].sentence].question:
        return True
    rest = [token for token in text.tokens[behind : text.sentences[number].last] if token.word]
    said = {token.stem for token in map(text.tokens.__getitem__, places) if token.text not in _LITTLE}
    return not rest or any(token.text in _THE_SAME or token.stem in said for token in rest)


def _says_no(text: Text, place: int, last: int) -> bool:
    if text.tokens[place].text in lexicon.NEGATIONS or leaves_undone(text, place, last):
        return True
    words = tuple(token.text for token in text.tokens[place : min(place + _LONGEST_NO, last)])
    return any(words[: len(phrase)] == phrase for phrase in stance_words.NEGATING_PHRASES)
