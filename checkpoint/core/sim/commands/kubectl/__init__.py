"""kubectl, as version 1.32 behaves."""

from checkpoint.core.sim.commands.kubectl import (
    applying,
    asking,
    changing,
    config,
    describing,
    editing,
    getting,
    kustomizing,
    making,
    rollouts,
    setting,
    waiting,
)
from checkpoint.core.sim.commands.kubectl.base import GLOBAL, KubectlStyle, show_help
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, find, parsed

_ROWS: tuple[Command, ...] = (
    getting.ROW,
    applying.APPLY,
    applying.DIFF,
    applying.DELETE,
    applying.REPLACE,
    editing.EDIT,
    making.RUN,
    making.EXPOSE,
    waiting.WAIT,
    *changing.ROWS,
    setting.ROW,
    rollouts.ROW,
    describing.ROW,
    *asking.ROWS,
    config.CONFIG,
    kustomizing.ROW,
)


def kubectl(process: Process, args: Args) -> int:
    """Options in front of the subcommand count for it as well."""
    words = list(args.rest)
    front: list[str] = []
    options = {name: one for one in GLOBAL for name in one.names}
    while words and words[0].startswith("-") and words[0] != "--":
        word = words.pop(0)
        front.append(word)
        name, equals, _ = word.partition("=")
        known: Option | None = options.get(name) or options.get(word[:2])
        if known is None:
            raise KubectlStyle().unknown(KUBECTL, name)
        if known.value and not known.optional and not equals and name in known.names and words:
            front.append(words.pop(0))
    if not words:
        show_help(process, KUBECTL)
        return 0
    command, _, rest = find({"kubectl": KUBECTL}, ("kubectl", *words))
    process.words = ("kubectl", *words)
    if command is KUBECTL:
        if words[0] in KUBECTL.absent:
            return process.unsupported(f"kubectl {words[0]}")
        raise KubectlStyle().unknown_subcommand(KUBECTL, words[0])
    if rest and not rest[0].startswith("-") and command.subcommands:
        if rest[0] in command.absent:
            return process.unsupported(f"{command.path} {rest[0]}")
        if command.usage == "SUBCOMMAND":
            raise KubectlStyle().unknown_subcommand(command, rest[0])
    run = command.run or nothing
    return run(process, parsed(command, [*front, *rest], KubectlStyle()))


def nothing(process: Process, args: Args) -> int:
    return 0


KUBECTL = Command(
    "kubectl",
    "control Kubernetes clusters",
    kubectl,
    "[command] [TYPE] [NAME] [flags]",
    subcommands=_ROWS,
    absent=(
        *("attach", "autoscale", "certificate", "completion", "cordon", "cp", "debug", "drain", "events"),
        *("exec", "options", "plugin", "port-forward", "proxy", "taint", "top", "uncordon", "alpha"),
    ),
    raw=True,
    style=KubectlStyle(),
)

ROWS = (KUBECTL,)
