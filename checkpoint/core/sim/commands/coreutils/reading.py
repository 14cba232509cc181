"""cat, head, tail, wc, tee, less: what is in files, or comes through a pipe."""

from collections.abc import Iterator

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import FileError, encoded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option


def texts(
    process: Process, names: list[str], complain: str = "{name}: {path}: {why}"
) -> Iterator[tuple[str, str]]:
    """(name as typed, text) of each file, `-` and none at all being standard input.

    One that can't be read is told on standard error and left out; `process.code` isn't set, so count
    what comes back.
    """
    for typed in names or ["-"]:
        if typed == "-":
            yield typed, process.stdin
            continue
        try:
            yield typed, process.read(typed)
        except FileError as error:
            name = process.words[0].rpartition("/")[2]
            process.error(complain.format(name=name, path=typed, why=error.why.value))


def lines_of(text: str) -> list[str]:
    """Lines with their newlines; the last one may lack it."""
    return text.splitlines(keepends=True) if text.isascii() and "\r" not in text else _lines(text)


def _lines(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def cat(process: Process, args: Args) -> int:
    read = list(texts(process, args.rest))
    text = "".join(text for _, text in read)
    if args.has("--number") or args.has("--number-nonblank"):
        text = _numbered(text, blank=not args.has("--number-nonblank"))
    if args.has("--show-ends") or args.has("--show-all"):
        text = text.replace("\n", "$\n")
    if args.has("--show-tabs") or args.has("--show-all"):
        text = text.replace("\t", "^I")
    process.out(text)
    return 0 if len(read) == max(1, len(args.rest)) else 1


def _numbered(text: str, *, blank: bool) -> str:
    out, number = [], 0
    for line in lines_of(text):
        if line == "\n" and not blank:
            out.append(line)
            continue
        number += 1
        out.append(f"{number:6}\t{line}")
    return "".join(out)


def _amount(process: Process, text: str, what: str) -> int:
    if not text.lstrip("+-").isdecimal() or len(text) > 12:
        raise SimError(f"invalid number of {what}: ‘{text}’")
    return int(text.lstrip("+"))


def head(process: Process, args: Args) -> int:
    read = list(texts(process, args.rest, "{name}: cannot open '{path}' for reading: {why}"))
    for place, (name, text) in enumerate(read):
        _title(process, args, name, place)
        if args.has("--bytes"):
            count = _amount(process, args.value("--bytes"), "bytes")
            process.out(encoded(text)[:count].decode("utf-8", "surrogateescape"))
        else:
            count = _amount(process, args.value("--lines", "10"), "lines")
            process.out("".join(lines_of(text)[:count]))
    return 0 if len(read) == max(1, len(args.rest)) else 1


def tail(process: Process, args: Args) -> int:
    if args.has("--follow"):
        return process.unsupported("following a file with `tail -f`")
    read = list(texts(process, args.rest, "{name}: cannot open '{path}' for reading: {why}"))
    for place, (name, text) in enumerate(read):
        _title(process, args, name, place)
        key, what = ("--bytes", "bytes") if args.has("--bytes") else ("--lines", "lines")
        typed = args.value(key, "10")
        count = abs(_amount(process, typed, what))
        pieces = [text[n : n + 1] for n in range(len(text))] if key == "--bytes" else lines_of(text)
        start = max(0, count - 1) if typed.startswith("+") else max(0, len(pieces) - count)
        process.out("".join(pieces[start:]))
    return 0 if len(read) == max(1, len(args.rest)) else 1


def _title(process: Process, args: Args, name: str, place: int) -> None:
    if (len(args.rest) > 1 or args.has("--verbose")) and not args.has("--quiet"):
        shown = "standard input" if name == "-" else name
        process.out(("\n" if place else "") + f"==> {shown} <==\n")


def wc(process: Process, args: Args) -> int:
    found = dict(texts(process, args.rest))
    folders = [name for name in args.rest if name != "-" and process.files.is_folder(process.path(name))]
    read = [(name, found.get(name, "")) for name in args.rest or ["-"] if name in found or name in folders]
    wanted = [key for key in ("--lines", "--words", "--chars", "--bytes") if args.has(key)]
    keys = wanted or ["--lines", "--words", "--bytes"]
    rows = [(name, _counted(text, keys)) for name, text in read]
    if len(args.rest) > 1:
        rows.append(("total", [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]))
    whole = sum(len(encoded(text)) for _, text in read)
    width = max(len(str(whole)), 7 if folders else 1) if args.rest else 7
    if (len(keys) == 1 and len(args.rest) < 2) or not rows or (args.rest and rows[0][0] != args.rest[0]):
        width = 1
    for name, counts in rows:
        numbers = " ".join(f"{count:{width}}" for count in counts)
        process.line(f"{numbers} {name}" if args.rest else numbers)
    return int(bool(folders) or len(read) < len(args.rest))


def _counted(text: str, keys: list[str]) -> list[int]:
    count = {
        "--lines": text.count("\n"),
        "--words": len(text.split()),
        "--chars": len(text),
        "--bytes": len(encoded(text)),
    }
    return [count[key] for key in keys]


def tee(process: Process, args: Args) -> int:
    for name in args.rest:
        old = process.read(name) if args.has("--append") and process.files.is_file(process.path(name)) else ""
        process.write(name, old + process.stdin)
    process.out(process.stdin)
    return 0


def pager(process: Process, args: Args) -> int:
    """less and more print everything: the terminal scrolls."""
    if not args.rest and not process.stdin:
        process.error('Missing filename ("less --help" for help)')
        return 1
    read = list(texts(process, args.rest, "{path}: {why}"))
    for _, text in read:
        process.out(text)
    return 0 if len(read) == max(1, len(args.rest)) else 1


def _flags(*names: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option((short, long) if short else (long,)) for short, long in names)


_PAGER = (Option(("-N",)), Option(("-R",)), Option(("-S",)), Option(("-F",)), Option(("-X",)))

ROWS = (
    Command(
        "cat",
        "print files one after the other",
        cat,
        "[OPTION]... [FILE]...",
        _flags(
            ("-n", "--number"),
            ("-b", "--number-nonblank"),
            ("-E", "--show-ends"),
            ("-T", "--show-tabs"),
            ("-A", "--show-all"),
        ),
    ),
    Command(
        "head",
        "print the first lines",
        head,
        "[OPTION]... [FILE]...",
        (
            Option(("-n", "--lines"), "NUM"),
            Option(("-c", "--bytes"), "NUM"),
            *_flags(("-q", "--quiet"), ("-v", "--verbose")),
        ),
        numbers="--lines",
    ),
    Command(
        "tail",
        "print the last lines",
        tail,
        "[OPTION]... [FILE]...",
        (
            Option(("-n", "--lines"), "NUM"),
            Option(("-c", "--bytes"), "NUM"),
            *_flags(("-f", "--follow"), ("-q", "--quiet"), ("-v", "--verbose")),
        ),
        numbers="--lines",
    ),
    Command(
        "wc",
        "count lines, words and bytes",
        wc,
        "[OPTION]... [FILE]...",
        _flags(("-l", "--lines"), ("-w", "--words"), ("-c", "--bytes"), ("-m", "--chars")),
    ),
    Command(
        "tee",
        "copy standard input to files and on",
        tee,
        "[OPTION]... [FILE]...",
        _flags(("-a", "--append")),
    ),
    Command("less", "look through a file", pager, "FILE...", _PAGER),
    Command("more", "look through a file", pager, "FILE...", _PAGER),
)
