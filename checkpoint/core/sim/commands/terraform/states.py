"""terraform state, taint, untaint, import and force-unlock."""

from dataclasses import replace

from checkpoint.core.sim.commands.terraform import reports, usage
from checkpoint.core.sim.commands.terraform.desk import Desk, lock_info, run
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.terraform import providers
from checkpoint.core.sim.parts.terraform.events import LockForced, StateEdited
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Failed, Source, Span, fail
from checkpoint.core.sim.parts.terraform.state import BadState, Object, State, dumped, loaded
from checkpoint.core.sim.parts.terraform.stores import Backend, Locked, NotLocked, new_lineage
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

_NO_STATE = """No state file was found!

State management commands require a state file. Run this command
in a directory where Terraform has been run or use the -state flag
to point the command to a specific state location."""

_NO_INSTANCE = """No instance found for the given address!

This command requires that the address references one specific instance.
To view the available instances, use "terraform state list". Please modify 
the address to reference a specific instance."""  # noqa: W291


class Address:
    """`type.name`, `type.name[0]`, `data.type.name["a"]`. Raises Failed for anything else."""

    def __init__(self, text: str) -> None:
        head, bracket, tail = text.partition("[")
        parts = head.split(".")
        if parts[0] == "module":
            raise SimError("simulator: modules of Terraform are not simulated here; nothing was done", 2)
        wanted = 3 if parts[0] == "data" else 2
        if len(parts) < wanted or not all(parts):
            raise _bad(text, "Resource specification must include a resource type and name.")
        if len(parts) > wanted:
            raise _bad(
                text, "Unexpected extra operators after address." if not bracket else "Invalid address."
            )
        self.resource = head
        self.address = text
        self.has_key = bool(bracket)
        if bracket and not (tail.endswith("]") and (tail[:-1].isdecimal() or tail[:1] == '"' == tail[-2:-1])):
            raise _bad(text, "The resource instance key must be a number or a quoted string.")

    def matches(self, one: Object) -> bool:
        return one.address == self.address if self.has_key else one.resource == self.resource


def _bad(text: str, detail: str) -> Failed:
    return Failed(Diagnostic("Invalid address", detail, Span(Source("", ""), 0, 0)))


def _read(desk: Desk) -> tuple[Backend, State]:
    backend = desk.backend()
    state = desk.state(backend)
    return backend, state


def _written(
    desk: Desk,
    backend: Backend,
    old: State,
    new: State,
    how: str,
    addresses: tuple[str, ...],
    *,
    timed: bool = False,
) -> None:
    before = backend.text(desk.process.world)
    lineage = old.lineage
    if not lineage:
        lineage, desk.process.world = new_lineage(desk.process.world)
    made = replace(new, serial=old.serial + 1, lineage=lineage)
    suffix = f".{desk.process.clock}.backup" if timed else ".backup"
    desk.process.world = backend.backed_up(desk.process.world, before, suffix)
    desk.process.world = backend.write(desk.process.world, made)
    desk.process.happened(StateEdited(backend.url, how, addresses, made.serial))


# --- looking ----------------------------------------------------------------------


def listed(process: Process, args: Args) -> int:
    return run(process, args, _listed, spaced=True)


def _listed(desk: Desk) -> int:
    wanted = [Address(one) for one in desk.args.rest]
    _, state = _read(desk)
    if not state.lineage:
        desk.process.error(_NO_STATE)
        return 1
    for address in wanted:
        if not any(one.resource == address.resource for one in state.in_order()):
            detail = (
                f"The current state contains no resource {address.resource}. If you've just added this "
                "resource to the "
                'configuration, you must run "terraform apply" first to create the resource\'s entry '
                "in the state."
            )
            raise fail("Unknown resource", detail)
    for one in state.in_order():
        if desk.args.has("-id") and one.id != desk.args.value("-id"):
            continue
        if not wanted or any(address.matches(one) for address in wanted):
            desk.process.line(one.address)
    return 0


def shown(process: Process, args: Args) -> int:
    return run(process, args, _shown, spaced=True)


def _shown(desk: Desk) -> int:
    if len(desk.args.rest) != 1:
        desk.process.out(usage.TEXTS["state show"])
        desk.process.error("Exactly one argument expected.")
        return 1
    address = Address(desk.args.rest[0])
    _, state = _read(desk)
    if not state.lineage:
        desk.process.error(_NO_STATE)
        return 1
    one = state.instances.get(address.address)
    if one is None:
        desk.process.error(_NO_INSTANCE)
        return 1
    desk.process.out(reports.object_text(one))
    return 0


def pulled(process: Process, args: Args) -> int:
    def work(desk: Desk) -> int:
        _, state = _read(desk)
        if state.lineage:
            process.line(dumped(state))
        return 0

    return run(process, args, work)


# --- changing ---------------------------------------------------------------------


def removed(process: Process, args: Args) -> int:
    return run(process, args, _removed, spaced=True)


def _removed(desk: Desk) -> int:
    if not desk.args.rest:
        desk.process.out(usage.TEXTS["state rm"])
        desk.process.error("At least one address is required.\n")
        return 1
    addresses = [Address(one) for one in desk.args.rest]
    backend, state = _read(desk)
    desk.lock(backend, "state-rm")
    if not state.lineage:
        desk.process.error(_NO_STATE)
        return 1
    doomed = [one for one in state.in_order() if any(address.matches(one) for address in addresses)]
    if not doomed:
        if desk.args.has("-dry-run"):
            desk.process.line("Would have removed nothing.")
            return 0
        raise fail(
            "Invalid target address",
            'No matching objects found. To view the available instances, use "terraform '
            'state list". Please modify the address to reference a specific instance.',
        )
    after = state
    for one in doomed:
        desk.process.line(f"{'Would remove' if desk.args.has('-dry-run') else 'Removed'} {one.address}")
        after = after.without(one.address)
    if desk.args.has("-dry-run"):
        return 0
    _written(desk, backend, state, after, "rm", tuple(one.address for one in doomed), timed=True)
    desk.process.line(f"Successfully removed {len(doomed)} resource instance(s).")
    return 0


def moved(process: Process, args: Args) -> int:
    return run(process, args, _moved, spaced=True)


def _moved(desk: Desk) -> int:
    if len(desk.args.rest) != 2:
        desk.process.out(usage.TEXTS["state mv"])
        desk.process.error("Exactly two arguments expected.\n")
        return 1
    old, new = (Address(one) for one in desk.args.rest)
    backend, state = _read(desk)
    desk.lock(backend, "state-mv")
    if not state.lineage:
        desk.process.error(_NO_STATE)
        return 1
    moving = [one for one in state.in_order() if old.matches(one)]
    if not moving:
        raise fail(
            "Invalid source address",
            f"Cannot move {old.address}: does not match anything in the current state.",
        )
    after = state
    for one in moving:
        made = _renamed(one, old, new)
        if made.address in state.instances:
            raise fail(
                "Invalid target address",
                f"Cannot move to {new.address}: there is already a resource instance at "
                "that address in the current state.",
            )
        after = after.without(one.address).having(made)
    say = "Would move" if desk.args.has("-dry-run") else "Move"
    desk.process.line(f'{say} "{old.address}" to "{new.address}"')
    if desk.args.has("-dry-run"):
        return 0
    _written(desk, backend, state, after, "mv", (old.address, new.address), timed=True)
    desk.process.line(f"Successfully moved {len(moving)} object(s).")
    return 0


def _renamed(one: Object, old: Address, new: Address) -> Object:
    type_, _, name = new.resource.removeprefix("data.").partition(".")
    if type_ != one.type:
        raise fail(
            "Invalid state move request",
            f"Cannot move {old.address} to {new.address}: resource types don't match.",
        )
    key = one.key
    if new.has_key:
        text = new.address.partition("[")[2][:-1]
        key = int(text) if text.isdecimal() else text[1:-1]
    elif old.has_key:
        key = None
    return replace(one, name=name, key=key)


def pushed(process: Process, args: Args) -> int:
    return run(process, args, _pushed, spaced=True)


def _pushed(desk: Desk) -> int:
    if len(desk.args.rest) != 1:
        desk.process.error("Exactly one argument expected.\n")
        return 1
    name = desk.args.rest[0]
    text = desk.process.stdin if name == "-" else desk.text(name)
    if text is None:
        desk.process.error(f"open {name}: no such file or directory")
        return 1
    try:
        given = loaded(text)
    except BadState as error:
        desk.process.error(f'Error reading source state "{name}": {error.message}')
        return 1
    backend, state = _read(desk)
    desk.lock(backend, "state-push")
    if not desk.args.has("-force") and state.lineage:
        if given.lineage != state.lineage:
            desk.process.error(
                f'Failed to write state: cannot import state with lineage "{given.lineage}" over unrelated '
                f'state with lineage "{state.lineage}"'
            )
            return 1
        if given.serial < state.serial:
            desk.process.error(
                f"Failed to write state: cannot import state with serial {given.serial} over newer state "
                f"with serial {state.serial}"
            )
            return 1
    if given.same_content(state) and given.lineage == state.lineage:
        return 0
    before = backend.text(desk.process.world)
    desk.process.world = backend.write(backend.backed_up(desk.process.world, before), given)
    desk.process.happened(StateEdited(backend.url, "push", (), given.serial))
    return 0


def tainted(process: Process, args: Args) -> int:
    return run(process, args, lambda desk: _marked(desk, True), spaced=True)


def untainted(process: Process, args: Args) -> int:
    return run(process, args, lambda desk: _marked(desk, False), spaced=True)


def _marked(desk: Desk, taint: bool) -> int:
    word = "taint" if taint else "untaint"
    if len(desk.args.rest) != 1:
        desk.process.error(f"The {word} command expects exactly one argument.")
        desk.process.error(
            usage.TEXTS.get(word, f"Usage: terraform [global options] {word} [options] <address>").rstrip()
        )
        return 1
    address = Address(desk.args.rest[0])
    backend, state = _read(desk)
    desk.lock(backend, word)
    if not state.instances:
        raise fail(
            "No such resource instance",
            "The state currently contains no resource instances whatsoever. This may "
            "occur if the configuration has never been applied or if it has recently been destroyed.",
        )
    one = state.instances.get(address.address)
    if one is None:
        raise fail(
            "No such resource instance",
            f"There is no resource instance in the state with the address "
            f'{address.address}. If the resource configuration has just been added, you must run "terraform '
            f'apply" once to create the corresponding instance(s) before they can be {word}ed.',
        )
    if not taint and not one.tainted:
        raise fail(
            "Resource instance is not tainted",
            f"Resource instance {one.address} is not currently tainted, and so it cannot be untainted.",
        )
    _written(desk, backend, state, state.having(replace(one, tainted=taint)), word, (one.address,))
    done = "marked as tainted" if taint else "successfully untainted"
    desk.process.line(f"Resource instance {one.address} has been {done}.")
    return 0


def imported(process: Process, args: Args) -> int:
    return run(process, args, _imported, spaced=True)


def _imported(desk: Desk) -> int:
    if len(desk.args.rest) != 2:
        desk.process.error(
            "The import command expects two arguments.\nUsage: terraform [global options] import [options] "
            "ADDR ID"
        )
        return 1
    address, id_ = Address(desk.args.rest[0]), desk.args.rest[1]
    config = desk.config()
    if not config.sources:
        detail = (
            f"The directory {desk.folder} does not contain any Terraform configuration files (.tf or "
            ".tf.json). To "
            'specify a different configuration directory, use the -config="..." command line option.'
        )
        raise fail("No Terraform configuration files", detail)
    resource = config.resources.get(address.resource)
    if resource is None:
        type_, _, name = address.resource.partition(".")
        desk.process.error(
            f'Error: resource address "{address.address}" does not exist in the '
            "configuration.\n\nBefore importing this "
            "resource, please create its configuration in the root module. For example:\n\n"
            f'resource "{type_}" "{name}" {{\n  # (resource arguments)\n}}\n'
        )
        return 1
    backend = desk.backend(config)
    desk.lock(backend, "OperationTypeImport")
    state = desk.state(backend)
    say = desk.process.line
    say(f'{address.address}: Importing from ID "{id_}"...')
    say(f"{address.address}: Import prepared!\n  Prepared {resource.type} for import")
    if address.address in state.instances:
        raise fail(
            "Resource already managed by Terraform",
            f"Terraform is already managing a remote object for "
            f"{address.address}. To import to this address you must first remove the existing object "
            "from the "
            "state.",
        )
    say(f"{address.address}: Refreshing state... [id={id_}]")
    known = providers.schema(resource.type).attributes
    attributes = {name: id_ if name == "id" else None for name in known}
    key = None
    if address.has_key:
        text = address.address.partition("[")[2][:-1]
        key = int(text) if text.isdecimal() else text[1:-1]
    needed = config.provider(config.provider_name(resource)).address
    one = Object("managed", resource.type, resource.name, key, needed, attributes)
    _written(desk, backend, state, state.having(one), "import", (one.address,))
    say(
        "\nImport successful!\n\nThe resources that were imported are shown above. These resources are "
        "now in\nyour Terraform "
        "state and will henceforth be managed by Terraform.\n"
    )
    return 0


# --- locks ------------------------------------------------------------------------

_ASK = """Do you really want to force-unlock?
  Terraform will remove the lock on the remote state.
  This will allow local Terraform commands to modify this state, even though it
  may still be in use. Only 'yes' will be accepted to confirm.

  Enter a value: """

_UNLOCKED = """Terraform state has been successfully unlocked!

The state has been unlocked, and Terraform commands should now be able to
obtain a new lock on the remote state."""


def force_unlock(process: Process, args: Args) -> int:
    return run(process, args, _force_unlock)


def _force_unlock(desk: Desk) -> int:
    process, args = desk.process, desk.args
    if len(args.rest) != 1:
        process.out(usage.TEXTS["force-unlock"])
        process.error("Expected a single argument: LOCK_ID")
        return 1
    backend = desk.backend(desk.config())
    if backend.kind == "local" and not args.has("-force"):
        process.error("Local state cannot be unlocked by another process")
        return 1
    held = backend.holder(process.world)
    id_ = args.rest[0]

    def tell(result: str) -> None:
        process.happened(LockForced(backend.url, id_, held.who if held else "", result))

    if not args.has("-force") and backend.kind != "local":
        process.out(_ASK)
        answer, _, process.stdin = process.stdin.partition("\n")
        process.line()
        if answer.strip() != "yes":
            tell("cancelled")
            process.line("force-unlock cancelled.")
            return 1
    try:
        process.world = backend.unlock(process.world, id_)
    except NotLocked as error:
        tell("none")
        process.error(f"Failed to unlock state: {error.message}")
        return 1
    except Locked as error:
        tell("wrong-id")
        process.error(f"Failed to unlock state: {error.why}\n{lock_info(error.lock)}\n")
        return 1
    tell("unlocked")
    process.line(_UNLOCKED)
    return 0


__all__ = ["force_unlock", "imported", "listed", "moved", "pulled", "pushed", "removed", "shown", "tainted"]
