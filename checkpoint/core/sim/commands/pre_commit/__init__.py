"""The pre-commit framework, as version 4 behaves, with the hooks that the course uses."""

from dataclasses import dataclass, replace

from checkpoint.core.sim.commands.pre_commit import checkers, fixers, installing, running, yamllint
from checkpoint.core.sim.commands.pre_commit.configuration import STAGES, TYPES, VERSION
from checkpoint.core.sim.commands.pre_commit.help_text import HELP, usage
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run, UsageError, parsed

_NAMES = (
    *(
        "autoupdate",
        "clean",
        "gc",
        "hazmat",
        "init-templatedir",
        "install",
        "install-hooks",
        "migrate-config",
    ),
    *("run", "sample-config", "try-repo", "uninstall", "validate-config", "validate-manifest", "help"),
    "hook-impl",
)
_COLORS = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class _Argparse:
    """The words of Python's argparse."""

    single_dash: bool = False
    abbreviates: bool = True
    stops: bool = False

    def unknown(self, command: Command, typed: str) -> UsageError:
        del command
        return _wrong("", f"unrecognized arguments: {typed}")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        option = command.option(typed)
        names = "/".join(option.names) if option else typed
        return _wrong(_name(command), f"argument {names}: expected one argument")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.partition("=")
        option = command.option(name)
        names = "/".join(option.names) if option else name
        return _wrong(_name(command), f"argument {names}: ignored explicit argument {value!r}")

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        del command
        allowed = ", ".join(f"'{one}'" for one in _NAMES)
        return _wrong("", f"argument command: invalid choice: {typed!r} (choose from {allowed})")


def _name(command: Command) -> str:
    return command.path.removeprefix("pre-commit").strip()


def _wrong(name: str, told: str) -> UsageError:
    return UsageError(f"{usage(name)}\n{f'pre-commit {name}'.strip()}: error: {told}", 2)


@dataclass(frozen=True, slots=True)
class _Program:
    """A hook's own program, whose usage names its options in their order."""

    single_dash: bool = False
    abbreviates: bool = True
    stops: bool = False

    def unknown(self, command: Command, typed: str) -> UsageError:
        return self._wrong(command, f"unrecognized arguments: {typed}")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        return self._wrong(command, f"argument {typed}: expected one argument")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.partition("=")
        return self._wrong(command, f"argument {name}: ignored explicit argument {value!r}")

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        return self.unknown(command, typed)

    def _wrong(self, command: Command, told: str) -> UsageError:
        options = "".join(
            f" [{one.names[0]}{f' {one.value}' if one.value else ''}]" for one in command.options
        )
        return UsageError(
            f"usage: {command.path} [-h]{options} {command.usage}\n{command.path}: error: {told}", 2
        )


_STYLE = _Argparse()
_HELP = Option(("-h", "--help"), help="show this help message and exit")
_COLOR = Option(("--color",), "{auto,always,never}", "Whether to use color in output.")
_CONFIG = Option(("-c", "--config"), "CONFIG", "Path to alternate config file")
_REAL = (
    *("--remote-branch", "--local-branch", "--pre-rebase-upstream", "--pre-rebase-branch", "--remote-name"),
    *("--remote-url", "--checkout-type", "--is-squash-merge", "--rewrite-command"),
)
_RUN = (
    _HELP,
    _COLOR,
    _CONFIG,
    Option(("--verbose", "-v"), help="tell more"),
    Option(("--all-files", "-a"), help="Run on all the files in the repo."),
    Option(("--files",), "FILES", "Specific filenames to run hooks on."),
    Option(("--show-diff-on-failure",), help="When hooks fail, run `git diff` directly afterward."),
    Option(("--fail-fast",), help="Stop after the first failing hook."),
    Option(("--hook-stage",), "STAGE", "The stage during which the hook is fired."),
    Option(("--from-ref", "--source", "-s"), "FROM_REF", "the first of the commits that a hook looks at"),
    Option(("--to-ref", "--origin", "-o"), "TO_REF", "the last of them"),
    Option(("--commit-msg-filename",), "COMMIT_MSG_FILENAME", "the message's file, for commit-msg"),
    Option(("--prepare-commit-message-source",), "SOURCE", "where the message comes from"),
    Option(("--commit-object-name",), "NAME", "the commit whose message is used"),
    *(Option((name,), "VALUE", simulated=False) for name in _REAL),
)
_TYPE = Option(("-t", "--hook-type"), "TYPE", "Which of git's hooks.")
_INSTALL = (
    _HELP,
    _COLOR,
    _CONFIG,
    Option(("-f", "--overwrite"), help="Overwrite existing hooks / remove migration mode."),
    Option(("--install-hooks",), help="Whether to install hook environments."),
    _TYPE,
    Option(("--allow-missing-config",), help="Whether to allow a missing configuration file."),
)
_CHOICES = {"--hook-stage": (*STAGES,), "--hook-type": TYPES}


def _reading(name: str, run: Run, options: tuple[Option, ...], operands: int) -> Run:
    """Reads the words as argparse does, whose `--files` takes every word up to the next option."""

    def read(process: Process, args: Args) -> int:
        row = Command(f"pre-commit {name}", "", run, "", options)
        found = parsed(row, _spread(args.rest), _STYLE)
        if found.has("--help"):
            process.out(HELP[name])
            return 0
        _checked(name, found, operands)
        return run(process, found)

    return read


def _spread(words: list[str]) -> list[str]:
    """`--files a b` as `--files=a --files=b`."""
    made: list[str] = []
    taking = False
    for word in words:
        if taking and not word.startswith("-"):
            made.append(f"--files={word}")
            continue
        taking = word == "--files"
        if not taking:
            made.append(word)
    return made


def _checked(name: str, args: Args, operands: int) -> None:
    if args.has("--color") and args.value("--color") not in _COLORS:
        raise _wrong(name, f"argument --color: invalid use_color value: {args.value('--color')!r}")
    for key, allowed in _CHOICES.items():
        for value in args.values(key):
            if value not in allowed:
                names = "-t/--hook-type" if key == "--hook-type" else key
                told = ", ".join(f"'{one}'" for one in allowed)
                raise _wrong(name, f"argument {names}: invalid choice: {value!r} (choose from {told})")
    if args.has("--files") and args.has("--all-files"):
        raise _wrong(name, "argument --files: not allowed with argument --all-files/-a")
    if 0 <= operands < len(args.rest):
        raise _wrong("", f"unrecognized arguments: {' '.join(args.rest[operands:])}")


def _row(
    name: str, text: str, run: Run, usage_: str, options: tuple[Option, ...], operands: int = 0
) -> Command:
    return Command(
        f"pre-commit {name}", text, _reading(name, run, options, operands), usage_, options, raw=True
    )


def _top(process: Process, args: Args) -> int:
    """Without a subcommand: `run` with the options of the framework itself."""
    if args.has("--version"):
        process.line(f"pre-commit {VERSION}")
        return 0
    if args.has("--help"):
        process.out(HELP[""])
        return 0
    if args.rest:
        raise _STYLE.unknown_subcommand(ROWS[0], args.rest[0])
    return running.run(process, args)


def _help(process: Process, args: Args) -> int:
    name = args.rest[0] if args.rest else ""
    if name not in HELP:
        return process.unsupported(f"pre-commit help {name}")
    process.out(HELP[name])
    return 0


_PLAIN = (_HELP, _COLOR)

ROWS = (
    Command(
        "pre-commit",
        "run checks before a commit",
        _top,
        "<command>",
        (_HELP, Option(("-V", "--version"), help="show program's version number and exit")),
        subcommands=(
            _row("run", "Run hooks.", running.run, "[options] [hook]", _RUN, 1),
            _row("install", "Install the pre-commit script.", installing.install, "[options]", _INSTALL),
            _row(
                "uninstall",
                "Uninstall the pre-commit script.",
                installing.uninstall,
                "[options]",
                (_HELP, _COLOR, _CONFIG, _TYPE),
            ),
            _row(
                "install-hooks",
                "Install hook environments.",
                installing.install_hooks,
                "[options]",
                (_HELP, _COLOR, _CONFIG),
            ),
            _row(
                "validate-config",
                "Validate .pre-commit-config.yaml files",
                installing.validate,
                "[filenames ...]",
                _PLAIN,
                -1,
            ),
            _row("clean", "Clean out pre-commit files.", installing.clean, "", _PLAIN),
            _row("gc", "Clean unused cached repos.", installing.collect, "", _PLAIN),
            _row(
                "migrate-config",
                "Migrate list configuration to new map configuration.",
                installing.migrate,
                "",
                (_HELP, _COLOR, _CONFIG),
            ),
            _row(
                "sample-config",
                "Produce a sample .pre-commit-config.yaml file",
                installing.sample,
                "",
                _PLAIN,
            ),
            replace(_row("help", "Show help for a specific command.", _help, "[command]", ()), run=_help),
            Command("pre-commit hook-impl", "what an installed hook calls", installing.hook, raw=True),
        ),
        absent=("autoupdate", "hazmat", "init-templatedir", "try-repo", "validate-manifest"),
        style=_STYLE,
    ),
    *(replace(row, style=_Program()) for row in (*fixers.ROWS, *checkers.ROWS, *yamllint.ROWS)),
)
