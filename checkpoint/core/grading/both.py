"""Where an answer says a thing and its opposite: in one breath, or in two places and other words."""

from collections.abc import Iterable, Sequence

from checkpoint.core.grading import lexicon, meanings
from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.reading import Reading
from checkpoint.core.grading.text import Text, stem

REACH = 4
"""Words between two opposites that one breath joins, at most."""
FAR = 9
"""Words on each side of a joint among which the same may be said and denied."""
ENOUGH = 2
"""Words that both sides share, at least: a verb and what goes with it."""
_THE_SAME = frozenset("it them so this that".split())
_TAKING_BACK = frozenset("and but yet".split())
_CORRECTING = frozenset("no wait sorry actually rather".split())
_JOINS = frozenset(("and", "or", "&", "/"))
_TOTAL = frozenset("nothing nobody none never neither nowhere noone no without".split())
_DENYING = frozenset("not never".split())
_CARRIERS = frozenset("is are was were be do does did can will would should has have".split())
_PAIRS = frozenset(
    frozenset((stem(one), stem(other)))
    for one, other in (
        *meanings.ANTONYMS,
        ("newest", "oldest"),
        ("latest", "earliest"),
        ("current", "outdated"),
        ("current", "old"),
        ("shared", "separate"),
        ("encrypted", "plaintext"),
        ("first", "later"),
    )
) - {frozenset((stem("old"), stem("new"))), frozenset((stem("up"), stem("down")))}
"""Opposites; "the old and the new value" are two values."""


def in_one_breath(text: Text) -> set[int]:
    """The tokens that one breath says and takes back: "before and after", "checks and doesn't check"."""
    made: set[int] = set()
    for sentence in text.sentences:
        for place in range(sentence.first + 1, sentence.last - 1):
            if text.tokens[place].text in _JOINS:
                before = _content(text, range(place - 1, max(sentence.first - 1, place - 1 - REACH), -1))
                behind = _content(text, range(place + 1, min(sentence.last, place + 1 + REACH)))
                made.update(_opposed(text, before, behind))
                made.update(_denied(text, before, behind))
            if text.tokens[place].text in _TAKING_BACK and text.tokens[place + 1].text not in _CORRECTING:
                made.update(_said_and_denied(text, place, sentence.first, sentence.last))
    return made


def _said_and_denied(text: Text, place: int, first: int, last: int) -> set[int]:
    """ "It commits to Git but never commits to Git", "it doesn't stop it and it does stop it": the same verb
    and a word that goes with it on both sides, one side denied."""
    sides = (range(max(first, place - FAR), place), range(place + 1, min(last, place + 1 + FAR)))
    said, again = ({text.tokens[i].stem: i for i in side if _tells(text, i)} for side in sides)
    denied = [[i for i in side if text.tokens[i].text in _DENYING] for side in sides]
    if len(denied[0]) == len(denied[1]) or min(map(len, denied)):
        return set()
    cue = max(map(max, filter(None, denied)))
    verb = next((text.tokens[i] for i in range(cue + 1, min(last, cue + 1 + FAR)) if _tells(text, i)), None)
    same = said.keys() & again.keys()
    if verb is None or verb.text not in lexicon.COMMON_VERBS or verb.stem not in same:
        return set()
    behind = again[verb.stem] + 1
    if len(same) < ENOUGH and (behind == last or text.tokens[behind].text not in _THE_SAME):
        return set()
    return {i for name in same for i in (said[name], again[name])}


def _tells(text: Text, place: int) -> bool:
    token = text.tokens[place]
    return token.word and token.text not in lexicon.FUNCTION_WORDS and token.text not in lexicon.NEGATIONS


def _content(text: Text, places: Iterable[int]) -> list[int]:
    """The words of meaning next to a place, nearest first, up to a sign."""
    found = []
    for place in places:
        token = text.tokens[place]
        if not token.word:
            break
        if token.text not in _CARRIERS and not token.light:
            found.append(place)
    return found


def _opposed(text: Text, before: Sequence[int], behind: Sequence[int]) -> tuple[int, ...]:
    for one in before[:2]:
        for other in behind[:2]:
            if frozenset((text.tokens[one].stem, text.tokens[other].stem)) in _PAIRS:
                return one, other
    return ()


def _denied(text: Text, before: Sequence[int], behind: Sequence[int]) -> tuple[int, ...]:
    """ "Checks and does not check": the same word, denied behind the "and"."""
    denial = next((i for i in behind[:2] if text.tokens[i].text in _DENYING), 0)
    if not denial or any(text.tokens[i].text in _DENYING for i in before):
        return ()
    rest = [i for i in behind if i > denial and text.tokens[i].text not in lexicon.FUNCTION_WORDS][:1]
    said = {text.tokens[i].stem: i for i in before}
    return next(((said[text.tokens[i].stem], i) for i in rest if text.tokens[i].stem in said), ())


def denied_elsewhere(reading: Reading, hits: Sequence[Hit]) -> bool:
    """Whether another clause flatly denies most of what a hit puts together: "nothing is checked there"."""
    return any(_is_denied(reading, hit) for hit in hits)


def _is_denied(reading: Reading, hit: Hit) -> bool:
    if hit.way.firm or hit.way.denied or hit.way.side:
        return False
    own = {reading.search.clause_of(word) for word in hit.words}
    there: dict[int, set[str]] = {}
    for name in hit.way.all:
        for found in reading.search.concept(name):
            clause = reading.search.clause_of(found.first)
            if clause not in own and _is_flatly_denied(reading, reading.text.words[found.last]):
                there.setdefault(clause, set()).add(name)
    return any(len(names) == max(2, len(hit.way.all)) for names in there.values())


def _is_flatly_denied(reading: Reading, token: int) -> bool:
    cues = reading.said.reaching(token)
    return len(cues) % 2 == 1 and any(reading.text.tokens[cue].text in _TOTAL for cue in cues)
