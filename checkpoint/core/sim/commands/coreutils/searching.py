"""grep: lines that fit an expression."""

from dataclasses import dataclass

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.coreutils.reading import lines_of
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.expressions import Expression
from checkpoint.core.sim.parts.files import File, FileError, Folder, decoded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.styles import Gnu
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information."


@dataclass(slots=True)
class _Found:
    matched: bool = False
    failed: bool = False


def grep(process: Process, args: Args) -> int:
    wanted = list(args.values("--regexp"))
    for name in args.values("--file"):
        wanted += process.read(name).splitlines()
    names = list(args.rest)
    if not args.has("--regexp") and not args.has("--file"):
        if not names:
            raise UsageError(_USAGE, 2)
        wanted.append(names.pop(0))
    expression = _compiled([line for text in wanted for line in text.split("\n")], args)
    found = _Found()
    many = len(names) > 1 or _recursive(args)
    titled = (many or args.has("--with-filename")) and not args.has("--no-filename")
    for shown, text in _texts(process, args, names, found):
        process.budget.step()
        _search(process, args, expression, shown if titled else "", shown, text, found)
        if args.has("--quiet") and found.matched:
            return 0
    return 2 if found.failed else int(not found.matched)


def _recursive(args: Args) -> bool:
    return args.has("--recursive") or args.has("--dereference-recursive")


def _compiled(wanted: list[str], args: Args) -> Expression:
    if args.has("--perl-regexp"):
        parts = wanted
    elif args.has("--fixed-strings"):
        parts = [expressions.escaped(text) for text in wanted]
    elif args.has("--extended-regexp"):
        parts = [expressions.from_extended(text) for text in wanted]
    else:
        parts = [expressions.from_basic(text) for text in wanted]
    text = "|".join(f"(?:{part})" for part in parts)
    if args.has("--word-regexp"):
        text = rf"\b(?:{text})\b"
    if args.has("--line-regexp"):
        text = f"^(?:{text})$"
    try:
        return expressions.compiled(text, ignore_case=args.has("--ignore-case"))
    except SimError as error:
        raise SimError(f"Invalid regular expression: {error.message}", 2) from None


def _texts(process: Process, args: Args, names: list[str], found: _Found) -> list[tuple[str, str]]:
    if not names and not _recursive(args):
        return [("(standard input)", process.stdin)]
    read: list[tuple[str, str]] = []
    for typed in names or ["."]:
        if typed == "-":
            read.append(("(standard input)", process.stdin))
            continue
        try:
            node = process.files.look(process.path(typed))
            if not isinstance(node, Folder):
                read.append((typed, process.read(typed)))
            elif _recursive(args):
                read += _below(process, args, typed, bool(names))
            else:
                process.error(f"grep: {typed}: Is a directory")
                found.failed = True
        except FileError as error:
            found.failed = True
            if not args.has("--no-messages"):
                process.error(f"grep: {typed}: {error.why.value}")
    return read


def _below(process: Process, args: Args, typed: str, named: bool) -> list[tuple[str, str]]:
    top = process.path(typed).rstrip("/")
    read = []
    for path, node in process.files.walk(top):
        process.budget.step()
        inner = path[len(top) + 1 :]
        parts = inner.split("/")
        if not isinstance(node, File) or _left_out(args, parts):
            continue
        read.append((f"{typed.rstrip('/')}/{inner}" if named else inner, decoded(node.data)))
    return read


def _left_out(args: Args, parts: list[str]) -> bool:
    def fits(key: str, name: str) -> bool:
        return any(patterns.matches(patterns.compiled(one), name) for one in args.values(key))

    if args.has("--include") and not fits("--include", parts[-1]):
        return True
    return fits("--exclude", parts[-1]) or any(fits("--exclude-dir", folder) for folder in parts[:-1])


def _search(
    process: Process, args: Args, expression: Expression, title: str, name: str, text: str, found: _Found
) -> None:
    lines = [line.rstrip("\n") for line in lines_of(text)]
    hits = [
        n
        for n, line in enumerate(lines)
        if (expression.search(line) is not None) != args.has("--invert-match")
    ]
    if args.has("--max-count"):
        limit = args.value("--max-count")
        hits = hits[: int(limit[:9]) if limit.isdecimal() else 0]
    found.matched = found.matched or bool(hits)
    if args.has("--quiet"):
        return
    if args.has("--files-with-matches") or args.has("--files-without-match"):
        if bool(hits) == args.has("--files-with-matches"):
            process.line(name)
    elif args.has("--count"):
        process.line(f"{title}:{len(hits)}" if title else str(len(hits)))
    elif "\0" in text and hits:
        process.line(f"grep: {name}: binary file matches")
    else:
        _printed(process, args, expression, title, lines, hits)


def _printed(
    process: Process, args: Args, expression: Expression, title: str, lines: list[str], hits: list[int]
) -> None:
    before, after = (_around(args, key) for key in ("--before-context", "--after-context"))
    shown, matched = -1, set(hits)
    for place in hits:
        first = max(shown + 1, place - before)
        if (before or after) and shown >= 0 and first > shown + 1:
            process.line("--")
        last = min(len(lines) - 1, place + after)
        for number in range(first, last + 1):
            mark = ":" if number in matched else "-"
            lead = (f"{title}{mark}" if title else "") + (
                f"{number + 1}{mark}" if args.has("--line-number") else ""
            )
            if args.has("--only-matching") and mark == ":":
                for match in expression.finditer(lines[number]):
                    if match.start() < match.end():
                        process.line(lead + lines[number][match.start() : match.end()])
            else:
                process.line(lead + lines[number])
        shown = max(shown, last)


def _around(args: Args, key: str) -> int:
    text = args.value(key) or args.value("--context", "0")
    if not text.isdecimal():
        raise SimError(f"{text}: invalid context length argument", 2)
    return int(text[:6])


_FLAGS = (
    ("-i", "--ignore-case"),
    ("-v", "--invert-match"),
    ("-n", "--line-number"),
    ("-c", "--count"),
    ("-l", "--files-with-matches"),
    ("-L", "--files-without-match"),
    ("-o", "--only-matching"),
    ("-q", "--quiet"),
    ("-r", "--recursive"),
    ("-R", "--dereference-recursive"),
    ("-w", "--word-regexp"),
    ("-x", "--line-regexp"),
    ("-E", "--extended-regexp"),
    ("-F", "--fixed-strings"),
    ("-G", "--basic-regexp"),
    ("-P", "--perl-regexp"),
    ("-H", "--with-filename"),
    ("-h", "--no-filename"),
    ("-s", "--no-messages"),
    ("-I", "--binary-files-without-match"),
    ("-a", "--text"),
)


def egrep(process: Process, args: Args) -> int:
    return process.spawn(process, ("grep", "-E", *process.words[1:]), process.stdin)


def fgrep(process: Process, args: Args) -> int:
    return process.spawn(process, ("grep", "-F", *process.words[1:]), process.stdin)


ROWS = (
    Command("egrep", "grep -E", egrep, "PATTERNS [FILE]...", raw=True),
    Command("fgrep", "grep -F", fgrep, "PATTERNS [FILE]...", raw=True),
    Command(
        "grep",
        "print lines that fit an expression",
        grep,
        "[OPTION]... PATTERNS [FILE]...",
        (
            *(Option(names) for names in _FLAGS),
            Option(("-e", "--regexp"), "PATTERNS"),
            Option(("-f", "--file"), "FILE"),
            Option(("-m", "--max-count"), "NUM"),
            Option(("-A", "--after-context"), "NUM"),
            Option(("-B", "--before-context"), "NUM"),
            Option(("-C", "--context"), "NUM"),
            Option(("--include",), "GLOB"),
            Option(("--exclude",), "GLOB"),
            Option(("--exclude-dir",), "GLOB"),
            Option(("--color", "--colour"), "WHEN", optional=True),
        ),
        numbers="--context",
        style=Gnu(2),
    ),
)
