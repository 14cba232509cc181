"""The words of a sentence that tell when its parts happen, and the stretches that they part it into."""

from checkpoint.core.grading.phrases import by_first, length_at
from checkpoint.core.grading.text import Text

LATER = 0.5
EARLIER = -0.5
_BEFORE = (("before",), ("prior", "to"), ("ahead", "of"), ("followed", "by"), ("precedes",), ("preceding",))
_AFTER = (
    ("after",),
    ("once",),
    ("following",),
    ("as", "soon", "as"),
    ("later", "than"),
    ("preceded", "by"),
    ("follows",),
    ("trails",),
    ("trails", "behind"),
    ("lags", "behind"),
    ("comes", "behind"),
    ("waits", "for"),
    ("wait", "for"),
)
_BY_WORD = dict.fromkeys(_BEFORE, LATER) | dict.fromkeys(_AFTER, EARLIER)
"""What stands behind these happens later, or earlier, than what stands before them."""
_TELLING = by_first(tuple(_BY_WORD))
_BORDERS = frozenset(", ; : -> => → then until and when".split())
_LIMITING = frozenset("only not never".split())
_ASIDE = _LIMITING | {"and", "but", "even"}
"""Words before a condition that belong to it: "only after …"."""
_WAITING = frozenset("wait waits waited waiting".split())
_NEAR = 60
"""Words before a condition among which an "only" or a "not" makes the rest wait for it."""
_COMING = frozenset("comes come goes go".split())
_DO = frozenset("do does did".split())
_MAY = frozenset("can could will would shall should may must".split())
_IS = frozenset("is are was were gets".split())
_NUMBERS = {
    word: float(number)
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)
}


def stretches(text: Text, first: int, last: int) -> list[tuple[int, int]]:
    """A sentence cut at commas, clause borders, and words that say when: each a stretch in time."""
    turned = _turned_round(text, first, last)
    made: list[tuple[int, int]] = []
    begin = first
    for i in range(first + 1, last):
        token = text.tokens[i]
        new_clause = token.clause != text.tokens[i - 1].clause
        border = token.text in _BORDERS or new_clause or i == turned or _phrase(text, i, last)
        if border and i > begin and not _only_aside(text, begin, i):
            made.append((begin, i))
            begin = i
    made.append((begin, last))
    return made


def told_by(text: Text, first: int, begin: int, end: int) -> float:
    """How much later a stretch is than the one beside it by the word that opens it; 0 if it says nothing."""
    for i in range(begin, min(begin + 3, end)):
        token = text.tokens[i]
        if not token.word or token.text in _ASIDE:
            continue
        if _waits(text, first, end, token.text):
            return EARLIER
        phrase = _phrase(text, i, end)
        return _BY_WORD[phrase] if phrase and _has_object(text, i + len(phrase), end) else 0.0
    return 0.0


def _has_object(text: Text, place: int, end: int) -> bool:
    """Whether a word of time speaks of something, and not alone: "after comes the review"."""
    return place < end and text.tokens[place].word and text.tokens[place].text not in _IS | _COMING


def numbered(text: Text, begin: int, end: int) -> float:
    """The place of a stretch that calls itself "step four", 0 for none."""
    for i in range(begin, end - 1):
        if text.tokens[i].text == "step":
            number = text.tokens[i + 1].text
            return 100.0 * (_NUMBERS.get(number, 0.0) or (float(number) if number.isdecimal() else 0.0))
    return 0.0


def _phrase(text: Text, place: int, last: int) -> tuple[str, ...]:
    length = length_at(text, place, last, _TELLING)
    return tuple(token.text for token in text.tokens[place : place + length])


def _only_aside(text: Text, begin: int, end: int) -> bool:
    """Whether nothing stands there but an "only" or "not" that belongs to what follows."""
    words = [text.tokens[i].text for i in range(begin, end) if text.tokens[i].word]
    return bool(words) and not _LIMITING.isdisjoint(words) and _ASIDE.issuperset(words)


def _turned_round(text: Text, first: int, last: int) -> int:
    """Where the main clause begins that has its verb before its doer, or -1 without one.

    "Only after the review has ended *does* the apply begin", "before the apply *comes* the review".
    """
    words = [
        i for i in range(first, last) if text.tokens[i].word and text.tokens[i].text not in ("and", "but")
    ]
    if len(words) < 2:
        return -1
    if _phrase(text, words[0], last):
        return next((i for i in words if text.tokens[i].text in _COMING), -1)
    if text.tokens[words[0]].text not in _LIMITING:
        return -1
    if text.tokens[words[1]].text not in ("when", "until") and not _phrase(text, words[1], last):
        return -1
    for helpers in (_DO, _MAY, _IS):
        found = [i for i in words[3:] if text.tokens[i].text in helpers]
        if found:
            return found[-1]
    return -1


def _waits(text: Text, first: int, end: int, head: str) -> bool:
    """Whether the rest waits for these words: "only … when the history is clean", "not until it is"."""
    if head not in ("when", "until"):
        return False
    words = {text.tokens[i].text for i in range(max(first, end - _NEAR), end)}
    if head == "when":
        return "only" in words
    return not words.isdisjoint(_WAITING | _LIMITING)
