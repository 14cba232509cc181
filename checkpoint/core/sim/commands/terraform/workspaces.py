"""terraform workspace."""

from dataclasses import replace

from checkpoint.core.sim.commands.terraform import usage
from checkpoint.core.sim.commands.terraform.desk import Desk, run
from checkpoint.core.sim.parts.terraform.source import fail
from checkpoint.core.sim.parts.terraform.stores import Backend, Stores
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def names(desk: Desk) -> list[str]:
    """All workspaces, the default one first."""
    backend = desk.backend()
    found = {"default", desk.workspace}
    if backend.kind == "s3":
        bucket, key = str(backend.settings.get("bucket")), str(backend.settings.get("key"))
        for url in desk.process.world.part(Stores).states:
            prefix, end = f"s3://{bucket}/env:/", f"/{key}"
            if url.startswith(prefix) and url.endswith(end):
                found.add(url[len(prefix) : -len(end)])
    else:
        path = f"{desk.folder}/{backend.settings.get('workspace_dir') or 'terraform.tfstate.d'}"
        if desk.process.files.is_folder(path):
            found |= set(desk.process.files.names(path))
    return ["default", *sorted(found - {"default"})]


def _use(desk: Desk, name: str) -> None:
    desk.write(".terraform/environment", name)


def _place(desk: Desk, name: str) -> Backend:
    return replace(desk.backend(), workspace=name)


def listed(process: Process, args: Args) -> int:
    def work(desk: Desk) -> int:
        for name in names(desk):
            process.line(f"{'*' if name == desk.workspace else ' '} {name}")
        process.line()
        return 0

    return run(process, args, work)


def shown(process: Process, args: Args) -> int:
    process.line(Desk(process, args).workspace)
    return 0


_NEW = """Created and switched to workspace "{}"!

You're now on a new, empty workspace. Workspaces isolate their state,
so if you run "terraform plan" Terraform will not see any existing state
for this configuration."""

_BAD = """
The workspace name "{}" is not allowed. The name must contain only URL safe
characters, contain no path separators, and not be an empty string.
"""


def _one_name(desk: Desk, command: str, complaint: str) -> str:
    if len(desk.args.rest) == 1:
        return desk.args.rest[0]
    desk.process.out(usage.TEXTS.get(f"workspace {command}", ""))
    desk.process.error(complaint)
    return ""


def new(process: Process, args: Args) -> int:
    return run(process, args, _new)


def _new(desk: Desk) -> int:
    name = _one_name(desk, "new", "Expected a single argument: NAME.\n")
    if not name:
        return 1
    if not all(one.isalnum() or one in "-_.~" for one in name):
        desk.process.error(_BAD.format(name))
        return 1
    if name in names(desk):
        desk.process.error(f'Workspace "{name}" already exists')
        return 1
    return _created(desk, name)


def _created(desk: Desk, name: str) -> int:
    place = _place(desk, name)
    if place.kind == "local":
        folder = place.file.rpartition("/")[0]
        desk.process.files = desk.process.files.make_folders(folder, time=desk.process.clock)
    _use(desk, name)
    desk.process.line(_NEW.format(name))
    return 0


def select(process: Process, args: Args) -> int:
    return run(process, args, _select)


def _select(desk: Desk) -> int:
    name = _one_name(desk, "select", "Expected a single argument: NAME.\n")
    if not name:
        return 1
    if name == desk.workspace:
        return 0
    if name not in names(desk):
        if desk.args.has("-or-create"):
            return _created(desk, name)
        desk.process.error(
            f'\nWorkspace "{name}" doesn\'t exist.\n\nYou can create this workspace with the "new" '
            "subcommand "
            '\nor include the "-or-create" flag with the "select" subcommand.'
        )
        return 1
    _use(desk, name)
    desk.process.line(f'Switched to workspace "{name}".')
    return 0


def delete(process: Process, args: Args) -> int:
    return run(process, args, _delete, spaced=True)


def _delete(desk: Desk) -> int:
    name = _one_name(desk, "delete", "Expected a single argument: NAME.\n")
    if not name:
        return 1
    if name not in names(desk):
        desk.process.error(
            f'\nWorkspace "{name}" doesn\'t exist.\n\nYou can create this workspace with the "new" '
            "subcommand "
            '\nor include the "-or-create" flag with the "select" subcommand.'
        )
        return 1
    if name == desk.workspace:
        desk.process.error(
            f'Workspace "{name}" is your active workspace.\n\nYou cannot delete the currently active '
            "workspace. Please switch\nto another workspace and try again."
        )
        return 1
    if name == "default":
        desk.process.error("can't delete default state")
        return 1
    place = _place(desk, name)
    objects = place.read(desk.process.world).in_order()
    if objects and not desk.args.has("-force"):
        rows = "\n".join(f"  - {one.address}" for one in objects)
        raise fail(
            "Workspace is not empty",
            f'Workspace "{name}" is currently tracking the following resource instances:\n'
            f"{rows}\n\nDeleting this workspace would cause Terraform to lose track of any associated "
            "remote objects, "
            "which would then require you to delete them manually outside of Terraform. You should "
            "destroy these "
            "objects with Terraform before deleting the workspace.\n\nIf you want to delete this "
            "workspace anyway, and "
            "have Terraform forget about these managed objects, use the -force option to disable this "
            "safety check.",
        )
    _forget(desk, place)
    desk.process.line(f'Deleted workspace "{name}"!')
    if objects:
        desk.process.line(
            f'WARNING: "{name}" was non-empty.\nThe resources managed by the deleted workspace may '
            "still exist,\n"
            "but are no longer manageable by Terraform since the state has\nbeen deleted.\n"
        )
    return 0


def _forget(desk: Desk, place: Backend) -> None:
    if place.kind == "s3":
        stores = desk.process.world.part(Stores)
        states = stores.states.delete(place.url) if place.url in stores.states else stores.states
        desk.process.world = desk.process.world.having(replace(stores, states=states))
        return
    folder = place.file.rpartition("/")[0]
    if desk.process.files.is_folder(folder):
        desk.process.files = desk.process.files.remove(folder)
