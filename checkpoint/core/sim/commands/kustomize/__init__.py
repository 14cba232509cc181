"""kustomize, as version 5 behaves: the build and nothing that edits."""

from checkpoint.core.sim.commands.kubectl.kustomizing import FLAGS, built, printed
from checkpoint.core.sim.parts.kustomize.source import BuildError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option

_STYLE = Cobra(prefix="Error: ", hint="")


def build(process: Process, args: Args) -> int:
    if len(args.rest) > 1:
        process.error("Error: specify one path to kustomization.yaml")
        return 1
    try:
        objects = built(process, args.rest[0] if args.rest else ".", args.value("--load-restrictor"))
    except BuildError as error:
        process.error(f"Error: {error.message}")
        return 1
    return printed(process, objects, args.value("--output"))


def version(process: Process, args: Args) -> int:
    process.line("v5.5.0")
    return 0


ROWS = (
    Command(
        "kustomize",
        "build kustomizations",
        subcommands=(
            Command("kustomize build", "print the objects of a folder", build, "DIR", FLAGS),
            Command("kustomize version", "print the version", version, "", (Option(("-s", "--short")),)),
        ),
        absent=("cfg", "completion", "create", "docs", "edit", "fn", "localize", "help"),
        style=_STYLE,
    ),
)
