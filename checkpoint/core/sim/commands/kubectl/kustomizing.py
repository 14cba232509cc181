"""`kubectl kustomize`."""

from checkpoint.core.sim.commands.kubectl.base import command_failed, flag, row
from checkpoint.core.sim.parts.kustomize.build import Build, NotHere
from checkpoint.core.sim.parts.kustomize.source import BuildError, FilesSource, lstat_failure
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, NotSimulated, Option
from checkpoint.core.sim.yaml_text import go_dumped

FLAGS = (
    Option(("--load-restrictor",), "NAME", "LoadRestrictionsNone lets files stand anywhere"),
    Option(("-o", "--output"), "FILE", "write to this file"),
    flag("--enable-helm", simulated=False),
    flag("--enable-alpha-plugins", simulated=False),
    flag("--network", simulated=False),
    flag("--as-current-user", simulated=False),
    Option(("-e", "--env"), "NAME", simulated=False),
    Option(("--mount",), "WHAT", simulated=False),
    Option(("--helm-command",), "PATH", simulated=False),
)


def built(process: Process, folder: str, restrictor: str = "") -> list[dict[str, object]]:
    """The objects of a folder; warnings go to standard error. Raises BuildError."""
    build = Build(FilesSource(process.files), restrictor != "LoadRestrictionsNone", process.budget.step)
    try:
        path = process.path(folder).rstrip("/") or "/"
        if not process.files.is_folder(path) and not process.files.is_file(path):
            why = lstat_failure(path).replace(f"'{path}'", f"'{folder}'")
            raise BuildError(f"must build at directory: not a valid directory: {why}")
        made: list[dict[str, object]] = build.run(path)
    except NotHere as error:
        raise NotSimulated(error.what) from None
    finally:
        for line in build.warnings:
            process.error(line)
    return made


def printed(process: Process, objects: list[dict[str, object]], output: str) -> int:
    text = "---\n".join(go_dumped(one) for one in objects)
    if output:
        process.write(output, text)
    else:
        process.out(text)
    return 0


def kustomize(process: Process, args: Args) -> int:
    if len(args.rest) > 1:
        return command_failed(process, "specify one path to kustomization.yaml")
    try:
        objects = built(process, args.rest[0] if args.rest else ".", args.value("--load-restrictor"))
    except BuildError as error:
        return command_failed(process, error.message)
    return printed(process, objects, args.value("--output"))


ROW = row(
    "kubectl kustomize", "build a kustomization target from a directory or URL", kustomize, "DIR", FLAGS
)
