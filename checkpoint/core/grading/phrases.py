"""Fixed phrases sought in a text: by their first word, the longest first."""

from checkpoint.core.grading.text import Text


def by_first(phrases: tuple[tuple[str, ...], ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """A table of phrases for `length_at`."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in table.items()}


def length_at(text: Text, place: int, last: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """Length of the longest phrase of a table beginning at a token; 0 for none."""
    for phrase in table.get(text.tokens[place].text, ()):
        if place + len(phrase) <= last and all(
            text.tokens[place + i].text == word for i, word in enumerate(phrase)
        ):
            return len(phrase)
    return 0
