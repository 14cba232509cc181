"""jq: asking JSON files for what is in them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands.jq.functions import JqError
from checkpoint.core.sim.commands.jq.language import BadProgram, Node, read
from checkpoint.core.sim.commands.jq.running import Runner, Source
from checkpoint.core.sim.commands.jq.text import told
from checkpoint.core.sim.errors import Exhausted, Told
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_USAGE = """\
Usage:\tjq [OPTIONS] FILTER [FILES...]
\tjq [OPTIONS] --args FILTER [ARGUMENTS...]
\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]

jq is a tool for processing JSON inputs, applying the given filter to
its JSON text inputs and producing the filter's results as JSON on
standard output."""
_HINT = """\
Use jq --help for help with command-line options,
or see the jq manpage, or online docs  at https://stedolan.github.io/jq"""
_BAD_INPUT = 4
"""Exit code where the input is no JSON."""
_DEEPEST = 200
"""Brackets inside each other in a JSON text."""
_GAP = re.compile(r"\s*")
_STRING, _BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL), re.compile(r"[\[\]{}]")


def jq(process: Process, args: Args) -> int:
    if args.has("--version"):
        process.line("jq-1.6")
        return 0
    rest, named = _operands(process, args)
    if not rest and not args.has("--from-file") and not process.tty:
        rest.append(".")  # without a program, a pipe is passed through
    text = _program_text(process, args, rest)
    program = _program(text)
    values, code = _values(process, args, rest)
    at = _Position()
    source = Source(_following(values, at), process.environment, process.clock)
    runner = Runner(process.budget, named, source=source)
    last: Any = None
    given = False
    for value in [None] if args.has("--null-input") else source.waiting:
        try:
            for made in runner.run(program, value):
                _said(process, source)
                last, given = made, True
                _printed(process, args, made)
        except BadProgram as error:
            raise _not_compiled(error, text) from None
        except JqError as error:
            _said(process, source)
            process.error(f"jq: error (at {at.where}){_wording(error)}")
            code = 5
        except RecursionError:
            raise Exhausted("a value nests too deep") from None
    _said(process, source)
    if code or not args.has("--exit-status"):
        return code
    return 4 if not given else int(last is None or last is False)


@dataclass(slots=True)
class _Position:
    """Where the value ended that was read last."""

    where: str = "<unknown>"


def _following(values: list[tuple[Any, str]], at: _Position) -> Iterator[Any]:
    for value, where in values:
        at.where = where
        yield value


def _said(process: Process, source: Source) -> None:
    for text in source.said:
        process.err(text)
    source.said.clear()


def _wording(error: JqError) -> str:
    return f": {error.value}" if isinstance(error.value, str) else f" (not a string): {error.message}"


def _program_text(process: Process, args: Args, rest: list[str]) -> str:
    if args.has("--from-file"):
        name = args.value("--from-file")
        try:
            return process.read(name)
        except FileError as error:
            raise Told(f"jq: error: Could not open {name}: {error.why.value}", 2) from None
    if not rest:
        raise UsageError(_USAGE, 2)
    return rest.pop(0)


_PAIRED = ("--arg", "--argjson", "--slurpfile", "--rawfile")


def _operands(process: Process, args: Args) -> tuple[list[str], dict[str, Any]]:
    """The program and the files, and the variables: `--arg name value` takes the two words behind it.

    After `--args` and `--jsonargs` what follows the program are values, `$ARGS.positional`.
    """
    words = list(process.words[1:])
    rest: list[str] = []
    named: dict[str, Any] = {}
    positional: list[Any] = []
    kind = ""
    while words:
        word = words.pop(0)
        if word in _PAIRED:
            if len(words) < 2:
                raise UsageError(f"jq: {word} takes two parameters (e.g. {word} varname value)\n{_USAGE}", 2)
            name = words.pop(0)
            named[name] = _given(process, word, words.pop(0))
        elif word in ("--args", "--jsonargs"):
            kind = word
        elif word in ("--indent", "-f", "--from-file"):
            words[:1] = []
        elif word.startswith("-") and len(word) > 1 and word != "--":
            words[: word[1] != "-" and word.endswith("f")] = []
        elif word != "--":
            takes = kind and (rest or args.has("--from-file"))
            if takes:
                positional.append(_json(word) if kind == "--jsonargs" else word)
            else:
                rest.append(word)
    named["ARGS"] = {"positional": positional, "named": dict(named)}
    return rest, named


def _given(process: Process, option: str, text: str) -> Any:
    if option == "--arg":
        return text
    if option == "--argjson":
        return _json(text)
    try:
        read_text = process.read(text)
        return read_text if option == "--rawfile" else [value for value, _ in _parsed(read_text)]
    except FileError as error:
        raise Told(
            f"jq: Bad JSON in --{option[2:]} {text}: Could not open {text}: {error.why.value}", 2
        ) from None
    except ValueError as error:
        raise Told(f"jq: Bad JSON in --{option[2:]} {text}: {error}", 2) from None


def _json(text: str) -> Any:
    try:
        return _whole(text)
    except ValueError:
        raise Told(f"jq: Invalid JSON text passed to --argjson\n{_USAGE}", 2) from None


def _program(text: str) -> Node:
    try:
        return read(text)
    except BadProgram as error:
        raise _not_compiled(error, text) from None


def _not_compiled(error: BadProgram, text: str) -> Told:
    syntax = error.message.startswith("syntax error")
    hint = " (Unix shell quoting issues?)" if syntax else ""
    shown = text + " " * error.at
    return Told(f"jq: error: {error.message}{hint} at <top-level>, line 1:\n{shown}\njq: 1 compile error", 3)


def _values(process: Process, args: Args, names: list[str]) -> tuple[list[tuple[Any, str]], int]:
    """Every value of the input with where it ends, and an exit code for what can't be read."""
    if args.has("--null-input") and not names and not process.stdin:
        return [], 0
    found: list[tuple[Any, str]] = []
    code = 0
    texts, code = _texts(process, names)
    for name, text in texts:
        if args.has("--raw-input"):
            lines = text.split("\n")[: -1 if text.endswith("\n") else None]
            found += [(line, f"{name}:1") for line in (lines if not args.has("--slurp") else [text])]
            continue
        try:
            for value, line in _parsed(text):
                process.budget.step()
                found.append((value, f"{name}:{line}"))
        except ValueError as error:
            process.error(f"parse error: {error}")
            code = _BAD_INPUT
    if args.has("--slurp") and not args.has("--raw-input"):
        found = [([value for value, _ in found], "<stdin>:0")]
    return found, code


def _texts(process: Process, names: list[str]) -> tuple[list[tuple[str, str]], int]:
    """(name, text) of each file, or of standard input."""
    texts, code = [], 0
    for name in names:
        try:
            texts.append((name, process.read(name)))
        except FileError as error:
            process.error(f"jq: error: Could not open file {name}: {error.why.value}")
            code = 2
    return (texts if names else [("<stdin>", process.stdin)]), code


def _parsed(text: str) -> Iterator[tuple[Any, int]]:
    """JSON values one after the other, with the number of lines up to the end of each."""
    _refuse_deep(text)
    start = counted = lines = 0
    while True:
        start = _GAP.match(text, start).end()  # type: ignore[union-attr]
        if start >= len(text):
            return
        value, start = _decoded(text, start)
        lines += text.count("\n", counted, start + 1)
        counted = start + 1
        yield value, lines


def _whole(text: str) -> Any:
    _refuse_deep(text)
    value, end = _decoded(text, len(text) - len(text.lstrip()))
    if text[end:].strip():
        raise ValueError("more than one value")
    return value


def _refuse_deep(text: str) -> None:
    limits.spend(len(text) // 8)
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        if depth > _DEEPEST:
            raise Exhausted(f"a JSON text nests at most {_DEEPEST} levels")


def _decoded(text: str, at: int) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError:
        lines = text.count("\n") + 1
        column = len(text.rpartition("\n")[2])
        what = "Invalid literal" if text[at : at + 1].isalpha() else "Unfinished JSON term at EOF"
        raise ValueError(f"{what} at line {lines}, column {column}") from None


def _printed(process: Process, args: Args, value: Any) -> None:
    raw = args.has("--raw-output") or args.has("--join-output")
    if raw and isinstance(value, str):
        text = value
    else:
        number = args.value("--indent", "2")
        indent = (
            None if args.has("--compact-output") else min(7, int(number[:1])) if number.isdecimal() else 2
        )
        text = told(value, indent=indent or None, tab=args.has("--tab"), keys_sorted=args.has("--sort-keys"))
    process.out(text + ("" if args.has("--join-output") else "\n"))


def _flags(*names: str) -> tuple[Option, ...]:
    return tuple(Option(tuple(name.split("|"))) for name in names)


class _JqStyle:
    """jq's complaints: the problem, then the usage."""

    single_dash = False
    abbreviates = False
    stops = False

    def unknown(self, command: Command, typed: str) -> UsageError:
        return UsageError(f"jq: Unknown option {typed}\n{_HINT}", 2)

    lacks_value = unwanted_value = unknown_subcommand = unknown


ROWS = (
    Command(
        "jq",
        "ask JSON for what is in it",
        jq,
        "[OPTIONS] FILTER [FILES...]",
        (
            *_flags(
                "-r|--raw-output", "-c|--compact-output", "-n|--null-input", "-s|--slurp", "-S|--sort-keys"
            ),
            *_flags(
                "-e|--exit-status", "-R|--raw-input", "-j|--join-output", "-M|--monochrome-output", "--tab"
            ),
            *_flags("-a|--ascii-output", "-C|--color-output"),
            Option(("--indent",), "N"),
            Option(("--arg",), "NAME"),
            Option(("--argjson",), "NAME"),
            Option(("--slurpfile",), "NAME"),
            Option(("--rawfile",), "NAME"),
            *_flags("--args", "--jsonargs"),
            Option(("-f", "--from-file"), "FILE"),
            *_flags("-V|--version"),
            Option(("--stream",), simulated=False),
            Option(("--seq",), simulated=False),
        ),
        style=_JqStyle(),
    ),
)
