"""terraform, and the script that guards it."""

from dataclasses import dataclass, replace

from checkpoint.core.sim.commands.terraform import (
    applying,
    boxes,
    formatting,
    guard,
    initialising,
    looking,
    planning,
    states,
    usage,
    workspaces,
)
from checkpoint.core.sim.commands.terraform.desk import more_help
from checkpoint.core.sim.commands.terraform.help_text import MEANINGS
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.parts.terraform.source import Diagnostic, closest
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.start import SCRIPTS
from checkpoint.core.sim.table import (
    Args,
    Command,
    NotSimulated,
    Option,
    Run,
    UsageError,
    find,
    parsed,
    with_help,
    with_real,
)

_BOXED = ("init", "plan", "apply", "destroy", "refresh", "validate", "output", "show")


@dataclass(frozen=True, slots=True)
class GoFlags:
    """`-name` and `--name` are the same; complaints come in a box, or plain."""

    single_dash: bool = True
    abbreviates: bool = False
    stops: bool = True

    def complaint(self, command: Command, text: str) -> UsageError:
        if command.name in _BOXED and len(command.path.split()) == 2:
            box = boxes.boxed(Diagnostic("Failed to parse command-line flags", text), boxes.NARROW)
            hint = "" if command.name == "init" else f"\n{more_help(command.path)}"
            return UsageError(box.rstrip("\n") + hint, 1)
        shown = usage.TEXTS.get(command.path.partition(" ")[2], "")
        return UsageError(f"{shown}Error parsing command-line flags: {text}\n", 1)

    def unknown(self, command: Command, typed: str) -> UsageError:
        name = f"-{typed.lstrip('-')}"
        return self.complaint(command, f"flag provided but not defined: {name}")

    def lacks_value(self, command: Command, typed: str) -> UsageError:
        return self.complaint(command, f"flag needs an argument: -{typed.lstrip('-')}")

    def unwanted_value(self, command: Command, typed: str) -> UsageError:
        name, _, value = typed.lstrip("-").partition("=")
        return self.complaint(command, f'invalid boolean value "{value}" for -{name}: parse error')

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:  # noqa: ARG002
        return UsageError(usage.TEXTS.get(command.path.partition(" ")[2], "").rstrip("\n"), 1)


_STYLE = GoFlags()


def _flag(name: str, help_: str = "", *, simulated: bool = True) -> Option:
    """A flag that may also be typed as `-name=true`."""
    return Option((name,), "bool", help_, optional=True, simulated=simulated)


def _value(name: str, value: str, help_: str = "", *, simulated: bool = True) -> Option:
    return Option((name,), value, help_, simulated=simulated)


_HELP = Option(("-help", "-h"))
_COLOR = _flag("-no-color", "without colour and boxes")
_LOCK = (
    _flag("-lock", "false: don't hold a lock (dangerous if others run commands too)"),
    _value("-lock-timeout", "0s", "how long to try for the lock"),
)
_LEGACY = (
    _value("-state", "path", "another local state", simulated=False),
    _value("-state-out", "path", simulated=False),
    _value("-backup", "path", simulated=False),
)
_INPUT = _flag("-input", "false: ask for nothing")
_PLANNING = (
    _flag("-destroy", "plan to destroy everything"),
    _flag("-refresh-only", "only compare the state with what is real"),
    _flag("-refresh", "false: don't look at what is real"),
    _value("-replace", "resource", "make this object anew"),
    _value("-target", "resource", "only this resource and what it needs"),
    _value("-var", "'foo=bar'", "a variable's value"),
    _value("-var-file", "filename", "a file of variables' values"),
    _value("-parallelism", "n"),
    _flag("-compact-warnings"),
    _flag("-json", simulated=False),
    _INPUT,
    _COLOR,
    *_LOCK,
    *_LEGACY,
    _HELP,
)


def _help(process: Process, row: Command) -> int:
    """A command's help, from its row of the table."""
    words = row.path.partition(" ")[2]
    row, _, _ = find({"terraform": TERRAFORM}, row.path.split())
    text = usage.TEXTS.get(words)
    if text is None:
        lines = [
            f"Usage: terraform [global options] {words} {row.usage}".rstrip(),
            "",
            f"  {_sentence(row.help)}",
            "",
        ]
        shown = [one for one in row.options if one.key != _HELP.key]
        if shown:
            lines.append("Options:")
            lines += [f"  {_named(one):<24} {one.meaning}".rstrip() for one in shown]
        text = "\n".join(lines) + "\n"
    process.out(text)
    return 0


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _named(one: Option) -> str:
    return one.names[0] if one.value in ("", "bool") else f"{one.names[0]}={one.value}"


def _row(path: str, help_: str, run: Run, usage_: str, *options: Option) -> Command:
    """A row whose -help is answered here."""
    made = Command(
        f"terraform {path}", help_, None, usage_, options if _HELP in options else (*options, _HELP)
    )

    def answered(process: Process, args: Args) -> int:
        if args.has(_HELP.key):
            return _help(process, made)
        _check_flags(made, args)
        return run(process, _true_only(args))

    return replace(made, run=answered)


_BOOLS = ("", "true", "false", "1", "0", "t", "f", "T", "F", "TRUE", "FALSE", "True", "False")


def _check_flags(row: Command, args: Args) -> None:
    for one in row.options:
        for value in args.values(one.key) if one.optional else ():
            if value not in _BOOLS:
                raise _STYLE.unwanted_value(row, f"{one.key}={value}")


def _true_only(args: Args) -> Args:
    """A flag typed as `-name=false` counts as not typed, where its default is false."""
    for name in (
        "-destroy",
        "-refresh-only",
        "-auto-approve",
        "-json",
        "-no-color",
        "-check",
        "-recursive",
        "-force",
        "-detailed-exitcode",
        "-upgrade",
        "-reconfigure",
        "-migrate-state",
        "-raw",
        "-dry-run",
    ):
        if args.value(name) in ("false", "0", "f", "F", "False", "FALSE"):
            args.options.pop(name, None)
    return args


def _bare_group(words: str) -> Run:
    def run(process: Process, args: Args) -> int:
        process.out(usage.TEXTS[words])
        return 0 if args.has(_HELP.key) else 1

    return run


_STATE = Command(
    "terraform state",
    "advanced state management",
    _bare_group("state"),
    "<subcommand> [options] [args]",
    (_HELP,),
    (
        _row(
            "state list",
            "list resources in the state",
            states.listed,
            "[options] [address...]",
            _value("-id", "ID"),
            *_LEGACY[:1],
        ),
        _row(
            "state show",
            "show a resource in the state",
            states.shown,
            "[options] ADDRESS",
            *_LEGACY[:1],
            _COLOR,
        ),
        _row(
            "state mv",
            "move an item in the state",
            states.moved,
            "[options] SOURCE DESTINATION",
            _flag("-dry-run"),
            _flag("-ignore-remote-version"),
            *_LOCK,
            *_LEGACY,
        ),
        _row(
            "state rm",
            "remove instances from the state",
            states.removed,
            "[options] ADDRESS...",
            _flag("-dry-run"),
            _flag("-ignore-remote-version"),
            *_LOCK,
            *_LEGACY,
        ),
        _row("state pull", "pull current state and output to stdout", states.pulled, "[options]"),
        _row(
            "state push",
            "update remote state from a local state file",
            states.pushed,
            "[options] PATH",
            _flag("-force"),
            _flag("-ignore-remote-version"),
            *_LOCK,
        ),
    ),
    absent=("replace-provider", "identities"),
)

_WORKSPACE = Command(
    "terraform workspace",
    "workspace management",
    _bare_group("workspace"),
    "",
    (_HELP,),
    (
        _row("workspace list", "list workspaces", workspaces.listed, ""),
        _row("workspace show", "show the name of the current workspace", workspaces.shown, ""),
        _row("workspace new", "create a workspace", workspaces.new, "[OPTIONS] NAME", *_LOCK, *_LEGACY[:1]),
        _row("workspace select", "select a workspace", workspaces.select, "NAME", _flag("-or-create")),
        _row(
            "workspace delete",
            "delete a workspace",
            workspaces.delete,
            "[OPTIONS] NAME",
            _flag("-force"),
            *_LOCK,
        ),
    ),
)

_SUBCOMMANDS = (
    _row(
        "init",
        "prepare your working directory for other commands",
        initialising.init,
        "[options]",
        _flag("-backend"),
        _value("-backend-config", "path"),
        _flag("-force-copy"),
        _flag("-get"),
        _INPUT,
        _flag("-migrate-state"),
        _flag("-reconfigure"),
        _flag("-upgrade"),
        _COLOR,
        *_LOCK,
        _flag("-json", simulated=False),
        _value("-from-module", "source", simulated=False),
        _value("-plugin-dir", "dir", simulated=False),
        _value("-lockfile", "mode", simulated=False),
        _flag("-ignore-remote-version"),
    ),
    _row(
        "validate",
        "check whether the configuration is valid",
        planning.validate,
        "[options]",
        _flag("-json"),
        _COLOR,
        _flag("-no-tests"),
    ),
    _row(
        "plan",
        "show changes required by the current configuration",
        planning.plan,
        "[options]",
        _flag("-detailed-exitcode", "0 nothing to do, 1 error, 2 changes"),
        _value("-out", "path", "save the plan"),
        _value("-generate-config-out", "path", simulated=False),
        *_PLANNING,
    ),
    _row(
        "apply",
        "create or update infrastructure",
        applying.apply,
        "[options] [PLAN]",
        _flag("-auto-approve", "ask nothing"),
        *_PLANNING,
    ),
    _row(
        "destroy",
        "destroy previously-created infrastructure",
        applying.destroy,
        "[options]",
        _flag("-auto-approve"),
        *_PLANNING,
    ),
    _row("refresh", "update the state to match remote systems", applying.refresh, "[options]", *_PLANNING),
    _row(
        "fmt",
        "reformat your configuration in the standard style",
        formatting.fmt,
        "[options] [target...]",
        _flag("-check"),
        _flag("-diff"),
        _flag("-list"),
        _flag("-write"),
        _flag("-recursive"),
        _COLOR,
    ),
    _row(
        "show",
        "show the current state or a saved plan",
        looking.show,
        "[options] [path]",
        _flag("-json"),
        _COLOR,
    ),
    _row(
        "output",
        "show output values from your root module",
        looking.output,
        "[options] [NAME]",
        _flag("-json"),
        _flag("-raw"),
        _COLOR,
        *_LEGACY[:1],
    ),
    _row(
        "import",
        "associate existing infrastructure with a Terraform resource",
        states.imported,
        "[options] ADDR ID",
        *_PLANNING,
    ),
    _row(
        "taint",
        "mark a resource instance as not fully functional",
        states.tainted,
        "[options] <address>",
        *_LOCK,
        *_LEGACY,
    ),
    _row(
        "untaint",
        "remove the 'tainted' state from a resource instance",
        states.untainted,
        "[options] name",
        *_LOCK,
        *_LEGACY,
    ),
    _row(
        "force-unlock",
        "release a stuck lock on the current workspace",
        states.force_unlock,
        "LOCK_ID",
        _flag("-force"),
    ),
    _row(
        "get",
        "install or upgrade remote Terraform modules",
        initialising.get,
        "[options]",
        _flag("-update"),
        _COLOR,
    ),
    _row(
        "providers", "show the providers required for this configuration", initialising.providers, "[options]"
    ),
    _row("version", "show the current Terraform version", initialising.version, "[options]", _flag("-json")),
    _STATE,
    _WORKSPACE,
)

_ABSENT = ("console", "graph", "login", "logout", "metadata", "modules", "test", "cloud", "stacks")


def _terraform(process: Process, args: Args) -> int:
    """The words before the subcommand; then the subcommand, in the folder that -chdir names."""
    if args.has("-version") and not args.rest:
        return initialising.version(process, Args())
    if not args.rest:
        process.out(usage.TEXTS[""])
        return 0 if args.has(_HELP.key) else 127
    name = args.rest[0]
    if args.has("-chdir"):
        return _elsewhere(process, args.value("-chdir"), args.rest)
    if TERRAFORM.below(name) is None:
        if name in _ABSENT:
            raise NotSimulated(f"terraform {name}")
        known = sorted([*(one.name for one in _SUBCOMMANDS), *_ABSENT])
        meant = closest(name, known)
        hint = f' Did you mean "{meant}"?' if meant else ""
        process.error(
            f'Terraform has no command named "{name}".{hint}\n\nTo see all of Terraform\'s top-level '
            "commands, "
            "run:\n  terraform -help\n"
        )
        return 1
    return _dispatched(process, args.rest)


def _elsewhere(process: Process, folder: str, words: list[str]) -> int:
    path = process.path(folder)
    try:
        process.files.names(path)
    except FileError as error:
        process.error(f"Error handling -chdir option: chdir {folder}: {error.why.value.lower()}")
        return 1
    shell = process.world.shell
    process.world = replace(process.world, shell=replace(shell, cwd=path))
    try:
        return _dispatched(process, words)
    finally:
        process.world = replace(process.world, shell=replace(process.world.shell, cwd=shell.cwd))


def _dispatched(process: Process, words: list[str]) -> int:
    process.words = ("terraform", *words)
    row, style, rest = find({"terraform": TERRAFORM}, ("terraform", *words))
    if row is TERRAFORM:
        return _terraform(process, Args(rest=list(words)))
    assert row.run is not None  # noqa: S101
    if rest and row.subcommands and not rest[0].startswith("-"):
        if rest[0] in row.absent:
            raise NotSimulated(f"{row.path} {rest[0]}")
        return row.run(process, Args())
    return row.run(process, parsed(row, rest, style or _STYLE))


_REAL = {
    "terraform init": "-test-directory=path",
    "terraform validate": "-test-directory=path",
    "terraform import": "-config=path -ignore-remote-version",
    "terraform taint": "-allow-missing -ignore-remote-version",
    "terraform untaint": "-allow-missing -ignore-remote-version",
    "terraform get": "-test-directory=path",
    "terraform providers": "-test-directory=path",
}
"""By row: options that the real Terraform has and that aren't simulated."""

TERRAFORM = with_help(
    with_real(
        Command(
            "terraform",
            "plan and change infrastructure",
            _terraform,
            "[global options] <subcommand> [args]",
            (_value("-chdir", "DIR"), _flag("-version"), Option(("-v", "-version")), _HELP),
            _SUBCOMMANDS,
            absent=_ABSENT,
            style=_STYLE,
        ),
        _REAL,
    ),
    MEANINGS,
)

ROWS = (TERRAFORM,)

SCRIPTS[guard.NAME, "baseline"] = guard.BASELINE
SCRIPTS[guard.NAME, "hardened"] = guard.HARDENED
