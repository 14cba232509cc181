"""sort, uniq, cut, tr, rev, nl, paste: lines and columns."""

import re
from itertools import groupby

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.coreutils.reading import lines_of, texts
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import encoded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_COMPARED = 16
"""Work for each line that is sorted."""


def _lines(process: Process, args: Args, complain: str = "{name}: {path}: {why}") -> tuple[list[str], int]:
    read = list(texts(process, args.rest, complain))
    lines = [line.rstrip("\n") for _, text in read for line in lines_of(text)]
    return lines, 0 if len(read) == max(1, len(args.rest)) else 1


def sort(process: Process, args: Args) -> int:
    lines, failed = _lines(process, args, "{name}: cannot read: {path}: {why}")
    if failed:
        return 2
    keys = [_sort_key(text) for text in args.values("--key")]
    separator = args.value("--field-separator")

    def key(line: str) -> tuple[object, ...]:
        parts = line.split(separator) if separator else re.findall(r"\s*\S+", line)
        chosen = [" ".join(parts[first - 1 : last]) for first, last, _ in keys] or [line]
        numbers = [flags for _, _, flags in keys] or [""]
        pairs = zip(chosen, numbers, strict=True)
        return tuple(_comparable(text, args, flags) for text, flags in pairs)

    def both(line: str) -> tuple[object, ...]:
        return (*key(line), encoded(line))

    limits.spend(_COMPARED * len(lines))
    made = sorted(lines, key=both, reverse=args.has("--reverse"))
    if args.has("--unique"):
        made = [next(group) for _, group in groupby(made, key)]
    process_text = "".join(line + "\n" for line in made)
    if args.has("--output"):
        process.write(args.value("--output"), process_text)
    else:
        process.out(process_text)
    return 0


def _sort_key(text: str) -> tuple[int, int | None, str]:
    match = re.fullmatch(r"(\d{1,4})(?:\.\d+)?([bdfginrV]*)(?:,(\d{1,4})(?:\.\d+)?([bdfginrV]*))?", text)
    if not match or int(match[1]) == 0:
        raise SimError(f"invalid number at field start: invalid count at start of ‘{text}’", 2)
    return int(match[1]), int(match[3]) if match[3] else None, match[2] + (match[4] or "")


def _comparable(text: str, args: Args, flags: str) -> object:
    if args.has("--numeric-sort") or "n" in flags:
        number = re.match(r"\s*(-?\d{0,30}(?:\.\d{0,30})?)", text)
        digits = number[1] if number else ""
        return float(digits) if re.search(r"\d", digits) else 0.0
    if args.has("--version-sort") or "V" in flags:
        return [(0, int(p[:30]), "") if p.isdecimal() else (1, 0, p) for p in re.findall(r"\d+|\D+", text)]
    if args.has("--ignore-case") or "f" in flags:
        return encoded(text.upper())
    return encoded(text)


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
            Option(("-h", "--human-numeric-sort"), simulated=False),
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
