"""terraform apply, destroy and refresh."""

import json
from dataclasses import replace

from checkpoint.core.sim.commands.terraform import reports
from checkpoint.core.sim.commands.terraform.desk import Desk, ordered, run
from checkpoint.core.sim.commands.terraform.planning import (
    mode_of,
    prepared,
    refresh_lines,
    targeted,
    told,
    too_many,
    warned,
)
from checkpoint.core.sim.events import GuardrailActed
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.parts.terraform import providers
from checkpoint.core.sim.parts.terraform.config import Config, load
from checkpoint.core.sim.parts.terraform.events import PlanApplied, StateEdited
from checkpoint.core.sim.parts.terraform.plan_file import NoPlan, Saved, digest, unpacked
from checkpoint.core.sim.parts.terraform.planning import Change, Mode, Plan, Planner, Request, kept
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, fail
from checkpoint.core.sim.parts.terraform.state import Known, Object, State
from checkpoint.core.sim.parts.terraform.stores import Backend, new_lineage, settled, stamp
from checkpoint.core.sim.parts.terraform.values import Value, bare, is_known, same, to_json
from checkpoint.core.sim.parts.terraform.variables import Given, accepted, gather
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def apply(process: Process, args: Args) -> int:
    return run(process, args, _apply)


def destroy(process: Process, args: Args) -> int:
    args.options["-destroy"] = [""]
    return run(process, args, lambda desk: _apply(desk, "Destroy"))


def _apply(desk: Desk, verb: str = "Apply") -> int:
    if len(desk.args.rest) > 1:
        raise too_many(desk, "Expected at most one positional argument.")
    if desk.args.rest and verb == "Destroy":
        detail = (
            "If this plan was created using plan -destroy, apply it using:\n"
            f'  terraform apply "{desk.args.rest[0]}"'
        )
        raise fail("Destroy can't be called with a plan file", detail)
    if desk.args.rest:
        return _saved(desk, desk.args.rest[0])
    mode = mode_of(desk.args)
    request, backend, state = prepared(desk, mode, "Apply", "OperationTypeApply")
    made = desk.plan(request, state)
    told(desk, made)
    approval = "auto" if desk.args.has("-auto-approve") else "prompt"
    if made.problems.errors or made.is_empty or approval == "prompt":
        warned(desk, made)
    if made.problems.errors:
        return 1
    work = Work(desk, made, backend, state, "", approval)
    work.verb = verb
    if made.is_empty:
        return work.nothing()
    if approval == "prompt" and not _approved(desk, mode):
        work.tell("declined", state.serial)
        desk.process.line(f"{verb} cancelled.")
        return 1
    return work.whole()


_QUESTIONS: dict[Mode, tuple[str, str]] = {
    "normal": (
        "Do you want to perform these actions",
        "Terraform will perform the actions described above.\n  Only 'yes' will be accepted to approve.",
    ),
    "destroy": (
        "Do you really want to destroy all resources",
        "Terraform will destroy all your managed "
        "infrastructure, as shown above.\n  There is no undo. Only 'yes' will be accepted to confirm.",
    ),
    "refresh-only": (
        "Would you like to update the Terraform state to reflect these detected changes",
        "Terraform will write these changes to the state without modifying any real infrastructure.\n"
        "  There is no undo. Only 'yes' will be accepted to confirm.",
    ),
}


def _approved(desk: Desk, mode: Mode) -> bool:
    """Ask; only `yes` will do. Raises Failed where nobody answers."""
    process = desk.process
    question, detail = _QUESTIONS[mode]
    where = f' in workspace "{desk.workspace}"' if desk.workspace != "default" else ""
    process.out(f"\n{question}{where}?\n  {detail}\n\n  Enter a value: ")
    if not process.stdin or desk.args.value("-input", "true") in ("false", "0"):
        raise fail("error asking for approval: EOF")
    answer, _, process.stdin = process.stdin.partition("\n")
    process.line()
    return answer.strip() == "yes"


# --- saved plans ------------------------------------------------------------------


def opened(desk: Desk, name: str) -> tuple[Saved, str]:
    """A plan file and its digest. Raises Failed in Terraform's words."""
    path = desk.process.path(name)
    try:
        data = desk.process.files.read(path)
    except FileError as error:
        verb = "open" if desk.process.files.get(path) is not None else "stat"
        why = (
            "read " + name + ": is a directory"
            if error.why.name == "FOLDER"
            else (f"{verb} {name}: {error.why.value.lower()}")
        )
        raise fail(f'Failed to load "{name}" as a plan file', f"Error: {why}") from None
    try:
        return unpacked(data), digest(data)
    except NoPlan:
        raise fail(f'Failed to load "{name}" as a plan file', _no_plan(data)) from None


def _no_plan(data: bytes) -> str:
    first = chr(data[0]) if data else ""
    why = f"invalid character '{first}' looking for beginning of value" if first else "EOF"
    return (
        "Error: couldn't load the provided path as either a local plan file (zip: not a valid zip "
        "file) or a saved "
        f"cloud plan ({why})"
    )


def planned(desk: Desk, saved: Saved) -> Plan:
    """The plan of a file: the same request on the same state gives the same plan."""
    config = load(saved.sources)
    mode: Mode = "normal"
    for one in _QUESTIONS:
        if one == saved.mode:
            mode = one
    request = Request(
        config,
        saved.given,
        mode,
        False,
        saved.targets,
        saved.replaced,
        saved.workspace,
        desk.folder,
        desk.text,
        saved.moved,
        saved.imported,
    )
    made = desk.plan(request, saved.prior)
    made.stored = saved.stored
    return made


def _saved(desk: Desk, name: str) -> int:
    saved, mark = opened(desk, name)
    backend = replace(desk.backend(), workspace=saved.workspace)
    desk.lock(backend, "OperationTypeApply")
    state = desk.state(backend)
    made = planned(desk, saved)
    work = Work(desk, made, backend, state, desk.process.path(name), "saved-plan", mark)
    if saved.stored.lineage and state.lineage != saved.stored.lineage:
        work.tell("other-lineage", state.serial)
        raise fail(
            "Saved plan does not match the given state",
            "The given plan file can not be applied because it was created from a different state lineage.",
        )
    if state.serial != saved.stored.serial:
        work.tell("stale", state.serial)
        raise fail(
            "Saved plan is stale",
            "The given plan file can no longer be applied because the state was changed "
            "by another operation after the plan was created.",
        )
    _unchanged(desk, saved, made.request.config)
    if not saved.applyable:
        return work.nothing()
    return work.whole()


def _unchanged(desk: Desk, saved: Saved, config: Config) -> None:
    """Raises Failed where an option gives a variable another value than the plan holds."""
    problems = Diagnostics()
    typed = gather(config.variables, {}, (), ordered(desk.process.words), desk.text, problems)
    problems.check()
    for name, given in sorted(typed.items()):
        variable = config.variables[name]
        planned_, now = (accepted(variable, one) for one in (saved.given.get(name), given))
        if not same(bare(planned_), bare(now)):
            detail = (
                f"The variable {name} cannot be set using the -var and -var-file options when applying a "
                "saved plan file, because a saved plan includes the variable values that were set when it "
                f"was created. The saved plan specifies {_shown(planned_)} as the value whereas during apply "
                f"the value {_shown(now)} was set by {_origin(given)}. To declare an ephemeral variable "
                "which is not saved in the plan file, use ephemeral = true."
            )
            problems.add(Diagnostic("Can't change variable when applying a saved plan", detail))
    problems.check()


def _shown(value: Value) -> str:
    return json.dumps(to_json(bare(value)), ensure_ascii=False, separators=(",", ":"))


def _origin(given: Given) -> str:
    return "a variables file" if given.span is not None else "a CLI argument"


# --- the apply itself -------------------------------------------------------------


def _incomplete(plan: Plan) -> list[Diagnostic]:
    if not plan.request.targets:
        return []
    detail = (
        "The plan was created with the -target option in effect, so some changes requested in the "
        "configuration may "
        "have been ignored and the output values may not be fully updated. Run the following command "
        "to verify that no "
        "other changes are pending:\n    terraform plan\n\nNote that the -target option is not "
        "suitable for routine use, "
        "and is provided only for exceptional situations such as recovering from errors or mistakes, "
        "or when Terraform "
        "specifically suggests to use it as part of an error message."
    )
    return [Diagnostic("Applied changes may be incomplete", detail, warning=True)]


class Work:
    """Carries out a plan, object by object, and writes the state down."""

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        backend: Backend,
        stored: State,
        file: str,
        approval: str,
        mark: str = "",
    ) -> None:
        self.desk, self.plan, self.backend, self.stored = desk, plan, backend, stored
        self.file, self.approval, self.mark = file, approval, mark
        self.verb = "Apply"
        self.state = plan.prior
        self.writes = 0
        self.counts = [0, 0, 0]

    @property
    def process(self) -> Process:
        return self.desk.process

    def tell(self, result: str, after: int) -> None:
        add, change, gone = self.counts if result == "applied" else self.plan.counts()
        locked = self.desk.args.value("-lock", "true") not in ("false", "0")
        event = PlanApplied(
            self.backend.url,
            self.file,
            self.plan.stored.serial,
            self.stored.serial,
            after,
            result,
            self.approval,
            "direct",
            add,
            change,
            gone,
            self.mark,
            locked,
        )
        self.process.happened(event)
        if result == "applied" and add + change + gone and has_guard(self.desk):
            off = "terraform-plan" in self.process.world.off
            self.process.happened(
                GuardrailActed(
                    "terraform-plan", "workstation", "off" if off else "bypassed", "terraform apply"
                )
            )

    def nothing(self) -> int:
        """An apply without changes writes nothing new."""
        self.tell("applied", self.stored.serial)
        self.summary()
        return 0

    def whole(self) -> int:
        before = self.backend.text(self.process.world)
        self.act()
        self.outputs()
        serial = self.write(before)
        self.tell("applied", serial)
        self.summary()
        return 0

    def act(self) -> None:
        request = self.plan.request
        planner = Planner(replace(request, refresh=False), self.plan.prior, lambda one: one.attributes)
        planner.moments = self.moment
        changes = {one.address: one for one in self.plan.changes}
        for one in self.plan.importing:
            self.process.line(f"{one.address}: Importing... [id={one.imported}]")
            self.process.line(f"{one.address}: Import complete [id={one.imported}]")
        for one in self.first_gone(changes):
            self.delete(one)
        for one in self.plan.changes:
            if one.action == "forget":
                self.state = self.state.without(one.address)
                self.writes += 1
        for address in self.in_order():
            self.make(planner, address, changes)
        for one in self.plan.changes:
            if one.action == "create-then-delete":
                self.gone(one)
        self.values = planner

    def moment(self, name: str) -> str:
        """`timestamp()` or `uuid()`."""
        if name == "uuid":
            return providers.uuid_of(self.draw("uuid"))
        return stamp(self.process.clock).partition(".")[0] + "Z"

    def first_gone(self, changes: dict[str, Change]) -> list[Change]:
        """Deletions, what depends on others before them. Replacements are deleted when their turn comes."""
        doomed = [one for one in changes.values() if one.action == "delete"]
        order: list[Change] = []
        while doomed:
            held = {name for one in doomed for name in self.dependencies(one)}
            free = [
                one for one in doomed if one.resource not in held or one.resource in self.dependencies(one)
            ] or doomed
            order += free
            doomed = [one for one in doomed if one not in free]
        return order

    def dependencies(self, one: Change) -> tuple[str, ...]:
        known = self.plan.prior.instances.get(one.address)
        return known.dependencies if known else ()

    def in_order(self) -> list[str]:
        """The configuration's resources, what others need before them."""
        order: list[str] = []
        waiting = sorted(self.plan.request.config.resources)
        while waiting:
            ready = [
                one for one in waiting if not set(self.plan.dependencies.get(one, ())) & set(waiting) - {one}
            ]
            order += ready or waiting
            waiting = [one for one in waiting if one not in order]
        return order

    def make(self, planner: Planner, address: str, changes: dict[str, Change]) -> None:
        """Create and update one resource's instances, with values as they have become."""
        mine = [one for one in changes.values() if one.resource == address and one.after is not None]
        if not mine or self.plan.request.mode == "destroy":
            return
        if any(one.action != "no-op" for one in mine):
            config = planner.config.resources[address]
            keys = planner.keys(config)
            for one in mine:
                if one.action == "no-op":
                    continue
                planner.current = (config, one.key, keys.get(one.key))
                given = planner.configured(config)
                self.change(one, planner, given)
        for one in mine:
            known = self.state.instances.get(one.address)
            if known is not None:
                planner.made[one.address] = known.attributes

    def change(self, one: Change, planner: Planner, given: dict[str, object]) -> None:
        process = self.process
        if one.action == "replace":
            self.delete(one)
        config = planner.config.resources[one.resource]
        before = dict(one.before) if one.before is not None and one.action == "update" else None
        if before is not None:
            given = kept(config, given, before)
        found = planner.found.get(one.type, frozenset())
        wanted = providers.plan(one.type, before, given, anew=before is None, found=found)
        update = before is not None
        id_ = f" [id={_id(one.before)}]" if update and one.before is not None else ""
        process.line(f"{one.address}: {'Modifying' if update else 'Creating'}...{id_}")
        made = providers.applied(one.type, wanted.after, self.draw)
        dependencies = tuple(self.all_needed(one.resource))
        first = config.first_create
        self.state = self.state.having(
            Object(one.mode, one.type, one.name, one.key, one.provider, made, dependencies, False, first)
        )
        process.world = settled(process.world, one.address)
        verb = "Modifications" if update else "Creation"
        process.line(f"{one.address}: {verb} complete after 0s [id={_id(made)}]")
        self.counts[1 if update else 0] += 1
        self.writes += 1
        _local_file(self.desk, one.type, made, present=True)

    def all_needed(self, address: str, seen: frozenset[str] = frozenset()) -> list[str]:
        found: set[str] = set()
        for one in self.plan.dependencies.get(address, ()):
            if one not in seen:
                found |= {one, *self.all_needed(one, seen | {address, one})}
        return sorted(found)

    def draw(self, purpose: str) -> bytes:
        data, self.process.world = self.process.world.draw(purpose)
        return data

    def delete(self, one: Change) -> None:
        id_ = _id(one.before or {})
        self.process.line(f"{one.address}: Destroying... [id={id_}]")
        self.process.line(f"{one.address}: Destruction complete after 0s")
        self.state = self.state.without(one.address)
        self.process.world = settled(self.process.world, one.address)
        self.counts[2] += 1
        self.writes += 1
        _local_file(self.desk, one.type, one.before or {}, present=False)

    def gone(self, one: Change) -> None:
        """The old object of a replacement that was made first."""
        self.process.line(
            f"{one.address} (deposed object {self.draw('deposed').hex()[:8]}): Destroying... "
            f"[id={_id(one.before or {})}]"
        )
        self.process.line(f"{one.address}: Destruction complete after 0s")
        self.counts[2] += 1
        self.writes += 1

    def outputs(self) -> None:
        """The outputs as they are now."""
        config = self.plan.request.config
        made: dict[str, Known] = dict(self.state.outputs)
        for change in self.plan.outputs:
            if change.after is None and change.action == "delete":
                made.pop(change.name, None)
                continue
            value = change.after
            if not is_known(value):
                self.values.values.clear()
                self.values.broken.clear()
                value = bare(self.values.evaluator(config.outputs[change.name].value))
            made[change.name] = Known(value, config.outputs[change.name].sensitive)
        self.state = replace(self.state, outputs={name: made[name] for name in sorted(made)})

    def write(self, before: str) -> int:
        """Write the state if it became another; gives the serial."""
        if self.state.same_content(self.stored) and self.stored.lineage:
            return self.stored.serial
        lineage = self.stored.lineage
        if not lineage:
            lineage, self.process.world = new_lineage(self.process.world)
        step = self.writes + 1 if self.backend.kind == "local" else 1
        if not self.stored.lineage and self.writes == 1 and not self.state.outputs:
            step = 1
        made = replace(self.state, serial=self.stored.serial + step, lineage=lineage)
        world = self.backend.backed_up(self.process.world, before)
        self.process.world = self.backend.write(world, made)
        self.state = made
        return made.serial

    def summary(self) -> None:
        process = self.process
        add, change, gone = self.counts
        late = self.approval == "auto" and not self.file
        self.desk.show(*(targeted(self.plan) if late else ()), *_incomplete(self.plan))
        if self.plan.request.mode == "destroy" and self.verb == "Destroy":
            process.line(f"\nDestroy complete! Resources: {gone} destroyed.")
        else:
            count = len(self.plan.importing)
            imported = f"{count} imported, " if count else ""
            done = f"{imported}{add} added, {change} changed, {gone} destroyed"
            process.line(f"\nApply complete! Resources: {done}.")
        if self.state.outputs and self.verb != "Destroy":
            process.out("\nOutputs:\n\n" + reports.outputs_list(self.state.outputs))


def _id(attributes: object) -> str:
    value = bare(attributes.get("id")) if hasattr(attributes, "get") else ""
    return str(value)


def _local_file(desk: Desk, type_: str, made: object, *, present: bool) -> None:
    """local_file really writes and removes its file."""
    if type_ not in ("local_file", "local_sensitive_file") or not hasattr(made, "get"):
        return
    name = str(bare(made.get("filename")))
    path = desk.process.path(name)
    if present:
        desk.write_at(
            path, str(bare(made.get("content")) or ""), str(bare(made.get("file_permission")) or "0777")
        )
    elif desk.process.files.is_file(path):
        desk.process.files = desk.process.files.remove(path)


def has_guard(desk: Desk) -> bool:
    """Whether the repository around has the guard script."""
    folder = desk.folder
    while folder:
        if desk.process.files.is_file(f"{folder}/scripts/guard-terraform-plan.sh"):
            return True
        folder = folder.rpartition("/")[0]
    return False


def refresh(process: Process, args: Args) -> int:
    return run(process, args, refreshed)


def refreshed(desk: Desk) -> int:
    """terraform refresh: what is real is written to the state, unasked."""
    desk.args.options["-refresh-only"] = [""]
    request, backend, state = prepared(desk, "refresh-only", "Plan", "OperationTypeRefresh")
    if not state.instances:
        detail = "There are currently no remote objects tracked in the state, so there is nothing to refresh."
        desk.show(Diagnostic("Empty or non-existent state", detail, warning=True))
    made = desk.plan(request, state)
    desk.process.out(refresh_lines(made))
    if made.problems.errors:
        desk.show(*made.problems.found)
        return 1
    work = Work(desk, made, backend, state, "", "auto")
    work.act()
    work.outputs()
    serial = work.write(backend.text(desk.process.world))
    if serial != state.serial:
        desk.process.happened(
            StateEdited(backend.url, "refresh", tuple(one.address for one in made.drift), serial)
        )
    if work.state.outputs:
        desk.process.out("\nOutputs:\n\n" + reports.outputs_list(work.state.outputs))
    return 0


__all__ = ["apply", "destroy", "opened", "planned", "refreshed"]
