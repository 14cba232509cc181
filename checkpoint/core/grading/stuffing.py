"""Words that make no sentences: keywords in a row, glued together, or out of order."""

from collections.abc import Iterator
from itertools import pairwise

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.fluency import runs, unlikely
from checkpoint.core.grading.kinds import joined
from checkpoint.core.grading.text import Sentence, Text, Token

SHORT, SHORT_BORDER = 8, 2.2
LONG, LONG_BORDER = 20, 0.5
"""Log-odds from which a text of so many words is taken for nonsense; between them in proportion. Of real
answers 1 in 1,000 short ones and 1 in 120 long ones lie above."""
CLEAR = -2.5
"""Log-odds below which sentences are none of the nonsense around them."""
HOPELESS = 3.0
"""Log-odds of a whole answer above which no sentence of it is looked for."""
NOTES = 4.0
"""More is asked of notes: several lines of two or three words and more hang together loosely."""
ROW = 9
"""So many words of meaning in a row are a list; real answers have up to seven."""
TELEGRAM = 2.0
HEADED = 0.6
TRUST = 1.0
"""A sentence of an answer that hangs together as a whole has to be so much odder."""
BARE = -1.5
"""Log-odds below which a long row of words is a statement all the same."""
VERY_SHORT = 5
"""So few words are a note, whatever their order."""
_TOOLS = frozenset(
    "kubectl terraform git flux sops aws gh age docker helm bash sh make curl vault gcloud export".split()
)
_QUOTES = frozenset("' \" ` * _ #".split())
_JOINING = lexicon.FUNCTION_WORDS - frozenset(
    """then again all first last same such other another own only just now still more less very every no never
    nobody none nothing already back away also even too well most some any both here there up down out off
    always often""".split()
)
_HEADINGS = frozenset("keyword keywords buzzwords".split())
_COMMAS = frozenset(("", ",", ";", "/", ":"))
_ARROWS = frozenset("-> => → ⇒".split())
_HOW = frozenset("as at before by from in into off on only through to via when with".split())
STEPS = 0.5
"""Share of the words that have to stand in orders and notes."""
MOST = 0.65
"""Share of a sentence's scraps that have to be orders, for those of one word to be orders as well."""


def nonsense(text: Text) -> set[int]:
    """Numbers of the sentences that only put words beside each other."""
    told = [number for number in range(len(text.sentences)) if not _is_command(text, text.sentences[number])]
    whole = _is_jumbled(text, told)
    odds = unlikely(text, [text.sentences[number] for number in told])
    if whole and odds > HOPELESS:
        return set(range(len(text.sentences)))
    trust = TRUST if odds < 0 else 0.0
    found: set[int] = set()
    for run in runs(text):
        spoken = [number for number in run if number in told]
        if whole and not _is_clear(text, spoken):
            found.update(run)
        elif _is_jumbled(text, spoken, trust) or _is_catalogue(text, spoken):
            found.update(spoken)
        found.update(n for n in spoken if _is_bare(text, text.sentences[n]))
    return found


def _is_clear(text: Text, numbers: list[int]) -> bool:
    """Sentences that stand on their own feet in an answer that is nonsense as a whole."""
    return bool(numbers) and unlikely(text, [text.sentences[number] for number in numbers]) < CLEAR


def _is_jumbled(text: Text, numbers: list[int], trust: float = 0.0) -> bool:
    sentences = [text.sentences[number] for number in numbers]
    size = sum(1 for one in sentences for token in _tokens(text, one) if token.word)
    if size <= VERY_SHORT:
        return False
    border = _border(size) + trust + _looseness(text, sentences, size)
    return unlikely(text, sentences) > border and not _are_steps(text, sentences)


def _looseness(text: Text, sentences: list[Sentence], size: int) -> float:
    """What notes are allowed: three lines and more of two or three words and more, so many short stops, or
    a heading for each of them."""
    if _are_headed(text, sentences):
        return TELEGRAM
    if len(sentences) <= 2 or size < 2.5 * len(sentences):
        return 0.0
    lines = sum("\n" in _gap_before(text, one) for one in sentences)
    if lines >= len(sentences) - 1:
        return NOTES
    return TELEGRAM if size <= 6 * len(sentences) else 0.0


def _are_headed(text: Text, sentences: list[Sentence]) -> bool:
    """ "Later: plan approval, admission.": one to three words and a colon before most of two and more."""
    headed = 0
    for one in sentences:
        signs = [i for i, token in enumerate(_tokens(text, one)[:4]) if not token.word]
        headed += bool(signs) and signs[0] > 0 and _tokens(text, one)[signs[0]].text == ":"
    return headed >= 2 and headed >= HEADED * len(sentences)


def _gap_before(text: Text, sentence: Sentence) -> str:
    begin = text.tokens[sentence.first - 1].end if sentence.first else 0
    return text.given[begin : text.tokens[sentence.first].start]


def _border(size: int) -> float:
    share = (min(max(size, SHORT), LONG) - SHORT) / (LONG - SHORT)
    return SHORT_BORDER + share * (LONG_BORDER - SHORT_BORDER)


def _tokens(text: Text, sentence: Sentence) -> list[Token]:
    return text.tokens[sentence.first : sentence.last]


def _segments(text: Text, sentence: Sentence) -> Iterator[tuple[list[Token], str]]:
    """What stands between commas and other signs, each with the sign before it."""
    segment: list[Token] = []
    sign = ""
    for token in _tokens(text, sentence):
        if token.word and not token.sign:
            segment.append(token)
        elif token.text not in _QUOTES:
            if segment:
                yield segment, sign
            segment, sign = [], "=" if token.sign else token.text
    if segment:
        yield segment, sign


def _are_steps(text: Text, sentences: list[Sentence]) -> bool:
    """Orders in a row, "rotate the key, tell the owners", or notes with a sign for a verb, "age: no use"."""
    said = whole = 0
    for one in sentences:
        segments = list(_segments(text, one))
        orders = [_orders(segment) for segment, _ in segments]
        all_orders = len(orders) > 2 and sum(orders) >= MOST * len(orders)
        before: list[Token] = []
        for (segment, sign), order in zip(segments, orders, strict=True):
            whole += len(segment)
            step = order and (all_orders or len(segment) > 1 or sign in _ARROWS or one.step is not None)
            if step or _undergoes(segment):
                said += len(segment)
            elif _answers(before, segment, sign):
                said += len(segment) + len(before)
            before = segment
    return said >= STEPS * whole


def _orders(segment: list[Token]) -> bool:
    """Begins with a verb, whose object may follow."""
    return segment[0].text in lexicon.ORDERS and len(segment) <= 7


def _undergoes(segment: list[Token]) -> bool:
    """A thing and what is done with it, without the helping verb: "new value encrypted by the script"."""
    words = [token.text for token in segment]
    if len(words) <= 3 or words[0] in lexicon.FUNCTION_WORDS:
        return False
    return any(word.endswith("ed") and after in _HOW for word, after in pairwise(words[1:]))


def _answers(before: list[Token], segment: list[Token], sign: str) -> bool:
    """The second half of "thing: what it is", "cause -> effect", "name = meaning"."""
    return sign in {":", "=", *_ARROWS} and 0 < len(before) <= 5 and len(segment) <= 8


def _is_catalogue(text: Text, numbers: list[int]) -> bool:
    """Eight or more scraps between commas, whatever stands before the first of them."""
    found = [one for number in numbers for one in _segments(text, text.sentences[number])]
    segments = [segment for segment, sign in found if sign in _COMMAS]
    if _are_steps(text, [text.sentences[number] for number in numbers]):
        return False
    scraps = [segment for segment in segments if len(segment) <= 3]
    return len(scraps) >= 8 and len(scraps) >= 0.75 * len(segments)


def _is_bare(text: Text, sentence: Sentence) -> bool:
    """A keyword list by its heading, a long row of words that nothing joins, or hardly a joining word."""
    words = [token.text for token in _tokens(text, sentence) if token.word]
    signs = [token.text for token in _tokens(text, sentence) if not token.word]
    if words[0] in _HEADINGS and ":" in signs[:1]:
        return True
    if unlikely(text, [sentence]) < BARE:
        return False
    joins = sum(word in _JOINING for word in words) + sum(sign not in _QUOTES for sign in signs[:-1])
    return _longest_row(text, sentence) >= ROW or (len(words) >= 14 and joins * 8 < len(words))


def _longest_row(text: Text, sentence: Sentence) -> int:
    """The most names and words of meaning that follow each other without a sign or a word to join them."""
    longest = row = 0
    last: Token | None = None
    for token in _tokens(text, sentence):
        if not token.word:
            row = row if token.text in _QUOTES else 0
            continue
        row = 0 if token.text in _JOINING else row + (not joined(text, last, token))
        longest, last = max(longest, row), token
    return longest


def _is_command(text: Text, sentence: Sentence) -> bool:
    """A line of shell: a tool or a script with options or a few words after it."""
    words = [token.text for token in _tokens(text, sentence) if token.word]
    if not 3 <= len(words) <= 60:
        return False
    options = sum(word.startswith("-") for word in words)
    first, last = text.tokens[sentence.first].start, text.tokens[sentence.last - 1].end
    script = "sh" in words[1:6] and len(words) <= 8 and len(text.given[first:last].split()) > 1
    return script or (words[0] in _TOOLS and (options * 15 >= len(words) or len(words) <= 6))
