"""Which of the contrasted things a stretch of text speaks about: the stale plan or the fresh one."""

from collections.abc import Mapping
from functools import lru_cache

from checkpoint.core.grading.text import Text, read

_PREDICATE = frozenset(
    "is are was were be becomes become goes gets called considered counts as = makes".split()
)


def sides_of(text: Text, sides: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """The side of each token that has one. Between mentions the last one named is spoken about."""
    if not sides:
        return {}
    names = {_stems(name): side for side, terms in sides.items() for name in terms}
    made: dict[int, str] = {}
    current = ""
    for first, last in text.clauses:
        mentions = _mentions(text, first, last, names)
        if not mentions:
            if current:
                made.update(dict.fromkeys(range(first, last), current))
            continue
        current = _spread(text, first, last, mentions, made)
    return made


@lru_cache(maxsize=1_024)
def _stems(name: str) -> tuple[str, ...]:
    """Kept: the names of a rubric's sides are the same for every answer."""
    return tuple(token.stem for token in read(name).tokens if token.word)


def _mentions(
    text: Text, first: int, last: int, names: Mapping[tuple[str, ...], str]
) -> list[tuple[int, str]]:
    found = []
    others = sorted(set(names.values()))
    beginning = {stems[0] for stems in names if stems}
    for place in range(first, last):
        if text.tokens[place].stem not in beginning:
            continue
        for stems, side in names.items():
            if place + len(stems) <= last and all(
                text.tokens[place + i].stem == s for i, s in enumerate(stems)
            ):
                found.append((place, _turned(text, first, place, side, others)))
                break
    return found


def _turned(text: Text, first: int, place: int, side: str, sides: list[str]) -> str:
    """Of two sides "not fresh" is the other one."""
    before = [text.tokens[i].text for i in range(max(first, place - 2), place)]
    if len(sides) == 2 and ("not" in before or before[-2:] == ["no", "longer"]) and "but" not in before:
        return sides[1 - sides.index(side)]
    return side


def _spread(text: Text, first: int, last: int, mentions: list[tuple[int, str]], made: dict[int, str]) -> str:
    """Give each token of a clause its side: after a subject ("stale is …"), before a predicate."""
    begins = [place for place, _ in mentions]
    predicate = len(mentions) > 1 and all(_is_predicate(text, first, place) for place in begins)
    edges = [first, *(place + 1 for place in begins[:-1]), last] if predicate else [first, *begins[1:], last]
    for (_, side), begin, end in zip(mentions, edges, edges[1:], strict=False):
        made.update(dict.fromkeys(range(begin, end), side))
    return mentions[-1][1]


def _is_predicate(text: Text, first: int, place: int) -> bool:
    return any(text.tokens[i].text in _PREDICATE for i in range(max(first, place - 2), place))
