"""The programs of pre-commit-hooks: they look at the files named, mend some, and exit 1 where they did."""

import json
from collections.abc import Callable

from checkpoint.core.sim import yaml_text
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell import patterns
from checkpoint.core.sim.table import Args, Command, Option

_KEYS = ("RSA", "DSA", "EC", "OPENSSH", "SSH2 ENCRYPTED", "ENCRYPTED", "")
_BIG = 500
"""Kilobytes."""


def _each(process: Process, args: Args, change: Callable[[str], str]) -> int:
    code = 0
    for name in args.rest:
        text = process.read(name)
        made = change(text)
        if made != text:
            process.write(name, made)
            process.line(f"Fixing {name}")
            code = 1
    return code


def trailing_whitespace(process: Process, args: Args) -> int:
    def trimmed(text: str) -> str:
        ends = [("\r" if line.endswith("\r") else "") for line in text.split("\n")]
        lines = [line.rstrip(" \t\r\f\v") for line in text.split("\n")]
        return "\n".join(line + end for line, end in zip(lines, ends, strict=True))

    return _each(process, args, trimmed)


def end_of_file(process: Process, args: Args) -> int:
    def ended(text: str) -> str:
        body = text.rstrip("\n")
        return body + "\n" if body else ""

    return _each(process, args, ended)


def mixed_line_ending(process: Process, args: Args) -> int:
    def same(text: str) -> str:
        if "\r\n" in text and text.replace("\r\n", "").count("\n"):
            return text.replace("\r\n", "\n")
        return text

    return _each(process, args, same)


def check_yaml(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        try:
            found = yaml_text.documents(process.read(name), name)
            if len(found) > 1 and not args.has("--allow-multiple-documents"):
                process.line("expected a single document in the stream\n  but found another document")
                code = 1
        except yaml_text.BadYaml as error:
            process.line(error.message)
            code = 1
    return code


def check_json(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        try:
            json.loads(process.read(name))
        except (ValueError, RecursionError) as error:
            process.line(f"{name}: Failed to json decode ({error})")
            code = 1
    return code


def detect_private_key(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        text = process.read(name)
        if any(f"BEGIN {kind} PRIVATE KEY".replace("  ", " ") in text for kind in _KEYS):
            process.line(f"Private key found: {name}")
            code = 1
    return code


def check_merge_conflict(process: Process, args: Args) -> int:
    git = Git(process)
    if not (git.repo.has_file("MERGE_MSG") or args.has("--assume-in-merge")):
        return 0
    code = 0
    for name in args.rest:
        for number, line in enumerate(process.read(name).split("\n"), start=1):
            if line.startswith(("<<<<<<< ", ">>>>>>> ")) or line in ("=======", "======= "):
                process.line(f'{name}:{number}: Merge conflict string "{line[:7]}" found')
                code = 1
    return code


def added_large_files(process: Process, args: Args) -> int:
    limit = args.value("--maxkb", str(_BIG))
    code = 0
    for name in args.rest:
        size = -(-len(process.read(name)) // 1024)
        if limit.isdigit() and size > int(limit[:9]):
            process.line(f"{name} ({size} KB) exceeds {limit} KB.")
            code = 1
    return code


def no_commit_to_branch(process: Process, args: Args) -> int:
    branch = Git(process).repo.branch
    protected = args.values("--branch") or ["master", "main"]
    fits = any(patterns.matches(patterns.compiled(one), branch) for one in args.values("--pattern"))
    return 1 if branch in protected or fits else 0


def _row(name: str, help_: str, run: Callable[[Process, Args], int], *options: Option) -> Command:
    return Command(name, help_, run, "[filenames ...]", options)


ROWS = (
    _row("trailing-whitespace-fixer", "trim blanks at line ends", trailing_whitespace),
    _row("end-of-file-fixer", "end files with one newline", end_of_file),
    _row("mixed-line-ending", "one kind of line end", mixed_line_ending, Option(("-f", "--fix"), "KIND")),
    _row(
        "check-yaml",
        "read YAML files",
        check_yaml,
        Option(("-m", "--multi", "--allow-multiple-documents")),
        Option(("--unsafe",), simulated=False),
    ),
    _row("check-json", "read JSON files", check_json),
    _row("detect-private-key", "look for private keys", detect_private_key),
    _row(
        "check-merge-conflict",
        "look for conflict marks",
        check_merge_conflict,
        Option(("--assume-in-merge",)),
    ),
    _row("check-added-large-files", "look for large files", added_large_files, Option(("--maxkb",), "KB")),
    _row(
        "no-commit-to-branch",
        "refuse some branches",
        no_commit_to_branch,
        Option(("-b", "--branch"), "BRANCH"),
        Option(("-p", "--pattern"), "PATTERN"),
    ),
)
