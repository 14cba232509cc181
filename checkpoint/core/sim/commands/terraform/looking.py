"""terraform show and output."""

import json
from typing import Any

from checkpoint.core.sim.commands.terraform import boxes, reports
from checkpoint.core.sim.commands.terraform.applying import opened, planned
from checkpoint.core.sim.commands.terraform.desk import Desk, run
from checkpoint.core.sim.commands.terraform.planning import too_many
from checkpoint.core.sim.parts.terraform.planning import Change, Plan
from checkpoint.core.sim.parts.terraform.source import Diagnostic, fail
from checkpoint.core.sim.parts.terraform.state import BadState, Known, Object, State, loaded
from checkpoint.core.sim.parts.terraform.stores import stamp
from checkpoint.core.sim.parts.terraform.values import (
    Secret,
    Unknown,
    Unsuitable,
    Value,
    is_known,
    to_json,
    to_string,
    type_json,
    type_of,
)
from checkpoint.core.sim.parts.terraform.versions import VERSION
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args


def show(process: Process, args: Args) -> int:
    return run(process, args, _show)


def _show(desk: Desk) -> int:
    if len(desk.args.rest) > 1:
        raise too_many(desk, "Expected at most one positional argument.")
    as_json = desk.args.has("-json")
    if desk.args.rest:
        return _show_file(desk, desk.args.rest[0], as_json)
    state = desk.state(desk.backend())
    if as_json:
        desk.process.line(_compact(_state_json(state)))
    elif not state.lineage:
        desk.process.line("No state.")
    else:
        desk.process.out(reports.state_text(state))
    return 0


def _show_file(desk: Desk, name: str, as_json: bool) -> int:
    text = desk.text(name)
    if text is not None and text.lstrip().startswith("{"):
        try:
            state = loaded(text)
        except BadState as error:
            raise fail("Failed to read the given file as a state or plan file", error.message) from None
        desk.process.out(_compact(_state_json(state)) + "\n" if as_json else reports.state_text(state))
        return 0
    if text is None:
        detail = (
            f"State read error: Error loading statefile: open {name}: no such file or "
            "directory\n\nPlan read error: "
            f"couldn't load the provided path as either a local plan file (open {name}: no such file "
            "or directory) "
            f"or a saved cloud plan (open {name}: no such file or directory)"
        )
        raise fail("Failed to read the given file as a state or plan file", detail)
    saved, _ = opened(desk, name)
    made = planned(desk, saved)
    if as_json:
        desk.process.line(_compact(_plan_json(made, desk.process.clock)))
        return 0
    desk.process.out(reports.plan_text(made, boxes.width(desk.process)))
    return 0


def _compact(data: Any) -> str:
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


# --- JSON -------------------------------------------------------------------------


def _state_json(state: State) -> dict[str, Any]:
    made: dict[str, Any] = {"format_version": "1.0"}
    if not state.lineage:
        return made
    made["terraform_version"] = VERSION
    return {**made, "values": _values(state)} if not state.is_empty else made


def _values(state: State) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if state.outputs:
        made["outputs"] = {
            name: {
                "sensitive": one.sensitive,
                "value": to_json(one.value),
                "type": type_json(type_of(one.value)),
            }
            for name, one in sorted(state.outputs.items())
        }
    rows = [_resource_json(one) for one in state.in_order()]
    made["root_module"] = {"resources": rows} if rows else {}
    return made


def _head(one: Object | Change) -> dict[str, Any]:
    key = {} if one.key is None else {"index": one.key}
    return {
        "address": one.address,
        "mode": one.mode,
        "type": one.type,
        "name": one.name,
        **key,
        "provider_name": one.provider,
    }


def _resource_json(one: Object) -> dict[str, Any]:
    made = {
        **_head(one),
        "schema_version": 0,
        "values": to_json(dict(one.attributes)),
        "sensitive_values": _marks(dict(one.attributes)),
    }
    if one.dependencies:
        made["depends_on"] = list(one.dependencies)
    return {**made, "tainted": True} if one.tainted else made


def _marks(value: Value) -> Any:
    """True where something is sensitive, the shape of the rest."""
    if isinstance(value, Secret):
        return True
    if isinstance(value, dict):
        return {key: made for key, one in sorted(value.items()) if (made := _marks(one)) is not False}
    return [_marks(one) for one in value] if isinstance(value, tuple) else False


def _unknowns(value: Value) -> Any:
    value = value.value if isinstance(value, Secret) else value
    if isinstance(value, Unknown):
        return True
    if isinstance(value, dict):
        return {key: made for key, one in sorted(value.items()) if (made := _unknowns(one)) is not False}
    return [_unknowns(one) for one in value] if isinstance(value, tuple) else False


def _known_part(value: Value) -> Any:
    """Without what is unknown."""
    value = value.value if isinstance(value, Secret) else value
    if isinstance(value, dict):
        return {key: _known_part(one) for key, one in sorted(value.items()) if not _is_unknown(one)}
    return (
        [None if _is_unknown(one) else _known_part(one) for one in value]
        if isinstance(value, tuple)
        else value
    )


def _is_unknown(value: Value) -> bool:
    return isinstance(value.value if isinstance(value, Secret) else value, Unknown)


_ACTIONS = {
    "no-op": ["no-op"],
    "create": ["create"],
    "update": ["update"],
    "delete": ["delete"],
    "read": ["read"],
    "replace": ["delete", "create"],
    "create-then-delete": ["create", "delete"],
}


def _plan_json(plan: Plan, clock: int) -> dict[str, Any]:
    """The parts of the format that people look into: variables, planned values, changes, prior state."""
    made: dict[str, Any] = {"format_version": "1.2", "terraform_version": VERSION}
    variables = {
        name: {
            "value": to_json(plan.request.given[name].value if name in plan.request.given else one.default)
        }
        for name, one in sorted(plan.request.config.variables.items())
    }
    if variables:
        made["variables"] = variables
    made["planned_values"] = _planned_values(plan)
    drift = [
        {
            "address": one.address,
            "mode": "managed",
            "type": one.type,
            "name": one.name,
            "change": _change(
                ["update"] if one.after is not None else ["delete"],
                dict(one.before),
                dict(one.after) if one.after is not None else None,
            ),
        }
        for one in plan.drift
    ]
    if drift:
        made["resource_drift"] = drift
    rows = [_change_json(one) for one in plan.changes]
    if rows:
        made["resource_changes"] = rows
    if plan.outputs:
        made["output_changes"] = {one.name: _output_change(one.action, one) for one in plan.outputs}
    if plan.prior.lineage or not plan.prior.is_empty:
        made["prior_state"] = _state_json(plan.prior)
    time = stamp(clock).partition(".")[0] + "Z"
    return {
        **made,
        "timestamp": time,
        "applyable": not plan.is_empty,
        "complete": not plan.request.targets,
        "errored": False,
    }


def _planned_values(plan: Plan) -> dict[str, Any]:
    made: dict[str, Any] = {}
    outputs = {}
    for one in plan.outputs:
        if one.action == "delete":
            continue
        known = (
            {"type": type_json(type_of(one.after)), "value": to_json(one.after)}
            if is_known(one.after)
            else {}
        )
        outputs[one.name] = {"sensitive": one.sensitive, **known}
    if outputs:
        made["outputs"] = outputs
    rows = []
    for change in plan.changes:
        if change.after is not None:
            rows.append(
                {
                    **_head(change),
                    "schema_version": 0,
                    "values": _known_part(dict(change.after)),
                    "sensitive_values": _marks(dict(change.after)),
                }
            )
    made["root_module"] = {"resources": rows} if rows else {}
    return made


def _change(actions: list[str], before: Value, after: Value) -> dict[str, Any]:
    made: dict[str, Any] = {"actions": actions, "before": to_json(before)}
    if not _is_unknown(after):
        made["after"] = _known_part(after)
    made["after_unknown"] = (_unknowns(after) or {}) if isinstance(after, dict) else _unknowns(after)
    return {**made, "before_sensitive": _marks(before), "after_sensitive": _marks(after)}


_REASONS = {
    "tainted": "replace_because_tainted",
    "requested": "replace_by_request",
    "triggered": "replace_by_triggers",
    "orphan": "delete_because_no_resource_config",
    "index": "delete_because_count_index",
    "key": "delete_because_each_key",
    "wrong-key": "delete_because_wrong_repetition",
}


def _change_json(one: Change) -> dict[str, Any]:
    before = dict(one.before) if one.before is not None else None
    after = dict(one.after) if one.after is not None else None
    made = {**_head(one), "change": _change(_ACTIONS[one.action], before, after)}
    if one.replaces:
        made["change"]["replace_paths"] = [[name] for name in sorted(one.replaces)]
    if one.reason:
        made["action_reason"] = _REASONS.get(one.reason, one.reason)
    return made


def _output_change(action: str, one: Any) -> dict[str, Any]:
    made = _change(_ACTIONS[action], one.before, one.after)
    return {**made, "before_sensitive": one.sensitive, "after_sensitive": one.sensitive}


# --- output -----------------------------------------------------------------------


def output(process: Process, args: Args) -> int:
    return run(process, args, _output)


def _output(desk: Desk) -> int:
    args = desk.args
    if len(args.rest) > 1:
        raise too_many(
            desk,
            "The output command expects exactly one argument with the name of an output variable or no "
            "arguments to show all outputs.",
            "Unexpected argument",
        )
    if args.has("-raw") and not args.rest:
        raise too_many(
            desk,
            "You must give the name of a single output value when using the -raw option.",
            "Output name required",
        )
    if args.has("-raw") and args.has("-json"):
        raise too_many(desk, "The -raw and -json options are mutually-exclusive.", "Invalid output format")
    state = desk.state(desk.backend())
    if not args.rest:
        return _all(desk, state)
    return _named(desk, state, args.rest[0])


def _all(desk: Desk, state: State) -> int:
    process = desk.process
    if desk.args.has("-json"):
        facts = {
            name: {
                "sensitive": one.sensitive,
                "type": type_json(type_of(one.value)),
                "value": to_json(one.value),
            }
            for name, one in sorted(state.outputs.items())
        }
        process.line(json.dumps(facts, indent=2, ensure_ascii=False))
        return 0
    if not state.outputs:
        detail = (
            "The state file either has no outputs defined, or all the defined outputs are empty. "
            "Please define an "
            "output in your configuration with the `output` keyword and run `terraform refresh` for it "
            "to become "
            "available. If you are using interpolation, please verify the interpolated value is not "
            "empty. You can "
            "use the `terraform console` command to assist."
        )
        desk.show(Diagnostic("No outputs found", detail, warning=True))
        return 0
    process.out(reports.outputs_list(state.outputs))
    return 0


def _named(desk: Desk, state: State, name: str) -> int:
    known = state.outputs.get(name)
    if known is None and not state.outputs:
        if desk.args.has("-json"):
            desk.process.line("{}")
            return 0
        return _all(desk, state) if not desk.args.has("-raw") else _absent(name)
    if known is None:
        return _absent(name)
    if desk.args.has("-json"):
        desk.process.line(_compact(to_json(known.value)))
    elif desk.args.has("-raw"):
        desk.process.out(_raw(name, known))
    else:
        desk.process.line(reports.expression(known.value))
    return 0


def _absent(name: str) -> int:
    detail = (
        "The output variable requested could not be found in the state file. If you recently added "
        "this to your "
        "configuration, be sure to run `terraform apply`, since the state won't be updated with new output "
        "variables until that command is run."
    )
    raise fail(f'Output "{name}" not found', detail)


def _raw(name: str, known: Known) -> str:
    try:
        if known.value is None:
            raise fail(
                "Unsupported value for raw output",
                f'The value for output value "{name}" is null, so -raw mode cannot print it.',
            )
        return to_string(known.value)
    except Unsuitable:
        kind = type_of(known.value)
        word = (
            kind
            if isinstance(kind, str)
            else f"{kind[0]} of {kind[1]}"
            if kind[0] in ("list", "map", "set")
            else kind[0]
        )
        detail = (
            "The -raw option only supports strings, numbers, and boolean values, but output value "
            f'"{name}" is '
            f"{word}.\n\nUse the -json option for machine-readable representations of output values "
            "that have "
            "complex types."
        )
        raise fail("Unsupported value for raw output", detail) from None
