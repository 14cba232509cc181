"""Plans, states and outputs as Terraform prints them."""

from collections.abc import Iterable, Mapping

from checkpoint.core.sim.commands.terraform.boxes import wrapped
from checkpoint.core.sim.commands.terraform.differences import (
    NOTHING,
    SYMBOLS,
    Options,
    body_difference,
    difference,
    quoted,
    simple,
    untyped,
)
from checkpoint.core.sim.parts.terraform.evaluate import references
from checkpoint.core.sim.parts.terraform.planning import Change, OutputChange, Plan, expressions
from checkpoint.core.sim.parts.terraform.state import Known, Object, State
from checkpoint.core.sim.parts.terraform.values import ListOf, MapOf, Secret, SetOf, Value, is_known, type_of

_PLAN = Options()
_STATE = Options(bare=True, everything=True)

_LEGEND = (
    ("create", "create"),
    ("update", "update in-place"),
    ("delete", "destroy"),
    ("replace", "destroy and then create replacement"),
    ("create-then-delete", "create replacement and then destroy"),
)


def rule(columns: int) -> str:
    return "─" * (columns - 1)


def plan_text(plan: Plan, columns: int) -> str:
    """Everything between the refresh lines and the closing note."""
    drift = drift_text(plan, columns)
    if plan.problems.errors and not plan.acting and not plan.changes_outputs:
        return drift + "\nPlanning failed. Terraform encountered an error while generating this plan.\n\n"
    if plan.is_empty or (plan.request.mode == "refresh-only" and not plan.changes_outputs):
        return drift + _nothing(plan, columns, bool(drift))
    out = [drift]
    shown = [one for one in plan.changes if one.changes]
    if shown:
        out.append(_header(plan, columns, bool(drift)))
        out += [change_text(one) for one in shown]
        imported = f"{len(plan.importing)} to import, " if plan.importing else ""
        out.append(
            imported.join(("Plan: ", "{} to add, {} to change, {} to destroy.\n".format(*plan.counts())))
        )
    if plan.changes_outputs:
        out.append("\nChanges to Outputs:\n" + outputs_text(plan.outputs))
        if not shown:
            note = (
                "You can apply this plan to save these new output values to the Terraform state, "
                "without changing "
                "any real infrastructure."
            )
            out.append("\n" + wrapped(note, columns - 1) + "\n")
    return "".join(out)


def _header(plan: Plan, columns: int, drifted: bool) -> str:
    acting = {one.action for one in plan.acting}
    out = ""
    if acting:
        say = (
            "Terraform used the selected providers to generate the following execution plan. Resource "
            "actions are "
            "indicated with the following symbols:"
        )
        out = "\n" + wrapped(say, columns - 1) + "\n"
        out += "".join(f"{SYMBOLS[action]}{meaning}\n" for action, meaning in _LEGEND if action in acting)
    if plan.problems.errors:
        return out + "\nTerraform planned the following actions, but then encountered a problem:\n\n"
    return out + "\nTerraform will perform the following actions:\n\n"


def _nothing(plan: Plan, columns: int, drifted: bool) -> str:
    mode = plan.request.mode
    if mode == "refresh-only":
        if drifted:
            return ""
        title = "Your infrastructure still matches the configuration."
        detail = (
            "Terraform has checked that the real remote objects still match the result of your most recent "
            "changes, and found no differences."
        )
    elif mode == "destroy":
        title = "No objects need to be destroyed."
        detail = (
            "Either you have not created any objects yet or the existing objects were already deleted "
            "outside "
            "of Terraform."
        )
    else:
        title = "Your infrastructure matches the configuration."
        detail = (
            "Terraform has compared your real infrastructure against your configuration and found no "
            "differences, so no changes are needed."
        )
        if drifted:
            detail = (
                "Your configuration already applies the changes detected above. If you'd like to update the "
                "Terraform state to match, create and apply a refresh-only plan:\n  terraform apply "
                "-refresh-only"
            )
    return f"\nNo changes. {title}\n\n{wrapped(detail, columns - 1)}\n"


# --- changes ----------------------------------------------------------------------


def change_text(one: Change) -> str:
    made = body_difference(one.before, one.after, one.replaces, type_=one.type)
    comment = _comment(one)
    if one.action == "forget":
        shown = body_difference(one.before, one.before, type_=one.type)
        return f"{comment} . {_head(one)} {shown.text(0, _PLAN)}\n\n"
    if one.action == "no-op":
        shown = body_difference(one.before, one.after, type_=one.type)
        return f"{comment}    {_head(one)} {shown.text(0, _PLAN)}\n\n"
    return f"{comment}{SYMBOLS[one.action]}{_head(one)} {made.text(0, _PLAN)}\n\n"


def _head(one: Change) -> str:
    return f'{"data" if one.mode == "data" else "resource"} "{one.type}" "{one.name}"'


def _comment(one: Change) -> str:
    address = one.address
    if one.action == "forget":
        return (
            f" # {address} will no longer be managed by Terraform, but will not be destroyed\n"
            " # (destroy = false is set in the configuration)\n"
        )
    if one.action == "no-op":
        if one.imported and not one.previous:
            return f"  # {address} will be imported\n"
        return f"  # {one.previous} has moved to {address}\n"
    verb = {
        "create": "will be created",
        "update": "will be updated in-place",
        "delete": "will be destroyed",
        "read": "will be read during apply",
    }.get(one.action, "must be replaced")
    if one.action in ("replace", "create-then-delete"):
        verb = {
            "tainted": "is tainted, so must be replaced",
            "requested": "will be replaced, as requested",
            "triggered": "will be replaced due to changes in replace_triggered_by",
        }.get(one.reason, verb)
    out = f"  # {address} {verb}\n"
    if one.action == "delete" and one.reason:
        out += f"  # ({_why_deleted(one)})\n"
    if one.previous:
        out += f"  # (moved from {one.previous})\n"
    if one.imported:
        out += f'  # (imported from "{one.imported}")\n'
    return out


def _why_deleted(one: Change) -> str:
    if one.reason == "index":
        return f"because index [{one.key}] is out of range for count"
    if one.reason == "key":
        return f"because key [{quoted(str(one.key))}] is not in for_each map"
    if one.reason == "wrong-key":
        if one.key is None:
            return "because resource uses count or for_each"
        return f"because resource does not use {'count' if isinstance(one.key, int) else 'for_each'}"
    return f"because {one.resource} is not in configuration"


def outputs_text(changes: Iterable[OutputChange]) -> str:
    changes = list(changes)
    shown = [one for one in changes if one.action != "no-op"]
    width = max((len(one.name) for one in changes), default=0)
    lines = []
    for one in shown:
        before = NOTHING if one.action == "create" else one.before
        after = NOTHING if one.action == "delete" else one.after
        made = difference(untyped(before), untyped(after))
        action, text = made.action, made.text(0, _PLAN)
        if one.sensitive:
            text = "(sensitive value)" + (" -> null" if action == "delete" else "")
        if action == "no-op":
            continue
        lines.append(f"{SYMBOLS[action]}{one.name:<{width}} = {text}\n")
    return "".join(lines)


def drift_text(plan: Plan, columns: int) -> str:
    """The note on what changed outside of Terraform, as far as it matters for the plan."""
    refresh_only = plan.request.mode == "refresh-only"
    relevant = None if refresh_only else _relevant(plan)
    parts = []
    for one in plan.drift:
        names = None if relevant is None else relevant.get(one.address.partition("[")[0], set())
        if names is not None and one.after is None:
            names = names and {*names, "id"}
        if one.after is None:
            made = (
                body_difference(one.before, None, type_=one.type)
                if refresh_only
                else body_difference(one.before, {}, (), names, one.type)
            )
        else:
            made = body_difference(one.before, one.after, (), names, one.type)
        if made.action == "no-op":
            continue
        verb = "has been deleted" if one.after is None else "has changed"
        mark = "  - " if one.after is None else "  ~ "
        parts.append(
            f'  # {one.address} {verb}\n{mark}resource "{one.type}" "{one.name}" {made.text(0, _PLAN)}\n\n'
        )
    if not parts:
        return ""
    head = (
        'Terraform detected the following changes made outside of Terraform since the last "terraform apply" '
        "which may have affected this plan:"
    )
    if refresh_only:
        tail = (
            "This is a refresh-only plan, so Terraform will not take any actions to undo these. If you were "
            "expecting these changes then you can apply this plan to record the updated values in the "
            "Terraform "
            "state without changing any remote objects."
        )
    else:
        tail = (
            "Unless you have made equivalent changes to your configuration, or ignored the relevant "
            "attributes "
            "using ignore_changes, the following plan may include actions to undo or respond to these "
            "changes."
        )
    end = "" if refresh_only else f"\n{rule(columns)}\n"
    return (
        "\nNote: Objects have changed outside of "
        f"Terraform\n\n{wrapped(head, columns - 1)}\n\n{''.join(parts)}\n"
        f"{wrapped(tail, columns - 1)}\n{end}"
    )


def _relevant(plan: Plan) -> dict[str, set[str]]:
    """Attributes of other resources that what changes refers to."""
    config = plan.request.config
    nodes = []
    for one in plan.acting:
        if one.resource in config.resources:
            nodes += expressions(config.resources[one.resource])
    changed = {one.name for one in plan.outputs if one.action != "no-op"}
    nodes += [one.value for one in config.outputs.values() if one.name in changed]
    found: dict[str, set[str]] = {}
    for node in nodes:
        for reference in references(node):
            if len(reference.names) > 1:
                found.setdefault(f"{reference.root}.{reference.names[0]}", set()).add(reference.names[1])
    return found


# --- states -----------------------------------------------------------------------


def state_text(state: State) -> str:
    """`terraform show` of a state."""
    if state.is_empty:
        return "The state file is empty. No resources are represented.\n"
    out = "".join(object_text(one) + "\n" for one in state.in_order())
    if not state.outputs:
        return out
    out += "\nOutputs:\n\n" if out else "\n\nOutputs:\n\n"
    for name in sorted(state.outputs):
        known = state.outputs[name]
        text = "(sensitive value)" if known.sensitive else _shown(known.value)
        out += f"{name} = {text}\n"
    return out


def _shown(value: Value) -> str:
    return difference(_without_null(value), _without_null(value)).text(0, _STATE)


def _without_null(value: Value) -> Value:
    if isinstance(value, dict) and not isinstance(value, MapOf):
        return {key: _without_null(one) for key, one in value.items() if one is not None}
    return value


def object_text(one: Object) -> str:
    made = body_difference(one.attributes, one.attributes, type_=one.type)
    tainted = " (tainted)" if one.tainted else ""
    kind = "data" if one.mode == "data" else "resource"
    return f'# {one.address}:{tainted}\n{kind} "{one.type}" "{one.name}" {made.text(0, _STATE)}\n'


# --- output values ----------------------------------------------------------------


def outputs_list(outputs: Mapping[str, Known]) -> str:
    lines = []
    for name in sorted(outputs):
        known = outputs[name]
        lines.append(f"{name} = {'<sensitive>' if known.sensitive else expression(known.value)}\n")
    return "".join(lines)


def expression(value: Value, indent: int = 0) -> str:
    """A value as an expression of the language: what `terraform output` prints."""
    if isinstance(value, Secret):
        return "(sensitive value)"
    if value is None:
        return _typed_null(value)
    if isinstance(value, str):
        return _heredoc(value, indent) if "\n" in value else quoted(value)
    if not isinstance(value, dict | tuple):
        return simple(value) if is_known(value) else "(known after apply)"
    inner = "  " * (indent + 1)
    if isinstance(value, dict):
        rows = [f"{inner}{quoted(key)} = {expression(value[key], indent + 1)}\n" for key in sorted(value)]
        body = "{\n" + "".join(rows) + "  " * indent + "}" if value else "{}"
        if not isinstance(value, MapOf):
            return body
        return f"tomap({body})" if value else "tomap({})"
    rows = [f"{inner}{expression(one, indent + 1)},\n" for one in value]
    body = "[\n" + "".join(rows) + "  " * indent + "]" if value else "[]"
    if isinstance(value, ListOf):
        return f"tolist({body})"
    return f"toset({body})" if isinstance(value, SetOf) else body


def _typed_null(value: Value) -> str:
    return "null" if type_of(value) == "dynamic" else f"to{type_of(value)}(null)"


def _heredoc(value: str, indent: int) -> str:
    mark = "EOT"
    while any(line.strip() == mark for line in value.split("\n")):
        mark += "_"
    inner = "  " * indent
    if not value.endswith("\n") or indent:
        opening = "<<-" if indent else "<<"
        lines = "".join(f"{inner}{line}\n" for line in value.removesuffix("\n").split("\n"))
        return f"{opening}{mark}\n{lines}{inner}{mark}" + ("" if not indent else "\n" + "  " * (indent - 1))
    return f"<<{mark}\n{value}{mark}\n"
