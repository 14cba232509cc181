"""The programs of pre-commit-hooks that only look: they say what they find and exit 1.

Source: pre-commit-hooks 6.0.0, whose texts were compared with the real programs'.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Callable
from typing import Any

from checkpoint.core.sim import expressions
from checkpoint.core.sim.commands.git.base import Git
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.files import File, Link
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.worktree import index_files
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.shell.parse import parse
from checkpoint.core.sim.table import Args, Command, Option
from checkpoint.core.sim.yaml_marks import Mark, marks

_KEYS = (
    *("BEGIN RSA PRIVATE KEY", "BEGIN DSA PRIVATE KEY", "BEGIN EC PRIVATE KEY", "BEGIN OPENSSH PRIVATE KEY"),
    *("BEGIN PRIVATE KEY", "PuTTY-User-Key-File-2", "BEGIN SSH2 ENCRYPTED PRIVATE KEY"),
    *("BEGIN PGP PRIVATE KEY BLOCK", "BEGIN ENCRYPTED PRIVATE KEY", "BEGIN OpenVPN Static key V1"),
)
_BIG = 500
"""Kilobytes."""
_DUPLICATES = """\

To suppress this check see:
    https://yaml.dev/doc/ruamel.yaml/api/#Duplicate_keys
"""


def yaml(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        every = args.has("--allow-multiple-documents") or args.has("--unsafe")
        for mark in list(marks(process.read(name), every_document=every))[:1]:
            if not (args.has("--unsafe") and mark.kind != "syntax"):
                process.line(_told(mark, name))
                code = 1
    return code


def _told(mark: Mark, name: str) -> str:
    return mark.told(name).rstrip("\n") + (f"\n{_DUPLICATES}" if mark.kind == "duplicate" else "")


def json_files(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        try:
            json.loads(process.read(name), object_pairs_hook=_without_duplicates)
        except (ValueError, RecursionError) as error:
            process.line(f"{name}: Failed to json decode ({error})")
            code = 1
    return code


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"Duplicate key: {key}")
        made[key] = value
    return made


def toml(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        try:
            tomllib.loads(process.read(name))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            process.line(f"{name}: {error}")
            code = 1
    return code


def private_keys(process: Process, args: Args) -> int:
    found = [name for name in args.rest if any(key in process.read(name) for key in _KEYS)]
    for name in found:
        process.line(f"Private key found: {name}")
    return 1 if found else 0


def merge_conflicts(process: Process, args: Args) -> int:
    if not (Git(process).repo.has_file("MERGE_MSG") or args.has("--assume-in-merge")):
        return 0
    code = 0
    for name in args.rest:
        for number, line in enumerate(process.read(name).split("\n"), start=1):
            if line.startswith(("<<<<<<< ", ">>>>>>> ")) or line in ("=======", "======= "):
                process.line(f"{name}:{number}: Merge conflict string {line[:7]!r} found")
                code = 1
    return code


def large_files(process: Process, args: Args) -> int:
    """Only files that are new in the index, unless all are asked for."""
    git = Git(process)
    limit = args.value("--maxkb", str(_BIG))
    added = set(index_files(git.repo)) - set(files_at(git.repo, git.repo.head))
    code = 0
    for name in args.rest:
        size = -(-len(process.read(name)) // 1024)
        looked = args.has("--enforce-all") or git.inside(name) in added
        if looked and limit.isdecimal() and size > int(limit[:9]):
            process.line(f"{name} ({size} KB) exceeds {limit} KB.")
            code = 1
    return code


def branch(process: Process, args: Args) -> int:
    current = Git(process).repo.branch
    patterns = args.values("--pattern")
    protected = args.values("--branch") or ([] if patterns else ["master", "main"])
    fits = any(_begins(pattern, current) for pattern in patterns)
    return 1 if current and (current in protected or fits) else 0


def _begins(pattern: str, text: str) -> bool:
    match = expressions.compiled(pattern).search(text)
    return match is not None and match.start() == 0


def executables(process: Process, args: Args) -> int:
    return _each_file(
        process,
        args,
        lambda node: bool(node.mode & 0o100) and not node.data.startswith(b"#!"),
        "{0}: marked executable but has no (or invalid) shebang!\n"
        "  If it isn't supposed to be executable, try: `chmod -x {0}`\n"
        "  If on Windows, you may also need to: `git add --chmod=-x {0}`\n"
        "  If it is supposed to be executable, double-check its shebang.",
    )


def shebangs(process: Process, args: Args) -> int:
    return _each_file(
        process,
        args,
        lambda node: node.data.startswith(b"#!") and not node.mode & 0o100,
        "{0}: has a shebang but is not marked executable!\n"
        "  If it is supposed to be executable, try: `chmod +x {0}`\n"
        "  If on Windows, you may also need to: `git add --chmod=+x {0}`\n"
        "  If it is not supposed to be executable, double-check its shebang is wanted.\n",
    )


def _each_file(process: Process, args: Args, wrong: Callable[[File], bool], told: str) -> int:
    code = 0
    for name in args.rest:
        node = process.files.get(process.path(name))
        if isinstance(node, File) and wrong(node):
            process.error(told.format(name))
            code = 1
    return code


def case_conflicts(process: Process, args: Args) -> int:
    git = Git(process)
    given = [git.inside(name) for name in args.rest]
    counts = Counter(path.lower() for path in {*index_files(git.repo), *given})
    clashes = [path for path in sorted({*index_files(git.repo), *given}) if counts[path.lower()] > 1]
    for path in clashes:
        process.line(f"Case-insensitivity conflict found: {path}")
    return 1 if clashes else 0


def symlinks(process: Process, args: Args) -> int:
    code = 0
    for name in args.rest:
        node = process.files.get(process.path(name), follow=False)
        if isinstance(node, Link) and process.files.get(process.path(name)) is None:
            process.line(f"{name}: Symlink does not point to anything.")
            code = 1
    return code


def shellcheck(process: Process, args: Args) -> int:
    """Whether the shell can read the scripts; shellcheck's advice isn't simulated."""
    code = 0
    for name in args.rest:
        try:
            parse(process.read(name))
        except SimError as error:
            process.line(f"\nIn {name} line 1:\n{error.message}")
            code = 1
    return code


def _row(name: str, help_: str, run: Callable[[Process, Args], int], *options: Option) -> Command:
    return Command(name, help_, run, "[filenames ...]", options)


ROWS = (
    _row(
        "check-yaml",
        "read YAML files",
        yaml,
        Option(("-m", "--multi", "--allow-multiple-documents")),
        Option(("--unsafe",)),
    ),
    _row("check-json", "read JSON files", json_files),
    _row("check-toml", "read TOML files", toml),
    _row("detect-private-key", "look for private keys", private_keys),
    _row("check-merge-conflict", "look for conflict marks", merge_conflicts, Option(("--assume-in-merge",))),
    _row(
        "check-added-large-files",
        "look for large files",
        large_files,
        Option(("--maxkb",), "MAXKB"),
        Option(("--enforce-all",)),
    ),
    _row(
        "no-commit-to-branch",
        "refuse some branches",
        branch,
        Option(("-b", "--branch"), "BRANCH"),
        Option(("-p", "--pattern"), "PATTERN"),
    ),
    _row("check-executables-have-shebangs", "look for programs without a first line", executables),
    _row("check-shebang-scripts-are-executable", "look for scripts that can't be run", shebangs),
    _row("check-case-conflict", "look for names that differ in case only", case_conflicts),
    _row("check-symlinks", "look for links to nothing", symlinks),
    _row(
        "shellcheck",
        "read shell scripts; says only whether they can be read",
        shellcheck,
        Option(("-S", "--severity"), "SEVERITY"),
        Option(("-s", "--shell"), "SHELL"),
        Option(("-e", "--exclude"), "CODE"),
        Option(("-x", "--external-sources")),
        Option(("-f", "--format"), "FORMAT", simulated=False),
    ),
)
