"""git, as version 2.39 behaves."""

import json
import shlex

from checkpoint.core.sim.commands.git import rows
from checkpoint.core.sim.commands.git.base import PARAMETERS, Git, GitStyle, moved_into
from checkpoint.core.sim.commands.git.described import ON_STDERR, page, usage
from checkpoint.core.sim.parts.git.repository import GitError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, NotSimulated, find, parsed

_SIMILAR = 7
"""Edits from which on a mistyped command is like none, as git weighs them."""


_KNOWN = {row.name: row for row in rows.ROWS}


def git(process: Process, args: Args) -> int:
    """git's own options, then the subcommand."""
    words = list(args.rest)
    kept = process.cwd
    try:
        while words and words[0].startswith("-"):
            code = _option(process, words)
            if code is not None:
                return code
        if not words:
            process.line(_help())
            return 1
        return _dispatched(process, words)
    finally:
        moved_into(process, kept)


def _option(process: Process, words: list[str]) -> int | None:
    word = words.pop(0)
    if word == "-C":
        typed = words.pop(0) if words else ""
        folder = process.path(typed)
        if not process.files.is_folder(folder):
            raise GitError(f"fatal: cannot change to '{typed}': No such file or directory")
        moved_into(process, folder)
    elif word == "-c" and words:
        name, equals, value = words.pop(0).partition("=")
        given = json.loads(process.environment.get(PARAMETERS, "[]"))
        given.append([name, value if equals else "true"])
        process.environment = {**process.environment, PARAMETERS: json.dumps(given)}
    elif word in ("--no-pager", "-P", "--paginate", "-p", "--no-optional-locks"):
        return None
    elif word in ("--version", "-v"):
        process.line("git version 2.39.5")
        return 0
    elif word in ("--help", "-h"):
        process.line(_help())
        return 0
    elif word.split("=")[0] in ("--git-dir", "--work-tree", "--bare", "--exec-path", "--namespace"):
        raise NotSimulated(f"git {word}")
    else:
        raise GitError(f"unknown option: {word}\n{_USAGE}", 129)
    return None


_USAGE = """\
usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]
           [--exec-path[=<path>]] [--html-path] [--man-path] [--info-path]
           [-p | --paginate | -P | --no-pager] [--no-replace-objects] [--bare]
           [--git-dir=<path>] [--work-tree=<path>] [--namespace=<name>]
           [--super-prefix=<path>] [--config-env=<name>=<envvar>]
           <command> [<args>]\
"""


def _help() -> str:
    lines = [_USAGE, "", "These are the git commands of this terminal:", ""]
    lines += [f"   {row.name:<18}{row.help}" for row in rows.ROWS]
    return "\n".join(lines)


def _dispatched(process: Process, words: list[str]) -> int:
    name = words[0]
    known = _KNOWN
    if name not in known:
        meant = Git(process).setting(f"alias.{name}")
        if meant.startswith("!"):
            return _in_shell(process, meant[1:], words[1:])
        words = _unaliased(process, words)
        name = words[0]
    if name == "help":
        return _told_about(process, words[1:])
    if name in rows.ABSENT:
        raise NotSimulated(f"git {name}")
    if name not in known:
        return _unknown(process, name, list(known))
    if words[1:2] == ["--help"]:
        return _told_about(process, [name])
    if words[1:] == ["-h"]:
        (process.error if name in ON_STDERR else process.line)(usage(known[name]))
        return 129
    command, _, rest = find(known, words)
    if command.run is None:
        raise NotSimulated(command.path)
    return command.run(process, parsed(command, rest, command.style or GitStyle()))


def _told_about(process: Process, words: list[str]) -> int:
    """What `git help` knows of a command; git itself opens its manual page."""
    if not words:
        process.line(_help())
        return 0
    if words[0] in rows.ABSENT:
        raise NotSimulated(f"git {words[0]}")
    if words[0] not in _KNOWN:
        process.error(f"No manual entry for git{words[0]}")
        return 16
    process.line(page(_KNOWN[words[0]]))
    return 0


def _unaliased(process: Process, words: list[str]) -> list[str]:
    """The words with an alias of git's own configuration replaced; its quotes are read as the shell's."""
    text = Git(process).setting(f"alias.{words[0]}")
    if not text:
        return words
    try:
        return [*shlex.split(text), *words[1:]] or words
    except ValueError:
        raise GitError(f"fatal: bad alias.{words[0]} string: unclosed quote") from None


def _in_shell(process: Process, command: str, arguments: list[str]) -> int:
    """An alias that begins with `!`: the shell runs it in the working tree's top folder."""
    repository = Git(process).look()
    if repository is not None and repository.work_tree:
        moved_into(process, repository.work_tree)
    text = f'{command} "$@"' if arguments else command
    return process.spawn(process, ("bash", "-c", text, command, *arguments), process.stdin)


def _unknown(process: Process, name: str, known: list[str]) -> int:
    process.error(f"git: '{name}' is not a git command. See 'git --help'.")
    scored = sorted((_distance(name, one), one) for one in [*known, *rows.ABSENT])
    best = [one for score, one in scored if score == scored[0][0]] if scored[0][0] < _SIMILAR else []
    if best:
        lead = "The most similar command is" if len(best) == 1 else "The most similar commands are"
        process.error(f"\n{lead}")
        for one in sorted(best):
            process.error(f"\t{one}")
    return 1


def _distance(typed: str, known: str) -> int:
    """git's weighted edit distance: a swap is free, a replaced letter 2, an added one 1, a lost one 3."""
    if known.startswith(typed):
        return 0
    swap, replaced, added, lost = 0, 2, 1, 3
    older: list[int] = []
    old = [n * added for n in range(len(known) + 1)]
    for i, a in enumerate(typed[:40]):
        new = [(i + 1) * lost]
        for j, b in enumerate(known):
            cost = old[j] + replaced * (a != b)
            if i and j and typed[i - 1] == b and a == known[j - 1]:
                cost = min(cost, older[j - 1] + swap)
            new.append(min(cost, old[j + 1] + lost, new[j] + added))
        older, old = old, new
    return old[-1]


ROWS = (
    Command(
        "git",
        "the version control",
        git,
        "<command>",
        subcommands=rows.ROWS,
        absent=tuple(rows.ABSENT),
        raw=True,
        dispatches=True,
        style=GitStyle(),
    ),
)
