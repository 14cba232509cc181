"""In which order an answer would do things, read from its words and not only from their place."""

from checkpoint.core.grading.phrases import by_first, length_at
from checkpoint.core.grading.text import Text

_FIRM_TIME: tuple[tuple[str, ...], ...] = (
    ("immediately",),
    ("immediate",),
    ("at", "once"),
    ("right", "away"),
    ("straight", "away"),
    ("straightaway",),
    ("instantly",),
    ("asap",),
    ("as", "soon", "as"),
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
    ("afterwards",),
    ("afterward",),
    ("later",),
    ("eventually",),
    ("in", "the", "end"),
    ("at", "the", "end"),
    ("optionally",),
    ("optional",),
    ("clean", "up"),
    ("cleanup",),
    ("only", "then"),
    ("once", "that"),
    ("after", "that"),
)

_LATE = by_first(_LATE_WORDS)
_FIRM = by_first(_FIRM_TIME)
_BEFORE = frozenset({"before"})
_AFTER = frozenset({"after", "once", "following"})
_NEAR = 60
"""Words before a condition among which an "only" or a "not" makes the rest wait for it."""
_FIRST_WORDS = frozenset({"first", "firstly"})


def ranks(text: Text) -> list[float]:
    """For every token its place in time: smaller is earlier.

    >>> # "Before rewriting history, rotate the key": the words after the comma rank earlier.
    """
    made = [0.0] * len(text.tokens)
    position = 0.0
    for sentence in text.sentences:
        position = float(sentence.step) * 100.0 if sentence.step is not None else position + 100.0
        spans = _spans(text, sentence.first, sentence.last)
        for number, (first, last) in enumerate(spans):
            here = position + number
            for i in range(first, last):
                made[i] = here
            if _leads(text, first, last, _FIRST_WORDS):
                _shift(made, first, last, -100_000.0)
            elif any(length_at(text, i, last, _LATE) for i in range(first, min(first + 3, last))):
                _shift(made, first, last, 50_000.0)
        _subordinate(text, sentence.first, spans, made)
    return made


def _shift(made: list[float], first: int, last: int, by: float) -> None:
    for i in range(first, last):
        made[i] += by


def _leads(text: Text, first: int, last: int, words: frozenset[str]) -> bool:
    return any(text.tokens[i].text in words for i in range(first, min(first + 4, last)))


def _spans(text: Text, first: int, last: int) -> list[tuple[int, int]]:
    """A sentence cut at commas, clause borders, `then`, `before` and `after`."""
    borders = {
        ",",
        ";",
        ":",
        "->",
        "=>",
        "→",
        "then",
        "before",
        "after",
        "once",
        "until",
        "and",
        "following",
        "when",
    }
    spans: list[tuple[int, int]] = []
    begin = first
    for i in range(first + 1, last):
        token = text.tokens[i]
        new_clause = token.clause != text.tokens[i - 1].clause
        if (token.text in borders or new_clause) and i > begin:
            spans.append((begin, i))
            begin = i
    spans.append((begin, last))
    return spans


def _subordinate(text: Text, first: int, spans: list[tuple[int, int]], made: list[float]) -> None:
    """`before X` puts X after the main clause beside it, `after X` before it."""
    for number, (begin, end) in enumerate(spans):
        head = next((text.tokens[i] for i in range(begin, min(begin + 3, end)) if text.tokens[i].word), None)
        waits = head is not None and _waits(text, first, end, head.text)
        if head is None or not (waits or head.text in _BEFORE | _AFTER):
            continue
        if head.text == "before" and _anything(text, begin, end):
            continue
        leading = number == 0 or all(not text.tokens[i].word for i in range(first, begin))
        main = number + 1 if leading else number - 1
        if not 0 <= main < len(spans):
            continue
        base = made[spans[main][0]]
        for i in range(begin, end):
            made[i] = base + (0.5 if head.text in _BEFORE else -0.5)


def _waits(text: Text, first: int, end: int, head: str) -> bool:
    """Whether the rest waits for these words: "only … when the history is clean", "not until it is"."""
    if head not in ("when", "until"):
        return False
    words = {text.tokens[i].text for i in range(max(first, end - _NEAR), end)}
    return (head == "when" and "only" in words) or (head == "until" and bool(words & {"not", "never"}))


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
