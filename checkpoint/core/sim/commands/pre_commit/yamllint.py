"""yamllint with its `relaxed` and `default` presets, as far as the course's hook needs it.

Source: the rules of yamllint 1.35, compared with the real program. Not here: indentation, comments, braces,
brackets, empty values, truthy words, quoting.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option
from checkpoint.core.sim.yaml_marks import marks

_LONGEST = 80
_USAGE = """\
usage: yamllint [-h] [-] [-c CONFIG_FILE | -d CONFIG_DATA] [--list-files]
                [-f {parsable,standard,colored,github,auto}] [-s]
                [--no-warnings] [-v]
                [FILE_OR_DIR ...]
yamllint: error: one of the arguments FILE_OR_DIR - is required"""


@dataclass(frozen=True, slots=True, order=True)
class _Problem:
    line: int
    column: int
    level: str
    rule: str
    text: str


def lint(process: Process, args: Args) -> int:
    preset = args.value("--config-data", "default").replace("extends:", "").strip("{} \"'\n")
    if preset not in ("relaxed", "default") or args.has("--config-file"):
        return process.unsupported("a configuration of yamllint other than `relaxed` and `default`")
    if not args.rest:
        process.error(_USAGE)
        return 2
    found = {name: sorted(_problems(process.read(name), preset == "relaxed")) for name in args.rest}
    for name, rows in found.items():
        _printed(process, args, name, rows)
    levels = {row.level for rows in found.values() for row in rows}
    return 1 if "error" in levels else 2 if levels and args.has("--strict") else 0


def _printed(process: Process, args: Args, name: str, rows: list[_Problem]) -> None:
    if args.has("--no-warnings"):
        rows = [row for row in rows if row.level == "error"]
    if args.value("--format") == "parsable":
        for row in rows:
            process.line(f"{name}:{row.line}:{row.column}: [{row.level}] {row.text} ({row.rule})")
        return
    if not rows:
        return
    process.line(name)
    for row in rows:
        place = f"  {row.line}:{row.column}"
        process.line(f"{place:<12}{row.level:<9}{row.text}  ({row.rule})".replace("  (syntax)", " (syntax)"))
    process.line()


def _problems(text: str, relaxed: bool) -> list[_Problem]:
    """The reader stops at a syntax error, so nothing is said about what stands behind it."""
    found = list(marks(text, every_document=True))
    end = next((mark.at[0] for mark in found if mark.kind in ("syntax", "alias")), 0)
    rows = [
        row for row in (*_about_lines(text, relaxed), *_ends(text.split("\n"))) if not 0 < end <= row.line
    ]
    for mark in found:
        if mark.kind == "duplicate":
            key = mark.problem.split('"')[1]
            told = f'duplication of key "{key}" in mapping'
            rows.append(_Problem(*mark.at, "error", "key-duplicates", told))
        elif mark.kind in ("syntax", "alias"):
            rows.append(_Problem(*mark.at, "error", "syntax", f"syntax error: {mark.problem}"))
    if not relaxed and text and not end and "---" not in text.split("\n"):
        rows.append(_Problem(1, 1, "warning", "document-start", 'missing document start "---"'))
    return rows


def _about_lines(text: str, relaxed: bool) -> Iterator[_Problem]:
    less = "warning" if relaxed else "error"
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LONGEST and " " in line.strip().lstrip("#- "):
            told = f"line too long ({len(line)} > {_LONGEST} characters)"
            yield _Problem(number, _LONGEST + 1, less, "line-length", told)
        if line != line.rstrip(" \t"):
            yield _Problem(number, len(line.rstrip(" \t")) + 1, "error", "trailing-spaces", "trailing spaces")


def _ends(lines: list[str]) -> Iterator[_Problem]:
    if lines[-1]:
        told = "no new line character at the end of file"
        yield _Problem(len(lines), len(lines[-1]) + 1, "error", "new-line-at-end-of-file", told)
    empty = 0
    while empty < len(lines) - 1 and not lines[-2 - empty]:
        empty += 1
    if empty and lines[-1] == "" and len(lines) > 1:
        told = f"too many blank lines ({empty} > 0)"
        yield _Problem(len(lines) - 1, 1, "error", "empty-lines", told)


ROWS = (
    Command(
        "yamllint",
        "look for mistakes in YAML files",
        lint,
        "[FILE_OR_DIR ...]",
        (
            Option(("-d", "--config-data"), "CONFIG_DATA", "custom configuration (as YAML source)"),
            Option(("-c", "--config-file"), "CONFIG_FILE", "path to a custom configuration"),
            Option(("-f", "--format"), "FORMAT", "format for parsing output"),
            Option(("-s", "--strict"), help="return non-zero exit code on warnings as well as errors"),
            Option(("--no-warnings",), help="output only error level problems"),
            Option(("--list-files",), simulated=False),
        ),
    ),
)
