"""`echo` and `printf`, which bash brings itself."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.process import Process

if TYPE_CHECKING:
    from checkpoint.core.sim.shell.interpret import Interpreter

_ESCAPE = re.compile(r"\\(?:([abefnrtv\\\"'])|0?([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(c))")
_NAMED = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_FIELD = re.compile(r"%(?:%|([-+ #0]*)(\*|\d{0,4})(?:\.(\*|\d{0,4}))?([a-zA-Z]))")


def echo(process: Process) -> int:
    words = list(process.words[1:])
    newline, escapes = "\n", False
    while words and re.fullmatch(r"-[neE]+", words[0]):
        flags = words.pop(0)
        newline = "" if "n" in flags else newline
        escapes = flags.rfind("e") > flags.rfind("E") if set(flags) & set("eE") else escapes
    text = " ".join(words)
    if escapes:
        text, ended = unescaped(text)
        newline = "" if ended else newline
    process.out(text + newline)
    return 0


def unescaped(text: str) -> tuple[str, bool]:
    """The text with its escapes in effect, and whether `\\c` ended it."""
    out, last = [], 0
    for match in _ESCAPE.finditer(text):
        out.append(text[last : match.start()])
        if match[4]:
            return "".join(out), True
        if match[1]:
            out.append(_NAMED.get(match[1], match[1]))
        else:
            out.append(chr(int(match[2], 8) % 256 if match[2] else int(match[3], 16)))
        last = match.end()
    return "".join(out) + text[last:], False


def printf_into(shell: "Interpreter", process: Process) -> int:
    """`printf -v name …`: what would be printed becomes the variable's value."""
    words = list(process.words[1:])
    name = words.pop(0)[2:] or (words.pop(0) if words else "")
    if not re.fullmatch(r"[A-Za-z_]\w*(\[[^\]]+\])?", name):
        raise SimError(f"bash: printf: `{name}': not a valid identifier", 2)
    inner = replace(process, words=("printf", *words), chunks=[])
    code = printf(inner)
    shell.world = process.world
    shell.assign(name, "".join(chunk.text for chunk in inner.chunks if chunk.stream == "out"))
    process.world = shell.world
    process.chunks += [chunk for chunk in inner.chunks if chunk.stream == "err"]
    return code


def printf(process: Process) -> int:
    words = list(process.words[1:])
    if words[:1] == ["--"]:
        words.pop(0)
    if not words:
        raise SimError("printf: usage: printf [-v var] format [arguments]", 2)
    if words[0].startswith("-v"):
        return process.unsupported("`printf -v`")
    text, ended = unescaped(words[0])
    values = words[1:]
    code = 0
    while True:
        before = len(values)
        made, values, wrong = _once(text, values, process)
        code = code or wrong
        process.out(made)
        if ended or not values or len(values) == before:
            return code
        process.budget.step()


def _once(text: str, values: list[str], process: Process) -> tuple[str, list[str], int]:
    """The format used once: its text, the words left, and an exit code."""
    rest = list(values)
    code = 0

    def filled(match: re.Match[str]) -> str:
        nonlocal code
        if match[0] == "%%":
            return "%"
        width = (rest.pop(0) if rest else "0") if match[2] == "*" else match[2]
        precision = (rest.pop(0) if rest else "0") if match[3] == "*" else match[3]
        value = rest.pop(0) if rest else None
        try:
            return _field(match[1] + _short(width), precision, match[4], value)
        except ValueError:
            process.error(f"bash: printf: {value}: invalid number")
            code = 1
            return "0"

    return _FIELD.sub(filled, text), rest, code


def _short(number: str | None) -> str:
    return number if number and len(number) <= 4 and number.lstrip("-").isdecimal() else ""


def _field(flags: str, precision: str | None, kind: str, value: str | None) -> str:
    text = value or ""
    point = f".{_short(precision)}" if precision is not None else ""
    if kind == "s":
        return f"%{flags}{point}s" % text
    if kind == "b":
        return f"%{flags}s" % unescaped(text)[0]
    if kind == "q":
        return re.sub(r"[^\w./:=@%+,-]", lambda found: "\\" + found[0], text) if text else "''"
    if kind == "c":
        return f"%{flags}s" % text[:1]
    if kind in "diouxX":
        return f"%{flags}{'d' if kind in 'diu' else kind}" % _whole(text)
    if kind in "eEfFgG":
        return f"%{flags}{point}{kind}" % float(text or 0)
    raise SimError(f"bash: printf: `{kind}': invalid format character")


def _whole(text: str) -> int:
    if text[:1] in ("'", '"'):
        return ord(text[1]) if len(text) > 1 else 0
    if len(text) > 20:
        raise ValueError(text)
    return int(text or "0", 0) if not re.fullmatch(r"0\d+", text) else int(text, 8)
