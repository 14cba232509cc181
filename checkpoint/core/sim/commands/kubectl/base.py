"""What every kubectl command shares: its options, its way of complaining, and the kubeconfig in use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from checkpoint.core.sim.commands.kubectl.help_text import MEANINGS
from checkpoint.core.sim.errors import SimError, Told
from checkpoint.core.sim.parts.kubernetes.kubeconfig import Kubeconfig, file_texts, loaded
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option, Run, UsageError, with_help


@dataclass(frozen=True, slots=True)
class KubectlStyle(Cobra):
    prefix: str = "Error: "

    def unknown_subcommand(self, command: Command, typed: str) -> UsageError:
        if " " in command.path:
            hint = f"See '{command.path} -h' for help and examples"
            return UsageError(f'error: unknown command "{typed}"\n{hint}', 1)
        near = [one for one in EVERY if _distance(typed, one) <= _NEAR or one.startswith(typed)]
        told = f'Error: unknown command "{typed}" for "kubectl"'
        if near:
            told += "\n\nDid you mean this?\n" + "".join(f"\t{one}\n" for one in near)
        return UsageError(told, 1)


EVERY = (
    *("create", "expose", "run", "set", "explain", "get", "edit", "delete", "rollout", "scale", "autoscale"),
    *("certificate", "cluster-info", "top", "cordon", "uncordon", "drain", "taint", "describe", "logs"),
    *("attach", "exec", "port-forward", "proxy", "cp", "auth", "debug", "events", "diff", "apply", "patch"),
    *("replace", "wait", "kustomize", "label", "annotate", "completion", "alpha", "api-resources"),
    *("api-versions", "config", "plugin", "version"),
)
"""The commands of the real kubectl, in its order."""

_NEAR = 2
"""Edits up to which a command is suggested."""

NEVER = (
    *("--as", "--as-group", "--as-uid", "--cache-dir", "--certificate-authority", "--client-certificate"),
    *("--client-key", "--disable-compression", "--log-flush-frequency", "--match-server-version"),
    *("--password", "--profile", "--profile-output", "--tls-server-name", "--username", "--vmodule"),
    *("--warnings-as-errors",),
)

GLOBAL: tuple[Option, ...] = (
    Option(("-n", "--namespace"), "NAMESPACE", "the namespace of this request"),
    Option(("--context",), "NAME", "the context to use"),
    Option(("--cluster",), "NAME", "the cluster to use"),
    Option(("--user",), "NAME", "the user to use"),
    Option(("-s", "--server"), "URL", "the address of the server"),
    Option(("--token",), "TOKEN", "a bearer token"),
    Option(("--kubeconfig",), "FILE", "the kubeconfig to use"),
    Option(("--request-timeout",), "TIME"),
    Option(("--insecure-skip-tls-verify",), "BOOL", optional=True),
    Option(("-v", "--v"), "LEVEL"),
    Option(("-h", "--help"), help="show this help"),
    *(Option((name,), "VALUE", simulated=False) for name in NEVER),
)


def flag(name: str, help: str = "", *, simulated: bool = True) -> Option:
    """A switch that may also be written `--name=false`."""
    return Option((name,), "BOOL", help, optional=True, simulated=simulated)


def on(args: Args, key: str, default: bool = False) -> bool:
    """Whether a switch is on."""
    return args.value(key) != "false" if args.has(key) else default


class KubeError(Told):
    """`error: …`, as the client says it."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(f"error: {message}", code)


def klog(process: Process, place: str, text: str) -> str:
    """A line of the client's own log: `E1123 01:09:57.869971   28869 run.go:72] …`."""
    when = datetime.fromtimestamp(process.clock, UTC)
    return f"E{when:%m%d %H:%M:%S}.000000    4242 {place}] {text}"


def command_failed(process: Process, message: str) -> int:
    """The way in which kubectl reports an error that no command words itself."""
    if "\n" in message:
        inner = "".join(f"\t{line}\n" if line else "\n" for line in message.rstrip("\n").split("\n"))
        process.error(klog(process, "run.go:72", f'"command failed" err=<\n{inner} >'))
    else:
        quoted = message.replace("\\", "\\\\").replace('"', '\\"')
        process.error(klog(process, "run.go:72", f'"command failed" err="{quoted}"'))
    return 1


def config_paths(process: Process, args: Args) -> tuple[str, ...]:
    """The kubeconfig files in use, absolute."""
    if args.value("--kubeconfig"):
        return (process.path(args.value("--kubeconfig")),)
    listed = [one for one in process.environment.get("KUBECONFIG", "").split(":") if one]
    if listed:
        return tuple(dict.fromkeys(process.path(one) for one in listed))
    return (f"{process.environment.get('HOME', process.world.shell.home)}/.kube/config",)


def config_of(process: Process, args: Args) -> Kubeconfig:
    return loaded(process.files, config_paths(process, args))


def save(process: Process, config: Kubeconfig) -> None:
    for path, text in file_texts(config).items():
        if not process.files.is_file(path):
            process.files = process.files.make_folders(path.rpartition("/")[0], time=process.clock)
            process.write(path, text, 0o600)
        elif process.read(path) != text:
            process.write(path, text)


def row(
    path: str,
    help: str,
    run: Run | None,
    usage: str = "",
    options: tuple[Option, ...] = (),
    *,
    below: tuple[Command, ...] = (),
    aliases: tuple[str, ...] = (),
    absent: tuple[str, ...] = (),
) -> Command:
    """A row whose `--help` and errors are worded as kubectl's."""
    made: list[Command] = []

    def told(process: Process, args: Args) -> int:
        if args.has("--help"):
            show_help(process, made[0])
            return 0
        if run is None:
            return _without_subcommand(process, args, made[0])
        return worded(process, args, run)

    every = (*options, *GLOBAL)
    made.append(
        with_help(
            Command(path, help, told, usage, every, below, aliases, absent, style=KubectlStyle()), MEANINGS
        )
    )
    return made[0]


def _without_subcommand(process: Process, args: Args, command: Command) -> int:
    if args.rest and args.rest[0] in command.absent:
        return process.unsupported(f"{command.path} {args.rest[0]}")
    if args.rest:
        raise KubectlStyle().unknown_subcommand(command, args.rest[0])
    show_help(process, command)
    return 1


def no_operands(process: Process, args: Args, command: str) -> None:
    """Raises Told where somebody names what can't be named here."""
    if args.rest:
        hint = f"See 'kubectl {command} -h' for help and examples"
        raise Told(f"error: Unexpected args: [{' '.join(args.rest)}]\n{hint}")


def worded(process: Process, args: Args, run: Run) -> int:
    """Run; an error that isn't worded whole gets `error: ` in front."""
    try:
        return run(process, args)
    except Told:
        raise
    except SimError as error:
        if type(error).__name__ in ("NotSimulated", "NotHere", "Exhausted"):
            raise
        raise KubeError(error.message, error.code) from None
    except (AttributeError, TypeError, KeyError, ValueError, IndexError):
        # A field of an object holds something else than its type; nothing has been written then.
        raise KubeError(
            "unable to decode an object: json: cannot unmarshal a field into its Go type"
        ) from None


def show_help(process: Process, command: Command) -> None:
    process.line(command.help[:1].upper() + command.help[1:] + ".")
    if command.subcommands:
        process.line("\nAvailable Commands:")
        width = max(len(one.name) for one in command.subcommands) + 3
        for one in command.subcommands:
            process.line(f"  {one.name:<{width}}{one.help[:1].upper()}{one.help[1:]}")
    common = {one.names for one in GLOBAL}
    own = [one for one in command.options if one.names not in common]
    if own:
        process.line("\nOptions:")
        for option in own:
            value = "" if not option.value else "=false" if option.optional else "=''"
            told = f":\n\t{option.meaning}" if option.meaning else ""
            process.line(f"    {', '.join(option.names)}{value}{told}")
    usage = command.usage or ("SUBCOMMAND" if command.subcommands else "")
    process.line(f"\nUsage:\n  {command.path} {usage} [options]".replace("  [", " ["))
    process.line(
        '\nUse "kubectl options" for a list of global command-line options (applies to all commands).'
    )


_NARROWEST = 6
"""Of a column of a table, the blanks behind it included."""


def aligned(rows: list[list[str]], gap: int = 3) -> list[str]:
    """Columns three blanks apart, the last one not padded, as kubectl prints tables."""
    if not rows:
        return []
    least = _NARROWEST if gap == 3 else 0
    widths = [max(least - gap, *(len(row[n]) for row in rows)) for n in range(len(rows[0]))]
    return [
        "".join(cell.ljust(width + gap) for cell, width in zip(row[:-1], widths, strict=False)) + row[-1]
        for row in rows
    ]


Words = Callable[[Process, Args], int]


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance of two short words."""
    if abs(len(one) - len(other)) > _NEAR:
        return _NEAR + 1
    line = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, line[0] = line[0], i
        for j, b in enumerate(other, 1):
            before, line[j] = line[j], min(line[j] + 1, line[j - 1] + 1, before + (a != b))
    return line[-1]
