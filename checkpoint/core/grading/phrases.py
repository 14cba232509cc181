"""Fixed phrases sought in a text: by their first word, the longest first."""

from collections.abc import Sequence

from checkpoint.core.grading.text import Text, Token


def by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """A table of phrases for `length_at`."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in table.items()}


def length_at(text: Text, place: int, last: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """Length of the longest phrase of a table beginning at a token; 0 for none."""
    tokens = text.tokens
    for phrase in table.get(tokens[place].text, ()):
        length = len(phrase)
        if place + length <= last and _stands_at(tokens, place, phrase):
            return length
    return 0


def _stands_at(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> bool:
    """Asked hundreds of times an answer; the second word mostly tells."""
    if len(phrase) > 1 and tokens[place + 1].text != phrase[1]:
        return False
    return all(tokens[place + i].text == word for i, word in enumerate(phrase))
