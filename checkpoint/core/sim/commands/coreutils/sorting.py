"""sort, uniq, cut, tr, rev, nl, paste: lines and columns."""

import itertools
import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.coreutils.reading import texts
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import encoded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_COMPARED = 16
"""Work for each line that is sorted."""


def _lines(
    process: Process, args: Args, complain: str = "{name}: {path}: {why}", end: str = "\n"
) -> tuple[list[str], int]:
    read = list(texts(process, args.rest, complain))
    lines = [line for _, text in read for line in text.removesuffix(end).split(end) if text]
    return lines, 0 if len(read) == max(1, len(args.rest)) else 1


@dataclass(frozen=True, slots=True)
class _Key:
    """Which fields of a line are compared, and how: letters as in `-k2,2nr`."""

    first: int
    last: int | None
    letters: str

    def of(self, line: str, separator: str) -> object:
        parts = line.split(separator) if separator else re.findall(r"\s*\S+|\s+$", line)
        chosen = parts[self.first - 1 : self.last]
        return _comparable(separator.join(chosen) if self.first > 1 or self.last else line, self.letters)


_LETTERS = {
    "--numeric-sort": "n",
    "--version-sort": "V",
    "--ignore-case": "f",
    "--human-numeric-sort": "h",
    "--month-sort": "M",
    "--general-numeric-sort": "g",
    "--ignore-leading-blanks": "b",
    "--reverse": "r",
}


def sort(process: Process, args: Args) -> int:
    end = "\0" if args.has("--zero-terminated") else "\n"
    lines, failed = _lines(process, args, "{name}: cannot read: {path}: {why}", end)
    if failed:
        return 2
    letters = "".join(letter for name, letter in _LETTERS.items() if args.has(name))
    keys = [_sort_key(text, letters) for text in args.values("--key")] or [_Key(1, None, letters)]
    separator = args.value("--field-separator")
    limits.spend(_COMPARED * len(lines) * len(keys))
    if args.has("--check"):
        return _checked(process, args, lines, keys, separator)
    made = _ordered(lines, keys, separator, args)
    if args.has("--unique"):
        same = groupby(made, lambda line: [key.of(line, separator) for key in keys])
        made = [next(group) for _, group in same]
    process_text = "".join(line + end for line in made)
    if args.has("--output"):
        process.write(args.value("--output"), process_text)
    else:
        process.out(process_text)
    return 0


def _place_of(key: _Key, separator: str, line: str) -> Any:
    return key.of(line, separator)


def _ordered(lines: list[str], keys: list[_Key], separator: str, args: Args) -> list[str]:
    """By the first key, lines that are the same there by the next; the whole line decides at the last."""
    made = list(lines)
    if not args.has("--stable") and not args.has("--unique"):
        made.sort(key=encoded, reverse=args.has("--reverse"))
    for key in reversed(keys):
        made.sort(key=partial(_place_of, key, separator), reverse="r" in key.letters)
    return made


def _checked(process: Process, args: Args, lines: list[str], keys: list[_Key], separator: str) -> int:
    """`-c`: the first line that stands in the wrong place."""
    name = args.rest[0] if args.rest else "-"
    for number, (before, line) in enumerate(itertools.pairwise(lines), start=2):
        same = all(key.of(before, separator) == key.of(line, separator) for key in keys)
        moved = _ordered([before, line], keys, separator, args)[0] != before
        if moved or (same and args.has("--unique")):
            process.error(f"sort: {name}:{number}: disorder: {line}")
            return 1
    return 0


def _sort_key(text: str, letters: str) -> _Key:
    match = re.fullmatch(r"(\d{1,4})(\.\d+)?([bdfghinMrRV]*)(?:,(\d{1,4})(\.\d+)?([bdfghinMrRV]*))?", text)
    if not match or int(match[1]) == 0:
        raise SimError(f"invalid number at field start: invalid count at start of ‘{text}’", 2)
    if match[2] or match[5]:
        raise SimError("simulator: a place inside a field (`sort -k 1.2`) is not simulated", 2)
    own = match[3] + (match[6] or "")
    return _Key(int(match[1]), int(match[4]) if match[4] else None, own or letters)


_MONTHS = ("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SIZES = " KMGTPE"


def _comparable(text: str, letters: str) -> object:
    if "n" in letters or "h" in letters or "g" in letters:
        number = re.match(r"\s*(-?\d{0,30}(?:\.\d{0,30})?)([KMGTPE]?)", text)
        digits = number[1] if number else ""
        value = float(digits) if re.search(r"\d", digits) else 0.0
        size = _SIZES.index((number[2] if number else "") or " ") if "h" in letters and value else 0
        return (size if value > 0 else -size, value)
    if "V" in letters:
        return [(0, int(p[:30]), "") if p.isdecimal() else (1, 0, p) for p in re.findall(r"\d+|\D+", text)]
    if "M" in letters:
        month = text.strip()[:3].upper()
        return _MONTHS.index(month) if month in _MONTHS else 0
    if "b" in letters:
        text = text.lstrip()
    return encoded(text.upper() if "f" in letters else text)


def uniq(process: Process, args: Args) -> int:
    lines, failed = _lines(process, Args(rest=args.rest[:1]))
    key = str.lower if args.has("--ignore-case") else str
    for _, group in groupby(lines, key):
        same = list(group)
        if (args.has("--repeated") and len(same) < 2) or (args.has("--unique") and len(same) > 1):
            continue
        process.line(f"{len(same):7} {same[0]}" if args.has("--count") else same[0])
    return failed


def cut(process: Process, args: Args) -> int:
    kinds = [key for key in ("--fields", "--characters", "--bytes") if args.has(key)]
    hint = "\nTry 'cut --help' for more information."
    if len(kinds) != 1:
        text = "you must specify a list of bytes, characters, or fields"
        raise UsageError(f"cut: {text if not kinds else 'only one type of list may be specified'}{hint}", 1)
    ranges = [_span(part, hint) for part in args.value(kinds[0]).split(",")]
    delimiter = args.value("--delimiter", "\t")
    if len(delimiter) != 1:
        raise UsageError(f"cut: the delimiter must be a single character{hint}", 1)
    lines, failed = _lines(process, args)
    chosen = _others if args.has("--complement") else _chosen
    for line in lines:
        if kinds[0] == "--fields":
            if delimiter not in line:
                if not args.has("--only-delimited"):
                    process.line(line)
                continue
            parts = line.split(delimiter)
            process.line(args.value("--output-delimiter", delimiter).join(chosen(parts, ranges)))
        else:
            process.line("".join(chosen(list(line), ranges)))
    return failed


def _span(text: str, hint: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{0,9})(-?)(\d{0,9})", text)
    if not match or not (match[1] or match[3]):
        raise UsageError(f"cut: invalid field value ‘{text}’{hint}", 1)
    first = int(match[1] or 1)
    last = int(match[3]) if match[3] else (10**9 if match[2] else first)
    if first == 0:
        raise UsageError(f"cut: fields are numbered from 1{hint}", 1)
    return first, last


def _others(parts: list[str], ranges: list[tuple[int, int]]) -> list[str]:
    return [part for n, part in enumerate(parts, start=1) if not any(a <= n <= b for a, b in ranges)]


def _chosen(parts: list[str], ranges: list[tuple[int, int]]) -> list[str]:
    return [part for n, part in enumerate(parts, start=1) if any(a <= n <= b for a, b in ranges)]


_CLASSES = {
    "lower": "abcdefghijklmnopqrstuvwxyz",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "digit": "0123456789",
    "space": " \t\n\r\v\f",
    "blank": " \t",
    "punct": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
}
_CLASSES["alpha"] = _CLASSES["upper"] + _CLASSES["lower"]
_CLASSES["alnum"] = _CLASSES["digit"] + _CLASSES["alpha"]


def _set(text: str) -> str:
    text = re.sub(r"\[:(\w+):\]", lambda m: _CLASSES.get(m[1], m[0]), text)
    text = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}.get(m[1], m[1]), text)

    def spelled(match: re.Match[str]) -> str:
        first, last = ord(match[1]), ord(match[2])
        if first > last:
            raise SimError(f"range-endpoints of '{match[0]}' are in reverse collating sequence order")
        return "".join(chr(code) for code in range(first, min(last, first + 255) + 1))

    return re.sub(r"(.)-(.)", spelled, text, flags=re.DOTALL)


def tr(process: Process, args: Args) -> int:
    hint = "\nTry 'tr --help' for more information."
    if not args.rest:
        raise UsageError(f"tr: missing operand{hint}", 1)
    delete, squeeze = args.has("--delete"), args.has("--squeeze-repeats")
    if len(args.rest) < 2 and not (delete or squeeze):
        text = f"missing operand after ‘{args.rest[0]}’\nTwo strings must be given when translating."
        raise UsageError(f"tr: {text}{hint}", 1)
    first = _set(args.rest[0])
    text = process.stdin
    if args.has("--complement"):
        first = "".join(sorted(set(text) - set(first)))
    if delete:
        text = "".join(char for char in text if char not in set(first))
    elif len(args.rest) > 1:
        second = _set(args.rest[1])
        padded = second + second[-1:] * (len(first) - len(second))
        text = text.translate({ord(a): b for a, b in zip(first, padded, strict=False)})
        first = second
    if squeeze:
        once = set(_set(args.rest[1]) if delete and len(args.rest) > 1 else first)
        text = "".join(c for n, c in enumerate(text) if c not in once or n == 0 or text[n - 1] != c)
    process.out(text)
    return 0


def tac(process: Process, args: Args) -> int:
    lines, code = _lines(process, args)
    process.out("".join(f"{line}\n" for line in reversed(lines)))
    return code


def paste(process: Process, args: Args) -> int:
    glue = args.value("--delimiters", "\t").replace("\\t", "\t").replace("\\n", "\n") or "\t"
    texts = [process.stdin if name == "-" else process.read(name) for name in args.rest or ["-"]]
    columns = [text.splitlines() for text in texts]
    if args.has("--serial"):
        for column in columns:
            process.line(_glued(column, glue))
        return 0
    for row in range(max(map(len, columns), default=0)):
        process.budget.step()
        process.line(_glued([column[row] if row < len(column) else "" for column in columns], glue))
    return 0


def _glued(parts: list[str], glue: str) -> str:
    """The parts with the characters of `glue` between them in turn."""
    return "".join(part + (glue[n % len(glue)] if n + 1 < len(parts) else "") for n, part in enumerate(parts))


def rev(process: Process, args: Args) -> int:
    lines, failed = _lines(process, args)
    process.out("".join(line[::-1] + "\n" for line in lines))
    return failed


def nl(process: Process, args: Args) -> int:
    lines, failed = _lines(process, args)
    number, every = 0, args.value("--body-numbering") == "a"
    for line in lines:
        numbered = every or bool(line)
        number += numbered
        process.line(f"{number:6}\t{line}" if numbered else "       ")
    return failed


ROWS = (
    Command(
        "sort",
        "put lines in order",
        sort,
        "[OPTION]... [FILE]...",
        (
            Option(("-r", "--reverse")),
            Option(("-n", "--numeric-sort")),
            Option(("-u", "--unique")),
            Option(("-f", "--ignore-case")),
            Option(("-V", "--version-sort")),
            Option(("-k", "--key"), "KEYDEF"),
            Option(("-t", "--field-separator"), "SEP"),
            Option(("-o", "--output"), "FILE"),
            Option(("-h", "--human-numeric-sort")),
            Option(("-M", "--month-sort")),
            Option(("-g", "--general-numeric-sort")),
            Option(("-b", "--ignore-leading-blanks")),
            Option(("-s", "--stable")),
            Option(("-c", "--check")),
            Option(("-z", "--zero-terminated")),
            *(
                Option(names, simulated=False)
                for names in (("-C",), ("-d", "--dictionary-order"), ("-m", "--merge"))
            ),
            *(
                Option(names, simulated=False)
                for names in (("-R", "--random-sort"), ("-i", "--ignore-nonprinting"))
            ),
        ),
        style=Gnu(2),
    ),
    Command(
        "uniq",
        "leave out repeated lines",
        uniq,
        "[OPTION]... [INPUT]",
        (
            Option(("-c", "--count")),
            Option(("-d", "--repeated")),
            Option(("-u", "--unique")),
            Option(("-i", "--ignore-case")),
        ),
    ),
    Command(
        "cut",
        "take columns out of lines",
        cut,
        "OPTION... [FILE]...",
        (
            Option(("-f", "--fields"), "LIST"),
            Option(("-d", "--delimiter"), "DELIM"),
            Option(("-c", "--characters"), "LIST"),
            Option(("-b", "--bytes"), "LIST"),
            Option(("-s", "--only-delimited")),
            Option(("--complement",)),
            Option(("--complement",)),
            Option(("--output-delimiter",), "STRING"),
        ),
    ),
    Command(
        "tr",
        "replace characters",
        tr,
        "[OPTION]... STRING1 [STRING2]",
        (
            Option(("-d", "--delete")),
            Option(("-s", "--squeeze-repeats")),
            Option(("-c", "-C", "--complement")),
        ),
    ),
    Command("tac", "print lines backwards", tac, "[FILE]..."),
    Command(
        "paste",
        "join lines of files",
        paste,
        "[OPTION]... [FILE]...",
        (Option(("-s", "--serial")), Option(("-d", "--delimiters"), "LIST")),
    ),
    Command("rev", "turn lines round", rev, "[FILE]..."),
    Command(
        "nl", "number lines", nl, "[OPTION]... [FILE]...", (Option(("-b", "--body-numbering"), "STYLE"),)
    ),
)
