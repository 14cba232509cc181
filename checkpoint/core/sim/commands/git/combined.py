"""`diff --cc`: a file with two parents, after a merge or in a conflict, as git shows both at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from checkpoint.core.sim.commands.git.formats import around
from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.git.merging import lines_of
from checkpoint.core.sim.parts.git.objects import Oid

_CONTEXT = 3


@dataclass(slots=True)
class _Line:
    """A line of the result: parents that haven't got it, and what stood before it in some parents."""

    text: str
    new_to: int = 0
    """Bits of the parents."""
    lost: list[tuple[str, int]] = field(default_factory=list)
    shown: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.new_to or self.lost)


@dataclass(frozen=True, slots=True)
class Side:
    """A parent's file, or the result: name of its blob ("" for the working tree), mode, bytes."""

    oid: Oid
    mode: int
    data: bytes


def combined(path: str, parents: Sequence[Side], result: Side | None, *, always: bool = False) -> str:
    """The file's part of a combined diff; nothing where each change is one parent's alone.

    `result` is None where the file is gone; `always` tells of the file even without any hunk.
    """
    made = result.data if result else b""
    lines = _compared([one.data for one in parents], made)
    hunks = _hunks(lines, (1 << len(parents)) - 1)
    if not hunks and not always:
        return ""
    names = ",".join((one.oid or "0" * 7)[:7] for one in parents)
    out = [f"diff --cc {path}", f"index {names}..{((result.oid if result else '') or '0' * 7)[:7]}"]
    modes = {one.mode for one in parents}
    if result and modes != {result.mode}:
        out.append(f"mode {','.join(f'{one.mode:06o}' for one in parents)}..{result.mode:06o}")
    if hunks:
        out += [f"--- a/{path}", f"+++ b/{path}" if result else "+++ /dev/null"]
    for first, last in hunks:
        out += _printed(lines, first, last, len(parents))
    return "".join(line + "\n" for line in out)


def _compared(parents: Sequence[bytes], made: bytes) -> list[_Line]:
    """The lines of the result, and a last one for what is lost behind them."""
    texts = lines_of(made)
    lines = [_Line(text) for text in [*texts, ""]]
    for number, data in enumerate(parents):
        bit = 1 << number
        old = lines_of(data)
        for kind, a, b, c, d in opcodes(old, texts):
            if kind == "equal":
                continue
            for line in lines[c:d]:
                line.new_to |= bit
            _lose(lines[c], old[a:b], bit)
    return lines


def _lose(line: _Line, texts: list[str], bit: int) -> None:
    """Add what a parent lost before a line; what an earlier parent lost alike becomes one line."""
    merged: list[tuple[str, int]] = []
    for kind, a, b, c, d in opcodes([text for text, _ in line.lost], texts):
        if kind == "equal":
            merged += [(text, bits | bit) for text, bits in line.lost[a:b]]
        else:
            merged += line.lost[a:b] + [(text, bit) for text in texts[c:d]]
    line.lost = merged


def _hunks(lines: list[_Line], every: int) -> list[tuple[int, int]]:
    """(first, behind the last) line of each hunk, with the lines around it."""
    for line in lines:
        line.shown = line.differs
    at = 0
    while at < len(lines):
        if not lines[at].shown:
            at += 1
            continue
        end = _end(lines, at)
        kinds = {line.new_to for line in lines[at:end] if line.new_to}
        kinds |= {bits for line in lines[at:end] for _, bits in line.lost}
        if len(kinds) == 1 and kinds != {every}:
            for line in lines[at:end]:
                line.shown = False
        at = end
    return _with_context(lines)


def _end(lines: list[_Line], start: int) -> int:
    """Where a stretch of changes ends that have no more than the context between them."""
    end = start + 1
    while end < len(lines):
        if not lines[end].shown:
            ahead = range(end, min(len(lines), _tail(lines, start, end) + _CONTEXT))
            more = [place for place in ahead if lines[place].shown]
            if not more:
                return end
            end = more[-1]
        end += 1
    return end


def _tail(lines: list[_Line], start: int, end: int) -> int:
    """A last line that only lost something before it is itself context."""
    return end - 1 if start + 1 <= end and not lines[end - 1].new_to else end


def _with_context(lines: list[_Line]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    shown = [place for place, line in enumerate(lines) if line.shown]
    for place in shown:
        first = max(0, place - _CONTEXT)
        last = min(len(lines) - 1, place + _CONTEXT + bool(lines[place].new_to))
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _printed(lines: list[_Line], first: int, last: int, count: int) -> list[str]:
    """A hunk; the line behind it belongs to it only with what was lost before it."""
    part = lines[first:last]
    tail = lines[last].lost if last == len(lines) - 1 or lines[last].shown else []
    ranges = [_range(lines, first, last, tail, 1 << number) for number in range(count)]
    mark = "@" * (count + 1)
    head = " ".join([mark, *(f"-{one}" for one in ranges), f"+{_numbers(first, len(part))}", mark])
    out = [head + around([line.text for line in lines[:-1]], first + 1)]
    for line in part:
        out += _lost_lines(line.lost, count)
        marks = "".join("+" if line.new_to >> number & 1 else " " for number in range(count))
        out.append(marks + line.text.rstrip("\n"))
    return out + _lost_lines(tail, count)


def _lost_lines(lost: list[tuple[str, int]], count: int) -> list[str]:
    return [
        "".join("-" if bits >> number & 1 else " " for number in range(count)) + text.rstrip("\n")
        for text, bits in lost
    ]


def _range(lines: list[_Line], first: int, last: int, tail: list[tuple[str, int]], bit: int) -> str:
    """Where a hunk stands in one parent, and how many lines it has there."""

    def length(part: list[_Line]) -> int:
        return sum(not line.new_to & bit for line in part) + sum(
            bool(bits & bit) for line in part for _, bits in line.lost
        )

    inside = length(lines[first:last]) + sum(bool(bits & bit) for _, bits in tail)
    return _numbers(length(lines[:first]), inside)


def _numbers(before: int, count: int) -> str:
    return f"{before + (1 if count else 0)},{count}"
