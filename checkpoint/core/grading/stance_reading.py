"""Reads an answer for the stance of its words: negations, reports, guesses, and what is taken back."""

from checkpoint.core.grading import lexicon, stance_words
from checkpoint.core.grading.asking import asked
from checkpoint.core.grading.attitude import attitudes
from checkpoint.core.grading.daydreams import daydreams
from checkpoint.core.grading.modality import imagined
from checkpoint.core.grading.negations import read_denials_after, read_negations
from checkpoint.core.grading.phrases import by_first, length_at
from checkpoint.core.grading.stance import Stances
from checkpoint.core.grading.text import Text

_CONTRAST = frozenset("but however actually yet although though while whereas".split())
_IT = frozenset("it that this they which he she".split())
_SMALL = lexicon.FUNCTION_WORDS | lexicon.NEGATIONS | frozenset("fails fail longer means".split())


def stances(text: Text) -> Stances:
    """Read every sentence once for negation, guessing, reporting and taking back."""
    made = Stances(framed=attitudes(text), imagined=imagined(text), dreamt=daydreams(text))
    made.softened |= made.framed.heads
    for number in range(len(text.sentences)):
        read_negations(text, number, made)
        read_denials_after(text, number, made)
        _reports(text, number, made)
        _hedges(text, number, made)
    _taken_back(text, made)
    _opposites(text, made)
    made.reported |= made.framed.supposed
    made.reported -= made.framed.endorsed
    made.rejected -= made.framed.endorsed
    made.hedged -= made.framed.endorsed
    return made


def _opposites(text: Text, made: Stances) -> None:
    """Who says a sentence and then the same with a "not" has said nothing."""
    seen: dict[frozenset[str], list[int]] = {}
    for number, sentence in enumerate(text.sentences):
        tokens = text.tokens[sentence.first : sentence.last]
        said = frozenset(t.stem for t in tokens if t.word and t.text not in _SMALL)
        if len(said) > 1:
            seen.setdefault(said, []).append(number)
    for same in seen.values():
        if len({made.is_negative(text, number) for number in same}) > 1:
            made.opposites.update(same)


_DISOWNING = by_first(stance_words.DISOWNING)
_HEDGES = by_first(stance_words.HEDGES)
_REJECTING = by_first(stance_words.REJECTING)
_TAKEN_BACK = by_first(stance_words.TAKEN_BACK)


def _reports(text: Text, number: int, made: Stances) -> None:
    """Mark what follows "some people say …", up to a contrast; rejected if the sentence says so."""
    sentence = text.sentences[number]
    spent = {place for places in made.cancelled.values() for place in places} if made.cancelled else set()
    place = sentence.first
    while place < sentence.last:
        length = length_at(text, place, sentence.last, _DISOWNING)
        if not length or place in spent or place in made.framed.heads or place in made.framed.turned:
            place += 1
            continue
        end = place + length
        while end < sentence.last and text.tokens[end].text not in _CONTRAST:
            if text.tokens[end].text in (";", "-") and _refutes(text, end + 1, sentence.last):
                break
            end += 1
        head = range(place, end)
        made.softened.update(range(place, place + length))  # "I do not think" turns round only once
        for i in range(place, place + length):
            made.denied_after.pop(i, None)  # so does "is a mistake"
        rejects = end < sentence.last or any(
            length_at(text, i, end, _REJECTING) for i in range(place, place + length)
        )
        (made.rejected if rejects else made.reported).update(head)
        # "that X suffices is a common mistake": the phrase stands behind what it disowns
        if place > sentence.first and end - (place + length) <= 1:
            (made.rejected if rejects else made.reported).update(_clause_before(text, place, sentence.first))
        place = end


def _refutes(text: Text, place: int, last: int) -> bool:
    """Whether the author answers here what others say: "…; it isn't, because …"."""
    words = [token.text for token in text.tokens[place : min(place + 4, last)]]
    if len(words) < 2:
        return False
    denies = words[0] in _IT and "not" in words[1:4]
    return denies or words[0] in ("no", "nope", "wrong", "nonsense", "false", "untrue")


def _clause_before(text: Text, place: int, first: int) -> range:
    begin = place
    while begin > first and text.tokens[begin - 1].text not in (*_CONTRAST, ";", ":"):
        begin -= 1
    return range(begin, place)


def _hedges(text: Text, number: int, made: Stances) -> None:
    sentence = text.sentences[number]
    whole = range(sentence.first, sentence.last)
    made.hedged.update(asked(text, number))
    for place in whole:
        length = length_at(text, place, sentence.last, _HEDGES) or _thinks(text, place, sentence.last)
        if not length:
            continue
        ends = not any(text.tokens[i].word for i in range(place + length, sentence.last))
        if place - sentence.first <= 2 or ends or text.tokens[place].text in _WHOLE_HEDGE:
            made.hedged.update(whole)
            others = [i for i in whole if text.tokens[i].word]
            if len(others) <= length + 3 and number:
                before = text.sentences[number - 1]
                made.hedged.update(range(before.first, before.last))
        else:
            made.hedged.update(_segment(text, place, sentence.first, sentence.last))


def _thinks(text: Text, place: int, last: int) -> int:
    """ "I think" at the very end makes a guess of what stands before it."""
    if text.tokens[place].text != "i" or place + 1 >= last or text.tokens[place + 1].text != "think":
        return 0
    return 0 if any(text.tokens[i].word for i in range(place + 2, last)) else 2


def _segment(text: Text, place: int, first: int, last: int) -> range:
    """From one comma or clause border to the next, around a token."""
    clause = text.tokens[place].clause
    begin = end = place
    while begin > first and text.tokens[begin - 1].clause == clause and text.tokens[begin - 1].text != ",":
        begin -= 1
    while end < last and text.tokens[end].clause == clause and text.tokens[end].text != ",":
        end += 1
    return range(begin, end)


_WHOLE_HEDGE = frozenset("not no do unsure or".split())
_PAUSING = frozenset("hmm hm oh ah er uh um well wait no sorry but actually ok".split())
_NEED_STOP = frozenset({"no", "not", "it", "that", "this", "wrong", "false"})


def _taken_back(text: Text, made: Stances) -> None:
    for number, sentence in enumerate(text.sentences):
        for place in range(sentence.first, sentence.last):
            length = length_at(text, place, sentence.last, _TAKEN_BACK)
            if not length or place in made.framed.heads:
                continue
            after = place + length
            stops = after >= sentence.last or text.tokens[after].text in (",", ".", "!", ";", ":", "-")
            if text.tokens[place].text in _NEED_STOP and not stops and length < 4:
                continue
            aside = (text.tokens[i] for i in range(sentence.first, place))
            at_head = place - sentence.first <= 1 or all(not t.word or t.text in _PAUSING for t in aside)
            if at_head and number:
                previous = text.sentences[number - 1]
                negative = any(i in made.cues for i in range(previous.first, previous.last))
                if negative and text.tokens[after - 1].text == "not":
                    break  # "It does not." after a denial repeats it
                made.rejected.update(range(previous.first, previous.last))
                break
            if not at_head and length > 1 and text.tokens[place - 1].text in (",", ";", "-", "(", "."):
                made.rejected.update(range(sentence.first, place))
                break
