"""yq of version 4: jq's language and its own operators on YAML, which it prints again."""

import json
from typing import Any

from checkpoint.core.sim import yaml_kept, yaml_text
from checkpoint.core.sim.commands.jq.functions import JqError
from checkpoint.core.sim.commands.jq.language import BadProgram, Node, read
from checkpoint.core.sim.commands.jq.running import Source
from checkpoint.core.sim.commands.yq.language import YqRunner, readable
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option, UsageError

_JSON, _YAML = ("json", "j"), ("", "auto", "a", "yaml", "y")


def yq(process: Process, args: Args) -> int:
    words = list(args.rest)
    if words[:1] in (["eval-all"], ["ea"]):
        return process.unsupported("yq eval-all")
    if words[:1] in (["eval"], ["e"]):
        words = words[1:]
    wanted = [(name, args.value(name)) for name in ("--output-format", "--input-format")]
    for name, form in wanted:
        if form not in (*_JSON, *_YAML):
            return process.unsupported(f"yq {name} {form}")
    if args.has("--prettyPrint") and not _is_json(args):
        return process.unsupported("yq --prettyPrint")
    if args.value("--indent", "2") != "2" and not _is_json(args):
        return process.unsupported("yq --indent with YAML")
    if not words and not process.stdin:
        raise UsageError("Error: no expression or file given", 1)
    alone = not words or (len(words) == 1 and process.files.is_file(process.path(words[0])))
    names = words if alone else words[1:]
    run = _Run(process, args, _program("." if alone else words[0]))
    printed = False
    if args.has("--null-input"):
        if names:
            raise Told("Error: cannot pass files in when using null-input flag", 1)
        process.out(run.over(None))
    for name in [] if args.has("--null-input") else names or ["-"]:
        text = process.stdin if name == "-" else _text(process, name)
        shown = run.over(text)
        if args.has("--inplace") and name != "-":
            process.write(name, shown)
        else:
            process.out((run.cut if printed and shown else "") + shown)
            printed = printed or bool(shown)
    if args.has("--exit-status") and not run.found:
        process.error("Error: no matches found")
        return 1
    return 0


class _Run:
    """A program on one file after the other; `found` says whether anything but null and false came of it."""

    def __init__(self, process: Process, args: Args, program: Node) -> None:
        self.process, self.args, self.program = process, args, program
        self.found = False
        self.cut = "" if _is_json(args) or args.has("--no-doc") else "---\n"

    def over(self, text: str | None) -> str:
        """What becomes of the documents of a text; None for no input at all."""
        none = [yaml_kept.Source(None, None, ())]
        values = yaml_text.documents(text) or [None] if text is not None else [None]
        documents = yaml_kept.sources(text or "", values) or none
        made = ["".join(self._results(number, one)) for number, one in enumerate(documents)]
        return self.cut.join(filter(None, made))

    def _results(self, number: int, source: yaml_kept.Source) -> list[str]:
        around = Source(iter(()), self.process.environment, self.process.clock)
        runner = YqRunner(self.process.budget, {"*document": number}, source=around)
        try:
            values = list(runner.run(self.program, source.value))
        except (JqError, BadProgram) as error:
            raise Told(f"Error: {error.message}", 1) from None
        self.found = self.found or any(one is not None and one is not False for one in values)
        return [_told(self.args, one, source) for one in values]


def _program(text: str) -> Node:
    try:
        return read(readable(text))
    except BadProgram as error:
        raise Told(f"Error: {error.message}", 1) from None


def _text(process: Process, name: str) -> str:
    try:
        return process.read(name)
    except FileError as error:
        raise Told(f"Error: open {name}: {error.why.value[0].lower() + error.why.value[1:]}", 1) from None


def _is_json(args: Args) -> bool:
    return args.has("--tojson") or args.value("--output-format") in _JSON


def _told(args: Args, value: Any, source: yaml_kept.Source) -> str:
    """A result; mappings and lists as they stand in the file, as far as they are the same."""
    if isinstance(value, str) and not (_is_json(args) and not args.has("--unwrapScalar")):
        return value + "\n"
    if _is_json(args):
        width = args.value("--indent", "2")
        indent = min(8, int(width[:2])) if width.isdecimal() else 2
        separators = None if indent else (",", ":")
        return json.dumps(value, indent=indent or None, separators=separators, ensure_ascii=False) + "\n"
    if not isinstance(value, list | dict) or not value:
        return json.dumps(value) + "\n"
    return source.tells(value)


ROWS = (
    Command(
        "yq",
        "ask YAML for what is in it",
        yq,
        "[eval] EXPRESSION [FILE...]",
        (
            Option(("-i", "--inplace")),
            Option(("-r", "--unwrapScalar")),
            Option(("-M", "--no-colors")),
            Option(("-N", "--no-doc")),
            Option(("-o", "--output-format"), "FORMAT"),
            Option(("-p", "--input-format"), "FORMAT"),
            Option(("-n", "--null-input")),
            Option(("-e", "--exit-status")),
            Option(("-P", "--prettyPrint")),
            Option(("-I", "--indent"), "NUMBER"),
            Option(("-j", "--tojson")),
            Option(("-C", "--colors"), simulated=False),
            Option(("-s", "--split-exp"), "EXPRESSION", simulated=False),
            Option(("-v", "--verbose"), simulated=False),
            Option(("-V", "--version"), simulated=False),
            Option(("--front-matter", "-f"), "FORM", simulated=False),
            Option(("--from-file",), "FILE", simulated=False),
        ),
        style=Cobra(prefix="Error: ", hint=""),
    ),
)
