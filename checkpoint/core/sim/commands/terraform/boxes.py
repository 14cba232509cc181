"""Errors and warnings in Terraform's boxes."""

from collections.abc import Iterable

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.terraform.parse import parse
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Source, Span, in_order
from checkpoint.core.sim.process import Process

NARROW = 78
"""Columns without a terminal, and on one."""


def width(process: Process) -> int:
    return process.columns if process.tty else NARROW


def wrapped(text: str, columns: int) -> str:
    """Broken at blanks; a line that begins with a blank stays as it is, a long word sticks out."""
    return "\n".join(line if line.startswith(" ") else _one(line, columns) for line in text.split("\n"))


def _one(line: str, columns: int) -> str:
    out, now = [], ""
    blanks = ""
    for piece in _pieces(line):
        if piece.isspace():
            blanks = piece
            continue
        if now and len(now) + len(blanks) + len(piece) > columns:
            out.append(now)
            now = piece
        else:
            now += blanks + piece
        blanks = ""
    if blanks and len(now) + len(blanks) <= columns:
        now += blanks
    return "\n".join([*out, now])


def _pieces(line: str) -> list[str]:
    """Words and the blanks between them."""
    out: list[str] = []
    for char in line:
        if out and out[-1].isspace() == char.isspace():
            out[-1] += char
        else:
            out.append(char)
    return out


def show(process: Process, found: Iterable[Diagnostic], *, plain: bool = False) -> int:
    """Warnings on standard output, errors on standard error. Gives the exit code."""
    code = 0
    for one in in_order(found):
        text = flat(one, width(process)) if plain else boxed(one, width(process))
        if one.warning:
            process.out(text)
        else:
            process.err(text)
            code = 1
    return code


def boxed(one: Diagnostic, columns: int) -> str:
    lines = _content(one, columns - 3)
    return "╷\n" + "".join(f"│ {line}\n" for line in lines) + "╵\n"


def flat(one: Diagnostic, columns: int) -> str:
    """Without colour there is no box."""
    return "\n" + "\n".join(_content(one, columns - 1)) + "\n"


def _content(one: Diagnostic, columns: int) -> list[str]:
    head = f"{'Warning' if one.warning else 'Error'}: {one.summary}"
    lines = [*head.split("\n"), ""]
    if one.subject is not None:
        lines += [*_snippet(one, one.subject), ""]
    if one.detail:
        lines += wrapped(one.detail, columns).split("\n")
    elif one.subject is None:
        lines.append("")
    return lines


def _snippet(one: Diagnostic, subject: Span) -> list[str]:
    source = subject.source
    line, _ = source.position(subject.start)
    title = _block_at(source, subject.start) or one.within
    where = f", in {title}" if title else ""
    if not source.text or source.name.startswith("<"):
        return [f"  on {source.name} line {line}:", "  (source code not available)"]
    lines = [f"  on {source.name} line {line}{where}:"]
    lines += [f"{number:4}: {text}" for number, text in _shown(one, subject)]
    if one.known:
        lines.append("    ├────────────────")
        lines += [f"    │ {text}" for text in one.known]
    return lines


def _block_at(source: Source, offset: int) -> str:
    """The block that holds the place before, as it is named in messages."""
    try:
        body = parse(source)
    except SimError:
        return ""
    return next((one.title for one in body.blocks if one.span.start <= offset - 1 < one.span.end), "")


def _shown(one: Diagnostic, subject: Span) -> list[tuple[int, str]]:
    """The lines that the place and what is around it touch."""
    start, end = subject.start, max(subject.end, subject.start + 1)
    if one.context is not None:
        start, end = min(start, one.context.start), max(end, one.context.end)
    out, at = [], 0
    for number, text in enumerate(subject.source.text.split("\n"), 1):
        stop = at + len(text)
        if at < stop and (at <= start < stop or at <= end < stop or start <= at < end or start <= stop < end):
            out.append((number, text))
        at = stop + 1
    return out
