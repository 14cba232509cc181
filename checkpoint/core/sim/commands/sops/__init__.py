"""sops, as version 3.11 behaves, with age keys."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from checkpoint.core.sim.actors import ACTORS
from checkpoint.core.sim.commands.sops import working
from checkpoint.core.sim.commands.sops.help_text import GLOBAL, OPTIONS
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run, UsageError, parsed

VERSION = "3.11.0"

_NOT_SIMULATED = (
    *("kms", "pgp", "vault", "azure", "aws", "keyservice", "encryption-context", "shamir", "comment-regex"),
    *("show-master-keys", "decryption-order", "indent", "check-for-updates", "verbose", "ini"),
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


def _help(name: str) -> str:
    if not name:
        return "NAME:\n   sops - sops - encrypted file editor with age\n\nGLOBAL OPTIONS:\n" + GLOBAL
    what, usage, lines = OPTIONS[name]
    return f"NAME:\n   sops {name} - {what}\n\nUSAGE:\n   {usage}\n\nOPTIONS:\n{lines}   \n"


def _reading(name: str, run: Run) -> Run:
    """Reads the words by the row's options, and says what is wrong with them as sops does: help on standard
    output, a line of its log on standard error."""

    def read(process: Process, args: Args) -> int:
        row = replace(_row(name, run), raw=False)
        try:
            read = parsed(row, args.rest, _STYLE)
        except UsageError as error:
            process.line(f"Incorrect Usage{':' if name else '.'} {error.message}\n")
            process.out(_help(name))
            working.logged(process, "fatal", error.message)
            return 1
        if read.has("--help"):
            process.out(_help(name))
            return 0
        if name not in ("set", "unset") and len(read.rest) > 1:
            _warned(process, read.rest)
        return run(process, read)

    return read


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
        process.out(_help(""))
        return 0
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
}

ROWS = (
    replace(
        _row("", _reading("", top)),
        raw=True,
        subcommands=tuple(replace(_row(name, _reading(name, run)), raw=True) for name, run in _RUNS.items()),
        absent=("completion", "exec-env", "exec-file", "publish", "keyservice", "groups", "help"),
        style=_STYLE,
    ),
)

ACTORS[working.EDITOR] = working.edited_in_the_page
