"""The programs of pre-commit-hooks that mend the files named, and exit 1 where they did.

Source: pre-commit-hooks 6.0.0, whose texts were compared with the real programs'.
"""

from collections import Counter
from collections.abc import Callable

from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option

_ENDS = {"crlf": "\r\n", "lf": "\n", "cr": "\r"}


def _each(process: Process, args: Args, change: Callable[[str, str], str], told: str) -> int:
    code = 0
    for name in args.rest:
        text = process.read(name)
        made = change(name, text)
        if made != text:
            process.write(name, made)
            process.line(told.format(name))
            code = 1
    return code


def trailing_whitespace(process: Process, args: Args) -> int:
    endings = [
        one.lower().lstrip(".") for word in args.values("--markdown-linebreak-ext") for one in word.split(",")
    ]
    chars = args.value("--chars") if args.has("--chars") else None

    def trimmed(name: str, text: str) -> str:
        breaks = "*" in endings or name.rpartition(".")[2].lower() in endings
        lines = text.split("\n")
        return "\n".join(
            _trimmed(line, breaks, chars, last=n == len(lines) - 1) for n, line in enumerate(lines)
        )

    return _each(process, args, trimmed, "Fixing {}")


def _trimmed(line: str, breaks: bool, chars: str | None, *, last: bool) -> str:
    """A line without blanks at its end; two of them break a line of Markdown."""
    end = "\r" if line.endswith("\r") and not last else ""
    body = line.removesuffix(end) if end else line
    kept = body.rstrip(chars)
    if breaks and kept and body.endswith("  "):
        return f"{kept}  {end}"
    return kept + end


def end_of_file(process: Process, args: Args) -> int:
    def ended(name: str, text: str) -> str:
        del name
        body = text.rstrip("\r\n")
        return text[: len(body)] + (_first_end(text[len(body) :]) if body else "")

    return _each(process, args, ended, "Fixing {}")


def _first_end(tail: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if tail.startswith(end)), "\n")


def mixed_line_ending(process: Process, args: Args) -> int:
    """`auto` mends a file with several kinds of ends, to the one it has most of."""
    wanted = args.value("--fix", "auto")
    code = 0
    for name in args.rest:
        text = process.read(name)
        counts = _counted(text)
        if wanted == "no":
            if len(counts) > 1:
                process.line(f"{name}: mixed line endings")
                code = 1
        elif (wanted == "auto" and len(counts) > 1) or (
            wanted != "auto" and set(counts) - {_ENDS.get(wanted, "\n")}
        ):
            goal = _ENDS.get(wanted) or max(counts, key=lambda end: (counts[end], end == "\n"))
            process.write(name, text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", goal))
            process.line(f"{name}: fixed mixed line endings")
            code = 1
    return code


def _counted(text: str) -> Counter[str]:
    both = text.count("\r\n")
    counts = Counter({"\r\n": both, "\n": text.count("\n") - both, "\r": text.count("\r") - both})
    return +counts


def byte_order_mark(process: Process, args: Args) -> int:
    return _each(process, args, lambda _, text: text.removeprefix("\ufeff"), "{}: Has a byte-order marker")


def _row(name: str, help_: str, run: Callable[[Process, Args], int], *options: Option) -> Command:
    return Command(name, help_, run, "[filenames ...]", options)


ROWS = (
    _row(
        "trailing-whitespace-fixer",
        "trim blanks at line ends",
        trailing_whitespace,
        Option(("--markdown-linebreak-ext",), "EXT"),
        Option(("--chars",), "CHARS"),
        Option(("--no-markdown-linebreak-ext",)),
    ),
    _row("end-of-file-fixer", "end files with one newline", end_of_file),
    _row("mixed-line-ending", "one kind of line end", mixed_line_ending, Option(("-f", "--fix"), "KIND")),
    _row("fix-byte-order-marker", "remove a mark before a text", byte_order_mark),
)
