"""terraform plan, refresh and validate."""

import json
import re

from checkpoint.core.sim.commands.terraform import boxes, reports
from checkpoint.core.sim.commands.terraform.desk import Desk, HelpFailed, run
from checkpoint.core.sim.parts.files import FileError
from checkpoint.core.sim.parts.terraform.config import Config
from checkpoint.core.sim.parts.terraform.events import PlanMade
from checkpoint.core.sim.parts.terraform.plan_file import Saved, digest, packed
from checkpoint.core.sim.parts.terraform.planning import Mode, Plan, Request
from checkpoint.core.sim.parts.terraform.source import Diagnostic, Diagnostics, Failed, fail, in_order
from checkpoint.core.sim.parts.terraform.state import State
from checkpoint.core.sim.parts.terraform.stores import Backend
from checkpoint.core.sim.parts.terraform.validating import validate as checked
from checkpoint.core.sim.parts.terraform.variables import accepted
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def mode_of(args: Args) -> Mode:
    """Raises Failed for two modes at once."""
    destroy, refresh_only = args.has("-destroy"), args.has("-refresh-only")
    if destroy and refresh_only:
        detail = "The -destroy and -refresh-only options are mutually-exclusive."
        raise HelpFailed(Diagnostic("Incompatible plan mode options", detail))
    return "destroy" if destroy else "refresh-only" if refresh_only else "normal"


def configuration(desk: Desk, mode: Mode, verb: str) -> Config:
    """The folder's configuration, which must be there unless all is to be destroyed."""
    config = desk.config()
    if not config.sources and mode != "destroy":
        plural = (
            "Planning",
            ".tf",
            "run plan with the -destroy option. Otherwise, create a Terraform configuration "
            "file (.tf file) and try again.",
        )
        if verb == "Apply":
            detail = (
                "Apply requires configuration to be present. Applying without a configuration would mark "
                "everything for destruction, which is normally not what is desired. If you would like "
                "to destroy "
                "everything, run 'terraform destroy' instead."
            )
        else:
            detail = (
                f"Plan requires configuration to be present. {plural[0]} without a configuration would mark "
                "everything for destruction, which is normally not what is desired. If you would like "
                "to destroy "
                f"everything, {plural[2]}"
            )
        raise fail("No configuration files", detail)
    return config


def check_providers(desk: Desk, config: Config) -> None:
    """Raises Failed where `init` hasn't installed what is needed."""
    locked = desk.text(".terraform.lock.hcl") or ""
    missing = [one for one in config.needed() if not one.is_built_in and f'"{one.address}"' not in locked]
    if missing:
        rows = "\n".join(
            f"  - provider {one.address}: required by this configuration but no version is selected"
            for one in missing
        )
        detail = (
            "The following dependency selections recorded in the lock file are inconsistent with the current "
            f"configuration:\n{rows}\n\nTo make the initial dependency selections that will initialize "
            "the dependency "
            "lock file, run:\n  terraform init"
        )
        raise fail("Inconsistent dependency lock file", detail)
    absent = [
        one
        for one in config.needed()
        if not one.is_built_in and f"providers/{one.address}" not in _installed(desk, one.address)
    ]
    if absent:
        rows = "\n".join(
            f"  - {one.address}: there is no package for {one.address} cached in .terraform/providers"
            for one in absent
        )
        detail = (
            f"Some of the provider packages could not be loaded:\n{rows}\n\nTerraform uses external "
            "plugins to "
            "integrate with a variety of different infrastructure services. To download the plugins "
            "required for this "
            "configuration, run:\n  terraform init"
        )
        raise fail("Required plugins are not installed", detail)


def _installed(desk: Desk, address: str) -> str:
    path = f"{desk.folder}/.terraform/providers/{address}"
    return f"providers/{address}" if desk.process.files.is_folder(path) else ""


def prepared(desk: Desk, mode: Mode, verb: str, operation: str) -> tuple[Request, Backend, State]:
    """Everything that a plan starts from, the lock taken."""
    config = configuration(desk, mode, verb)
    backend = desk.backend(config)
    check_providers(desk, config)
    problems = Diagnostics()
    desk.lock(backend, operation)
    state = desk.state(backend)
    addressed(desk)
    request = desk.request(config, mode, problems)
    desk.show(*problems.found)
    found = checked(config)
    if found.errors:
        raise Failed(*found.found)
    check_removals(config)
    given_all(request, problems)
    return request, backend, state


def check_removals(config: Config) -> None:
    """Raises Failed where a `removed` block names a resource that is still there."""
    for one in config.removals:
        resource = config.resources.get(one.address)
        if resource is not None:
            detail = (
                f"This statement declares that {one.address} was removed, but it is still declared in "
                "configuration."
            )
            raise fail("Removed resource still exists", detail, resource.block.header)


def given_all(request: Request, problems: Diagnostics) -> None:
    """Stop before anything is planned where a variable has no value."""
    for name, variable in request.config.variables.items():
        if name not in request.given and not variable.has_default:
            try:
                accepted(variable, None)
            except Failed as error:
                problems.add(*error.diagnostics)
    problems.check()


_ADDRESS = re.compile(r"(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?")


def addressed(desk: Desk) -> None:
    """Raises HelpFailed for words behind -target, -replace and -lock-timeout that are none of theirs."""
    timeout = desk.args.value("-lock-timeout", "0s")
    if not _DURATION.fullmatch(timeout):
        detail = f'invalid value "{timeout}" for flag -lock-timeout: parse error'
        raise HelpFailed(Diagnostic("Failed to parse command-line flags", detail))
    detail = "Resource specification must include a resource type and name."
    for key, kind in (("-target", "target"), ("-replace", "force-replace address")):
        for typed in desk.args.values(key):
            if not _ADDRESS.fullmatch(typed) and not typed.startswith("module."):
                raise HelpFailed(Diagnostic(f'Invalid {kind} "{typed}"', detail))


_DURATION = re.compile(r"0|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+")


def refresh_lines(plan: Plan) -> str:
    out = []
    for address, id_ in plan.refreshed:
        if address in plan.imported:
            out.append(f"{address}: Preparing import... [id={id_}]\n")
        out.append(f"{address}: Refreshing state... [id={id_}]\n")
    return "".join(out)


def told(desk: Desk, plan: Plan) -> None:
    """The refresh, the plan and what is wrong with it."""
    process = desk.process
    process.out(refresh_lines(plan))
    if plan.problems.errors and not plan.refreshed and not plan.acting:
        if any("required variable" not in one.summary for one in plan.problems.errors):
            process.out(reports.plan_text(plan, boxes.width(process)))
    else:
        process.out(reports.plan_text(plan, boxes.width(process)))
    desk.show(*plan.problems.found)


def warned(desk: Desk, plan: Plan) -> None:
    """What is said about the options of a plan; an apply that isn't asked about says it at its end."""
    desk.show(*targeted(plan), *half_matched(plan))


def half_matched(plan: Plan) -> list[Diagnostic]:
    """A -replace that names a resource with several instances."""
    found = []
    for typed in plan.request.replaced:
        resource = plan.request.config.resources.get(typed)
        if resource is None or (resource.count is None and resource.for_each is None):
            continue
        keys = sorted(one.address for one in plan.changes if one.resource == typed and one.after is not None)
        rows = "\n".join(f"  -replace={_quoted(address)}" for address in keys)
        detail = (
            f"Your force-replace request for {typed} doesn't match any resource instances because it "
            "lacks an instance key.\n\nTo force replacement of particular instances, use one or more "
            f"of the following options instead:\n{rows}"
        )
        found.append(Diagnostic("Incompletely-matched force-replace resource instance", detail, warning=True))
    return found


def _quoted(address: str) -> str:
    return f"'{address}'" if '"' in address else f'"{address}"'


def targeted(plan: Plan) -> list[Diagnostic]:
    if not plan.request.targets:
        return []
    detail = (
        "You are creating a plan with the -target option, which means that the result of this plan may "
        "not represent "
        "all of the changes requested by the current configuration.\n\nThe -target option is not for "
        "routine use, and "
        "is provided only for exceptional situations such as recovering from errors or mistakes, or "
        "when Terraform "
        "specifically suggests to use it as part of an error message."
    )
    return [Diagnostic("Resource targeting is in effect", detail, warning=True)]


def plan(process: Process, args: Args) -> int:
    return run(process, args, _plan)


def _plan(desk: Desk) -> int:
    if desk.args.rest:
        raise too_many(desk, "To specify a working directory for the plan, use the global -chdir flag.")
    mode = mode_of(desk.args)
    request, backend, state = prepared(desk, mode, "Plan", "OperationTypePlan")
    made = desk.plan(request, state)
    out = desk.args.value("-out")
    if out and not made.problems.errors:
        above = desk.process.path(out).rpartition("/")[0] or "/"
        if not desk.process.files.is_folder(above):
            desk.process.out(refresh_lines(made))
    mark = save(desk, made, backend, out) if out and not made.problems.errors else ""
    told(desk, made)
    warned(desk, made)
    if made.problems.errors:
        return 1
    _closing(desk, made, out)
    add, change, destroy = made.counts()
    desk.process.happened(
        PlanMade(
            backend.url,
            desk.process.path(out) if out else "",
            state.serial,
            state.lineage,
            mode,
            add,
            change,
            destroy,
            len(made.drift),
            mark,
        )
    )
    if desk.args.has("-detailed-exitcode") and not made.is_empty:
        return 2
    return 0


def _closing(desk: Desk, made: Plan, out: str) -> None:
    process, columns = desk.process, boxes.width(desk.process)
    if made.is_empty:
        return
    process.line(f"\n{reports.rule(columns)}")
    if out:
        process.line(
            f"\nSaved the plan to: {out}\n\nTo perform exactly these actions, run the following command to "
            f'apply:\n    terraform apply "{out}"'
        )
        return
    note = (
        "Note: You didn't use the -out option to save this plan, so Terraform can't guarantee to take "
        "exactly "
        'these actions if you run "terraform apply" now.'
    )
    process.line("\n" + boxes.wrapped(note, columns - 1))


def save(desk: Desk, made: Plan, backend: Backend, name: str) -> str:
    """Write the plan file; gives its digest."""
    request = made.request
    data = packed(
        Saved(
            request.config.sources,
            request.given,
            request.mode,
            request.targets,
            request.replaced,
            request.workspace,
            backend.url,
            made.prior,
            made.stored,
            not made.is_empty,
            desk.process.clock,
            {},
            made.moved,
            made.imported,
        )
    )
    path = desk.process.path(name)
    try:
        desk.process.files = desk.process.files.write(path, data, mode=0o600, time=desk.process.clock)
    except FileError as error:
        detail = f"open {name}: {error.why.value.lower()}"
        raise fail("Failed to write plan file", f"The plan file could not be written: {detail}.") from None
    return digest(data)


def too_many(desk: Desk, detail: str, summary: str = "Too many command line arguments") -> Failed:
    """An error about the words themselves, with where to read more."""
    return HelpFailed(Diagnostic(summary, detail))


def validate(process: Process, args: Args) -> int:
    return run(process, args, _validate)


def _validate(desk: Desk) -> int:
    if desk.args.rest:
        name = desk.args.rest[0]
        raise fail(
            "Failed to read module directory", f"Module directory {name} does not exist or cannot be read."
        )
    try:
        config = desk.config()
        missing = [
            one
            for one in config.needed()
            if not one.is_built_in and f'"{one.address}"' not in (desk.text(".terraform.lock.hcl") or "")
        ]
        if missing:
            detail = (
                f"This configuration requires provider {missing[0].address}, but that provider isn't "
                "available. "
                "You may be able to install it automatically by running:\n  terraform init"
            )
            raise fail("Missing required provider", detail)
        found = checked(config).found
    except Failed as error:
        found = list(error.diagnostics)
    if desk.args.has("-json"):
        desk.process.line(validation_json(found))
        return 1 if any(not one.warning for one in found) else 0
    code = desk.show(*found)
    if not code:
        desk.process.line(
            "Success! The configuration is valid"
            + (", but there were some validation warnings as shown above.\n" if found else ".\n")
        )
    return code


def validation_json(found: list[Diagnostic]) -> str:
    rows = []
    for one in in_order(found):
        row: dict[str, object] = {
            "severity": "warning" if one.warning else "error",
            "summary": one.summary,
            "detail": one.detail,
        }
        if one.subject is not None:
            row["range"] = {
                "filename": one.subject.source.name,
                "start": _position(one, one.subject.start),
                "end": _position(one, one.subject.end),
            }
        rows.append(row)
    errors = sum(not one.warning for one in found)
    facts = {
        "format_version": "1.0",
        "valid": not errors,
        "error_count": errors,
        "warning_count": len(found) - errors,
        "diagnostics": rows,
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _position(one: Diagnostic, offset: int) -> dict[str, int]:
    assert one.subject is not None  # noqa: S101
    line, column = one.subject.source.position(offset)
    return {"line": line, "column": column, "byte": offset}


__all__ = ["mode_of", "plan", "prepared", "save", "told", "validate"]
