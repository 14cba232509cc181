"""column, join, fold, expr: tables and single values, as util-linux 2.38 and coreutils 9.1 make them."""

import re
import unicodedata

from checkpoint.core.sim import expressions, limits
from checkpoint.core.sim.commands.coreutils.reading import texts
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, UsageError


def _all_lines(process: Process, names: list[str]) -> tuple[list[str], int]:
    read = list(texts(process, names))
    found = [line for _, text in read for line in text.removesuffix("\n").split("\n") if text]
    return found, int(len(read) != max(1, len(names)))


def column(process: Process, args: Args) -> int:
    """With `-t` a table; without, the lines as they are, for a pipe has no width to fill."""
    lines, code = _all_lines(process, args.rest)
    lines = [line for line in lines if line.strip()]
    if not args.has("--table"):
        for line in lines:
            process.line(line)
        return code
    separators = args.value("--separator", "") if args.has("--separator") else ""
    rows = [re.split(f"[{re.escape(separators)}]", line) if separators else line.split() for line in lines]
    between = args.value("--output-separator", "  ")
    widths: list[int] = []
    for row in rows:
        process.budget.step()
        for place, cell in enumerate(row):
            widths[place:] = (
                [max(widths[place], _width(cell)), *widths[place + 1 :]]
                if place < len(widths)
                else [_width(cell)]
            )
    for row in rows:
        last = len(widths) - 1
        cells = [cell + " " * (widths[n] - _width(cell)) if n < last else cell for n, cell in enumerate(row)]
        process.line(between.join(cells))
    return code


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def fold(process: Process, args: Args) -> int:
    typed = args.value("--width", "80")
    if not typed.isdecimal() or not int(typed[:6]) > 0:
        raise UsageError(f"fold: invalid number of columns: ‘{typed}’", 1)
    width = int(typed[:6])
    lines, code = _all_lines(process, args.rest)
    for line in lines:
        while len(line) > width:
            at = line.rfind(" ", 0, width) + 1 if args.has("--spaces") else 0
            process.line(line[: at or width])
            line = line[at or width :]
        process.line(line)
    return code


def join(process: Process, args: Args) -> int:
    """Lines of two sorted files with the same field."""
    if len(args.rest) != 2:
        missing = "missing operand" if not args.rest else f"missing operand after ‘{args.rest[-1]}’"
        what = missing if len(args.rest) < 2 else f"extra operand ‘{args.rest[2]}’"
        raise UsageError(f"join: {what}\nTry 'join --help' for more information.", 1)
    given = args.value("-t", "")
    fields = [
        _field(args.value("-1", args.value("-j", "1"))),
        _field(args.value("-2", args.value("-j", "1"))),
    ]
    sides: list[list[list[str]]] = []
    for name in args.rest:
        lines, code = _all_lines(process, [name])
        if code:
            return 1
        sides.append([line.split(given) if given else line.split() for line in lines])
    alone = set(args.values("-a")) | set(args.values("-v"))
    _paired(process, sides, fields, alone, given or " ", pairs=not args.values("-v"))
    return 0


def _field(typed: str) -> int:
    if not typed.isdecimal() or not int(typed[:6]):
        raise SimError(f"invalid field number: ‘{typed}’")
    return int(typed[:6]) - 1


def _paired(
    process: Process,
    sides: list[list[list[str]]],
    fields: list[int],
    alone: set[str],
    glue: str,
    *,
    pairs: bool,
) -> None:
    left, right = sides
    at = [0, 0]
    keys = [
        [row[field] if field < len(row) else "" for row in side]
        for side, field in zip(sides, fields, strict=True)
    ]

    def shown(side: int, row: list[str]) -> list[str]:
        return [one for place, one in enumerate(row) if place != fields[side]]

    while at[0] < len(left) or at[1] < len(right):
        process.budget.step()
        one = keys[0][at[0]] if at[0] < len(left) else None
        other = keys[1][at[1]] if at[1] < len(right) else None
        if one is not None and one == other:
            ends = [
                next((n for n in range(at[s], len(keys[s])) if keys[s][n] != one), len(keys[s]))
                for s in (0, 1)
            ]
            for first in left[at[0] : ends[0]] if pairs else ():
                for second in right[at[1] : ends[1]]:
                    process.budget.step()
                    process.line(glue.join([one, *shown(0, first), *shown(1, second)]))
            at = ends
            continue
        side = 0 if other is None or (one is not None and one < other) else 1
        if str(side + 1) in alone:
            process.line(glue.join([keys[side][at[side]], *shown(side, sides[side][at[side]])]))
        at[side] += 1


# --- expr ---------------------------------------------------------------------

_LEVELS = (("|",), ("&",), ("<", "<=", "=", "==", "!=", ">=", ">"), ("+", "-"), ("*", "/", "%"), (":",))


def expr(process: Process, args: Args) -> int:
    words = list(args.rest)
    if not words:
        raise UsageError("expr: missing operand\nTry 'expr --help' for more information.", 2)
    reader = _Reader(words)
    made = reader.level(0)
    if reader.words:
        raise SimError(f"syntax error: unexpected argument ‘{reader.words[0]}’", 2)
    process.line(made)
    return int(made in ("", "0") or bool(re.fullmatch(r"-?0+", made)))


class _Reader:
    def __init__(self, words: list[str]) -> None:
        self.words, self.depth, self.last = words, 0, ""

    def level(self, level: int) -> str:
        if level == len(_LEVELS):
            return self.term()
        left = self.level(level + 1)
        while self.words and self.words[0] in _LEVELS[level]:
            operator = self.last = self.words.pop(0)
            left = self.combined(operator, left, self.level(level + 1))
        return left

    def term(self) -> str:
        if not self.words:
            raise SimError(f"syntax error: missing argument after ‘{self.last}’", 2)
        word = self.last = self.words.pop(0)
        if word == "(":
            self.depth += 1
            if self.depth > limits.NESTING:
                raise Exhausted(f"at most {limits.NESTING} brackets stand inside each other")
            made = self.level(0)
            if self.words[:1] != [")"]:
                raise SimError("syntax error: expecting ')' after ‘" + made + "’", 2)
            self.words.pop(0)
            return made
        if word == "length" and self.words:
            return str(len(self.term()))
        if word == "match" and len(self.words) > 1:
            return self.combined(":", self.term(), self.term())
        if word == "substr" and len(self.words) > 2:
            text, start, count = self.term(), _whole(self.term()), _whole(self.term())
            return text[start - 1 : start - 1 + count] if start > 0 and count > 0 else ""
        if word == "index" and len(self.words) > 1:
            text, chars = self.term(), self.term()
            return str(next((n for n, char in enumerate(text, start=1) if char in chars), 0))
        return word

    def combined(self, operator: str, a: str, b: str) -> str:
        if operator == "|":
            return a if a not in ("", "0") else b or "0"
        if operator == "&":
            return a if a not in ("", "0") and b not in ("", "0") else "0"
        if operator == ":":
            return _fitted(a, b)
        if operator in _LEVELS[2]:
            numbers = re.fullmatch(r"-?\d{1,18}", a) and re.fullmatch(r"-?\d{1,18}", b)
            left, right = (int(a), int(b)) if numbers else (a, b)
            answers = {
                "<": left < right,  # type: ignore[operator]
                "<=": left <= right,  # type: ignore[operator]
                ">": left > right,  # type: ignore[operator]
                ">=": left >= right,  # type: ignore[operator]
                "!=": left != right,
            }
            return str(int(answers.get(operator, left == right)))
        x, y = _whole(a), _whole(b)
        if operator in "/%" and not y:
            raise SimError("division by zero", 2)
        sums = {"+": x + y, "-": x - y, "*": x * y}
        if operator in sums:
            return str(sums[operator])
        part = abs(x) // abs(y) * (1 if (x < 0) == (y < 0) else -1)
        return str(part if operator == "/" else x - part * y)


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise SimError("non-integer argument", 2)
    return int(text)


def _fitted(text: str, wanted: str) -> str:
    found = expressions.compiled("^(?:" + expressions.from_basic(wanted) + ")").search(text)
    grouped = "\\(" in wanted
    if found is None:
        return "" if grouped else "0"
    return (found.group(1) or "") if grouped else str(found.end())


ROWS = (
    Command(
        "column",
        "lines as a table",
        column,
        "[options] [FILE...]",
        (
            Option(("-t", "--table")),
            Option(("-s", "--separator"), "CHARS"),
            Option(("-o", "--output-separator"), "TEXT"),
            Option(("-n", "--table-name"), "NAME", simulated=False),
            Option(("-N", "--table-columns"), "NAMES", simulated=False),
            Option(("-J", "--json"), simulated=False),
        ),
    ),
    Command(
        "fold",
        "break long lines",
        fold,
        "[OPTION]... [FILE]...",
        (Option(("-w", "--width"), "N"), Option(("-s", "--spaces"))),
    ),
    Command(
        "join",
        "join lines of two files with the same field",
        join,
        "[OPTION]... FILE1 FILE2",
        (
            *(Option((name,), "FIELD") for name in ("-1", "-2", "-j")),
            Option(("-t",), "CHAR"),
            Option(("-a",), "N"),
            Option(("-v",), "N"),
            Option(("-o",), "FORMAT", simulated=False),
            Option(("-e",), "TEXT", simulated=False),
            Option(("-i", "--ignore-case"), simulated=False),
            Option(("--header",), simulated=False),
        ),
    ),
    Command("expr", "reckon with words", expr, "EXPRESSION", raw=True),
)
