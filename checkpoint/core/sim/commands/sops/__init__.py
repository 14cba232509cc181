"""sops, as version 3.11 behaves, with age keys."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from checkpoint.core.sim.actors import ACTORS
from checkpoint.core.sim.commands.sops import working
from checkpoint.core.sim.commands.sops.help_text import GLOBAL, OPTIONS, TOP
from checkpoint.core.sim.parts.sops.tree import SopsError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run, UsageError, parsed

VERSION = "3.11.0"

_NOT_SIMULATED = (
    *("kms", "pgp", "vault", "azure", "aws", "keyservice", "encryption-context", "shamir", "comment-regex"),
    *("show-master-keys", "decryption-order", "indent", "check-for-updates", "verbose", "ini"),
    *("--background", "--user", "--same-process"),
)


@dataclass(frozen=True, slots=True)
class _Urfave:
    """The words of the library that reads sops's options."""

    single_dash: bool = True
    abbreviates: bool = False
    stops: bool = True

    def unknown(self, command: Command, typed: str) -> UsageError:
        return _complaint(command, f"flag provided but not defined: -{typed.lstrip('-')}")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        return _complaint(command, f"flag needs an argument: -{typed.lstrip('-')}")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.partition("=")
        return _complaint(command, f'invalid boolean value "{value}" for -{name.lstrip("-")}: parse error')

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        return _complaint(command, f"No help topic for '{typed}'")


def _complaint(command: Command, text: str) -> UsageError:
    made = UsageError(text)
    made.add_note(command.path)
    return made


def _options(lines: str) -> tuple[Option, ...]:
    """The rows of a help text as options."""
    found = []
    for line in lines.splitlines():
        told, _, text = line.strip().partition("  ")
        names, value = [], ""
        for piece in told.split(", "):
            name, _, takes = piece.partition(" ")
            names.append(name)
            value = value or takes
        simulated = not any(word in told for word in _NOT_SIMULATED)
        found.append(Option(tuple(names), value, text.strip(), simulated=simulated))
    return (*found, *(() if "--help" in lines else (Option(("--help", "-h"), help="show help"),)))


_STYLE = _Urfave()
_SEVERAL = (
    "More than one command (--encrypt, --decrypt, --rotate, --set) has been specified. Only the changes"
    " made by the last one will be visible. Note that this behavior is deprecated and will cause an"
    " error eventually."
)


def _help(name: str) -> str:
    if not name:
        return f"{TOP}GLOBAL OPTIONS:\n{GLOBAL}   \n"
    what, usage, lines = OPTIONS[name]
    return f"NAME:\n   sops {name} - {what}\n\nUSAGE:\n   {usage}\n\nOPTIONS:\n{lines}   \n"


def _reading(name: str, run: Run) -> Run:
    """Reads the words by the row's options, and says what is wrong with them as sops does: help on standard
    output, a line of its log on standard error."""

    def read(process: Process, args: Args) -> int:
        row = replace(_row(name, run), raw=False, stops=not name)
        above, words = _split(name, args.rest)
        try:
            read = parsed(row, words, _STYLE)
            read.options = above | read.options
        except UsageError as error:
            process.line(f"Incorrect Usage{':' if name else '.'} {error.message}\n")
            process.out(_help(name).removesuffix("   \n" if not name else "\0"))
            working.logged(process, "fatal", error.message)
            return 1
        if read.has("--help"):
            process.out(_help(name))
            return 0
        if not name and read.rest and read.rest[0] in _RUNS:
            return _below(process, read)
        if name not in ("set", "unset", "exec-env") and len(read.rest) > 1:
            _warned(process, read.rest)
        return run(process, read)

    return read


_ABOVE = "\0"
"""Stands before options that were given in front of a subcommand."""


def _split(name: str, words: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """What was given in front of the subcommand, and the words behind it."""
    if not name or not words or not words[0].startswith(_ABOVE):
        return {}, words
    options: dict[str, list[str]] = {}
    for pair in words[0].split(_ABOVE)[1:]:
        key, _, value = pair.partition("=")
        options.setdefault(key, []).append(value)
    return options, words[1:]


def _below(process: Process, args: Args) -> int:
    """A subcommand behind options of sops itself, of which it knows what both know."""
    row = next(one for one in ROWS[0].subcommands if one.name == args.rest[0])
    given = "".join(f"{_ABOVE}{key}={value}" for key, values in args.options.items() for value in values)
    return row.run(process, Args(rest=[given or _ABOVE, *args.rest[1:]])) if row.run else 1


def _warned(process: Process, rest: list[str]) -> None:
    working.logged(
        process, "warning", "More than one positional argument provided. Only the first one will be used!"
    )
    for word in rest[1:]:
        if word.startswith("-"):
            what = (
                f'Note that one of the ignored positional argument is \\"{word}\\", which looks like a flag.'
                " Flags must always be provided before the first positional argument!"
            )
            working.logged(process, "warning", what)
            break


def _row(name: str, run: Run) -> Command:
    lines = OPTIONS[name][2] if name else GLOBAL
    path = f"sops {name}".rstrip()
    return Command(path, OPTIONS[name][0] if name else "encrypted file editor", run, "file", _options(lines))


def top(process: Process, args: Args) -> int:
    """Without a subcommand: the older options, or the editor."""
    if args.has("--version"):
        process.line(f"sops {VERSION}")
        return 0
    if not args.rest:
        raise SopsError("Error: no file specified", 100)
    if sum(args.has(key) for key in ("--encrypt", "--decrypt", "--rotate", "--set")) > 1:
        working.logged(process, "warning", _SEVERAL)
    for key, run in (
        ("--decrypt", working.decrypt),
        ("--encrypt", working.encrypt),
        ("--rotate", working.rotate),
    ):
        if args.has(key):
            return run(process, args)
    if args.has("--set"):
        index, _, value = args.value("--set").rpartition(" ")
        return working.set_value(process, Args(args.options, [args.rest[0], index, value]))
    return working.edit(process, args)


_RUNS: dict[str, Callable[[Process, Args], int]] = {
    "encrypt": working.encrypt,
    "decrypt": working.decrypt,
    "rotate": working.rotate,
    "edit": working.edit,
    "set": working.set_value,
    "unset": working.unset_value,
    "updatekeys": working.updatekeys,
    "filestatus": working.filestatus,
    "exec-env": working.exec_env,
}

ROWS = (
    replace(
        _row("", _reading("", top)),
        raw=True,
        subcommands=tuple(replace(_row(name, _reading(name, run)), raw=True) for name, run in _RUNS.items()),
        absent=("completion", "exec-file", "publish", "keyservice", "groups", "help"),
        style=_STYLE,
    ),
)

ACTORS[working.EDITOR] = working.edited_in_the_page
