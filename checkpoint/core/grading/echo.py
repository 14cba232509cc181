"""Sentences that only give the prompt back, as it is or with a frame around it."""

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import Sentence, Text

_LONG_RUN = 4
"""Words in the prompt's own order that are taken for a quotation of it."""
_FEW = 3
"""Words of one's own beside a quoted prompt that say nothing yet."""


def echoes(text: Text, sentence: Sentence, asked: Text) -> bool:
    """Whether a sentence holds nothing but the prompt's words, or quotes it and adds hardly a word."""
    tokens = [t for t in text.tokens[sentence.first : sentence.last] if t.word]
    content = {t.stem for t in tokens if t.text not in lexicon.FUNCTION_WORDS}
    known = {t.stem for t in asked.tokens if t.word and t.text not in lexicon.FUNCTION_WORDS}
    if not content or not known:
        return False
    new = content - known
    prompt = [t.text for t in asked.tokens if t.word]
    if not new:
        return len(content) >= 3 or len(content) >= len(known) or _is_piece([t.text for t in tokens], prompt)
    if len(content & known) >= 0.85 * len(known) and len(new) <= 1 and len(known) >= 4:
        return True
    if any(t.text in lexicon.NEGATIONS and t.text not in prompt for t in tokens):
        return False
    quoted = _quoted([t.text for t in tokens], prompt)
    return quoted >= 0.5 * len(tokens) and len(new) <= _FEW


def _is_piece(words: list[str], prompt: list[str]) -> bool:
    """Whether three words and more stand in the prompt just so."""
    size = len(words)
    return size >= 3 and any(prompt[i : i + size] == words for i in range(len(prompt) - size + 1))


def _quoted(words: list[str], prompt: list[str]) -> int:
    """How many words stand in runs that the prompt has too."""
    runs = {tuple(prompt[i : i + _LONG_RUN]) for i in range(len(prompt) - _LONG_RUN + 1)}
    covered: set[int] = set()
    for place in range(len(words) - _LONG_RUN + 1):
        if tuple(words[place : place + _LONG_RUN]) in runs:
            covered.update(range(place, place + _LONG_RUN))
    return len(covered)
