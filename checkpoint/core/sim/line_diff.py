"""The shortest way from one list of lines to another (Myers), as git and diff print it."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from checkpoint.core.sim import limits

_FARTHEST = 600
"""Changes looked for; in files further apart only lines that stand once in both hold them together."""

Kind = Literal["equal", "insert", "delete", "replace"]
Opcode = tuple[Kind, int, int, int, int]
"""(kind, old start, old end, new start, new end)"""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changes near each other: starts count from 1, lines carry ` `, `-` or `+`."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    lines: tuple[tuple[str, str], ...]

    @property
    def header(self) -> str:
        return f"@@ -{_range(self.old_start, self.old_count)} +{_range(self.new_start, self.new_count)} @@"


def _range(start: int, count: int) -> str:
    return str(start) if count == 1 else f"{start},{count}"


def opcodes(old: list[str], new: list[str]) -> list[Opcode]:
    """Alternating stretches that stay and that change.

    >>> opcodes(["a", "b"], ["a", "c"])
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2)]
    """
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end])
    return _stretches([" "] * start + middle + [" "] * end)


def _middle(old: list[str], new: list[str]) -> list[str]:
    """The edits, found among the lines that both sides have: no other line can stay."""
    limits.spend(2 * (len(old) + len(new)))
    common = set(old) & set(new)
    olds = [n for n, line in enumerate(old) if line in common]
    news = [n for n, line in enumerate(new) if line in common]
    edits: list[str] = []
    a = b = x = y = 0
    for edit in _edits([old[n] for n in olds], [new[n] for n in news]):
        if edit == " ":
            edits += ["-"] * (olds[x] - a) + ["+"] * (news[y] - b) + [" "]
            a, b = olds[x] + 1, news[y] + 1
        x, y = x + (edit != "+"), y + (edit != "-")
    return edits + ["-"] * (len(old) - a) + ["+"] * (len(new) - b)


def _stretches(edits: list[str]) -> list[Opcode]:
    found: list[Opcode] = []
    a = b = 0
    for same, group in groupby(edits, lambda edit: edit == " "):
        run = list(group)
        removed = sum(edit != "+" for edit in run)
        added = sum(edit != "-" for edit in run)
        kind: Kind = "equal" if same else "replace"
        if not same and not added:
            kind = "delete"
        elif not same and not removed:
            kind = "insert"
        found.append((kind, a, a + removed, b, b + added))
        a, b = a + removed, b + added
    return found


def _edits(old: list[str], new: list[str]) -> list[str]:
    """The edits in order: ` ` keeps a line, `-` drops one, `+` adds one."""
    if not old or not new:
        return ["-"] * len(old) + ["+"] * len(new)
    trace: list[dict[int, int]] = []
    frontier = {1: 0}
    for distance in range(len(old) + len(new) + 1):
        if distance > _FARTHEST:
            return _far_apart(old, new)
        limits.spend(distance + len(frontier) // 8)
        trace.append(dict(frontier))
        for diagonal in range(-distance, distance + 1, 2):
            down = diagonal == -distance or (
                diagonal != distance and frontier[diagonal - 1] < frontier[diagonal + 1]
            )
            x = frontier[diagonal + 1] if down else frontier[diagonal - 1] + 1
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            frontier[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _walked_back(trace, len(old), len(new))
    return []


def _far_apart(old: list[str], new: list[str]) -> list[str]:
    """The edits around the lines that stand once on both sides, as many as come in the same order."""
    edits: list[str] = []
    a = b = 0
    first, second = _single(old), _single(new)
    for x, y in _rising([(x, second[line]) for line, x in first.items() if line in second]):
        edits += ["-"] * (x - a) + ["+"] * (y - b) + [" "]
        a, b = x + 1, y + 1
    return edits + ["-"] * (len(old) - a) + ["+"] * (len(new) - b)


def _single(lines: list[str]) -> dict[str, int]:
    """The lines that stand there once, with their places, in their order."""
    counts = Counter(lines)
    return {line: place for place, line in enumerate(lines) if counts[line] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many pairs as can be had whose second numbers grow as their first ones do."""
    ends: list[int] = []  # the pair that ends the best row of each length so far
    heights: list[int] = []
    before: list[int] = []
    for place, (_, height) in enumerate(pairs):
        length = bisect(heights, height)
        before.append(ends[length - 1] if length else -1)
        heights[length : length + 1] = [height]
        ends[length : length + 1] = [place]
    found = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _walked_back(trace: list[dict[int, int]], x: int, y: int) -> list[str]:
    edits: list[str] = []
    for distance in range(len(trace) - 1, 0, -1):
        frontier, diagonal = trace[distance], x - y
        down = diagonal == -distance or (
            diagonal != distance and frontier[diagonal - 1] < frontier[diagonal + 1]
        )
        before = diagonal + 1 if down else diagonal - 1
        from_x = frontier[before]
        from_y = from_x - before
        kept = min(x - from_x - (not down), y - from_y - down)
        edits += [" "] * kept + ["+" if down else "-"]
        x, y = from_x, from_y
    edits += [" "] * x
    return edits[::-1]


def hunks(old: list[str], new: list[str], context: int = 3) -> Iterator[Hunk]:
    """The changes with the lines around them."""
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in opcodes(old, new):
        if kind == "equal":
            pieces += [(" ", line) for line in old[a:b]]
        else:
            pieces += [("-", line) for line in old[a:b]] + [("+", line) for line in new[c:d]]
    changed = [n for n, (mark, _) in enumerate(pieces) if mark != " "]
    groups: list[list[int]] = []
    for place in changed:
        if groups and place - groups[-1][1] <= 2 * context + 1:
            groups[-1][1] = place
        else:
            groups.append([place, place])
    for first, last in groups:
        start, stop = max(0, first - context), min(len(pieces), last + context + 1)
        yield _hunk(pieces, start, stop)


def _hunk(pieces: list[tuple[str, str]], start: int, stop: int) -> Hunk:
    old_before = sum(mark != "+" for mark, _ in pieces[:start])
    new_before = sum(mark != "-" for mark, _ in pieces[:start])
    lines = tuple(pieces[start:stop])
    old_count = sum(mark != "+" for mark, _ in lines)
    new_count = sum(mark != "-" for mark, _ in lines)
    return Hunk(
        old_before + (1 if old_count else 0),
        old_count,
        new_before + (1 if new_count else 0),
        new_count,
        lines,
    )
