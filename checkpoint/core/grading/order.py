"""In which order an answer would do things, read from its words and not only from their place."""

from checkpoint.core.grading.phrases import by_first, length_at
from checkpoint.core.grading.text import Text
from checkpoint.core.grading.time_words import numbered, stretches, told_by

_FIRM_TIME: tuple[tuple[str, ...], ...] = (
    ("immediately",),
    ("immediate",),
    ("at", "once"),
    ("right", "away"),
    ("straight", "away"),
    ("straightaway",),
    ("instantly",),
    ("asap",),
    ("as", "soon", "as", "possible"),
    ("as", "soon", "as", "it"),
    *(
        ("as", "soon", "as", who, notices)
        for who in "i you we someone somebody anyone one".split()
        for notices in "can notice know see find discover realise realize learn hear spot notices".split()
    ),
    ("without", "delay"),
    ("without", "waiting"),
    ("first",),
    ("firstly",),
    ("before", "anything"),
    ("before", "everything"),
    ("before", "all"),
    ("above", "all"),
    ("right", "now"),
    ("now",),
    ("urgent",),
    ("urgently",),
    ("this", "minute"),
    ("top", "priority"),
    ("priority", "one"),
    ("step", "one"),
    ("step", "1"),
    ("the", "moment"),
    ("to", "begin", "with"),
    ("start", "by"),
    ("start", "with"),
    ("begin", "by"),
    ("begin", "with"),
)

_LATE_WORDS: tuple[tuple[str, ...], ...] = (
    ("finally",),
    ("lastly",),
    ("last",),
    ("last", "of", "all"),
    ("afterwards",),
    ("afterward",),
    ("later",),
    ("eventually",),
    ("in", "the", "end"),
    ("at", "the", "end"),
    ("optionally",),
    ("optional",),
    ("cleanup",),
    *((which, "clean", "up") for which in ("a", "as", "optional", "the", "just", "only")),
    ("only", "then"),
    ("once", "that"),
    ("after", "that"),
)

_LATE = by_first(_LATE_WORDS)
_FIRM = by_first(_FIRM_TIME)
_HOW = frozenset("with by using via through on in".split())
_FIRST_WORDS = frozenset({"first", "firstly"})


def ranks(text: Text) -> list[float]:
    """For every token its place in time: smaller is earlier.

    >>> # "Before rewriting history, rotate the key": the words after the comma rank earlier.
    """
    made = [0.0] * len(text.tokens)
    position = 0.0
    for sentence in text.sentences:
        position = float(sentence.step) * 100.0 if sentence.step is not None else position + 100.0
        spans = stretches(text, sentence.first, sentence.last)
        for number, (first, last) in enumerate(spans):
            here = numbered(text, first, last) or position + number
            for i in range(first, last):
                made[i] = here
            if _is_first(text, first, last):
                _shift(made, first, last, -100_000.0)
            elif _is_late(text, first, last):
                _shift(made, first, last, 50_000.0)
        _subordinate(text, sentence.first, spans, made)
    return made


def _is_first(text: Text, begin: int, end: int) -> bool:
    """Whether "first" leads a stretch, or ends it: "tell the owners first"."""
    if _leads(text, begin, end, _FIRST_WORDS):
        return True
    return end - begin > 2 and text.tokens[_last_word(text, begin, end)].text in _FIRST_WORDS


def _is_late(text: Text, begin: int, end: int) -> bool:
    """Whether a stretch opens with "finally" and the like, or ends so: "the rotation comes last"."""
    if any(length_at(text, i, end, _LATE) for i in range(begin, min(begin + 3, end))):
        return True
    last = _last_word(text, begin, end)
    return any(length_at(text, i, end, _LATE) == last + 1 - i for i in range(max(begin, last - 2), last + 1))


def _last_word(text: Text, begin: int, end: int) -> int:
    return next((i for i in range(end - 1, begin, -1) if text.tokens[i].word), begin)


def _shift(made: list[float], first: int, last: int, by: float) -> None:
    for i in range(first, last):
        made[i] += by


def _leads(text: Text, first: int, last: int, words: frozenset[str]) -> bool:
    return any(text.tokens[i].text in words for i in range(first, min(first + 4, last)))


def _subordinate(text: Text, first: int, spans: list[tuple[int, int]], made: list[float]) -> None:
    """`before X` puts X after the stretch beside it, `after X` before it."""
    for number, (begin, end) in enumerate(spans):
        shift = told_by(text, first, begin, end)
        if not shift or (shift > 0 and _anything(text, begin, end)):
            continue
        opening = max(first, text.clauses[text.tokens[end - 1].clause][0])
        leading = number == 0 or all(not text.tokens[i].word for i in range(opening, begin))
        main = number + 1 if leading else number - 1
        if not 0 <= main < len(spans):
            continue
        base = made[spans[main][0]]
        for i in range(begin, end):
            made[i] = base + shift
        if not leading and number + 1 < len(spans) and _goes_on(text, *spans[number + 1]):
            until = text.clauses[text.tokens[spans[number + 1][0] + 1].clause][1]
            for i in range(spans[number + 1][0], until):
                made[i] = base


def _goes_on(text: Text, begin: int, end: int) -> bool:
    """Whether a stretch tells how the main clause is done: "it runs before each write, with a script"."""
    words = [text.tokens[i].text for i in range(begin, min(begin + 2, end))]
    return len(words) == 2 and words[0] == "," and words[1] in _HOW


def _anything(text: Text, begin: int, end: int) -> bool:
    words = {text.tokens[i].text for i in range(begin, end)}
    return bool(words & {"anything", "everything", "all", "else"})


def is_firm(text: Text, tokens: list[int]) -> bool:
    """Whether the stretch around these tokens says "at once", "first" or the like."""
    sentence = text.sentences[text.tokens[tokens[0]].sentence]
    clause = text.tokens[tokens[0]].clause
    for place in range(sentence.first, sentence.last):
        if text.tokens[place].clause != clause or not length_at(text, place, sentence.last, _FIRM):
            continue
        if min(abs(place - t) for t in tokens) <= 7:
            return True
    return sentence.step == 1
