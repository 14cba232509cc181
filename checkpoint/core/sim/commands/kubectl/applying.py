"""`kubectl apply`, `diff`, `create -f` and `delete`."""

import json
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, flag, klog, no_operands, on, row
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.printing import formatted, full_name, shown
from checkpoint.core.sim.commands.kubectl.selecting import (
    FILES,
    FromFile,
    chosen,
    complained,
    from_files,
    wanted,
)
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.line_diff import hunks
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.defaults import defaulted
from checkpoint.core.sim.parts.kubernetes.schema import undeclared, unknown_fields
from checkpoint.core.sim.parts.kustomize.merging import key_of
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option
from checkpoint.core.sim.yaml_text import go_dumped

Json = Any
LAST = "kubectl.kubernetes.io/last-applied-configuration"

DRY_RUN = Option(("--dry-run",), "HOW", "client or server: change nothing", optional=True)
OUTPUT = Option(("-o", "--output"), "FORMAT", "how to print")


def dry_run(args: Args, process: Process | None = None) -> str:
    """`client`, `server` or nothing; without a value it is old-fashioned, which the `process` is told."""
    how = args.value("--dry-run", "none") or "client"
    if process is not None and args.has("--dry-run") and not args.value("--dry-run"):
        told = "--dry-run is deprecated and can be replaced with --dry-run=client."
        process.error("W" + klog(process, "helpers.go:702", told)[1:])
    if how not in ("none", "client", "server"):
        told = 'Invalid dry-run value (%s). Must be "none", "server", or "client".'
        raise KubeError(told % how)
    return "" if how == "none" else how


def dry_note(how: str) -> str:
    return {"client": " (dry run)", "server": " (server dry run)"}.get(how, "")


def last_applied(item: Json) -> str:
    """The annotation's text for a manifest."""
    plain = copied(item)
    annotations = dict(plain["metadata"].get("annotations") or {})
    annotations.pop(LAST, None)
    plain["metadata"]["annotations"] = annotations
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def three_way(original: Json, modified: Json, live: Json, field: str = "") -> Json:
    """`live` with what `modified` says, without what only `original` said."""
    if isinstance(modified, dict) and isinstance(live, dict):
        made = dict(live)
        before = original if isinstance(original, dict) else {}
        for name in before:
            if name not in modified:
                made.pop(name, None)
        for name, value in modified.items():
            if value is None:
                made.pop(name, None)
            else:
                made[name] = three_way(before.get(name), value, live.get(name), name)
        return made
    if isinstance(modified, list) and isinstance(live, list) and (key := key_of(field, [*live, *modified])):
        old = (
            {one.get(key): one for one in original if isinstance(one, dict)}
            if isinstance(original, list)
            else {}
        )
        there = {one.get(key): one for one in live}
        said = {one.get(key) for one in modified}
        made_list = [three_way(old.get(one.get(key)), one, there.get(one.get(key))) for one in modified]
        return made_list + [one for one in live if one.get(key) not in said and one.get(key) not in old]
    return copied(modified)


def prepared(client: Client, args: Args, given: FromFile) -> Json:
    """The manifest with its namespace, checked against the schema."""
    item = copied(given.item)
    kind = kinds.of(item)
    own = item["metadata"].get("namespace")
    if kind and kind.namespaced:
        if args.has("--namespace") and own and own != args.value("--namespace"):
            asked = args.value("--namespace")
            raise KubeError(
                f'the namespace from the provided object "{own}" does not match the namespace "{asked}". '
                f"You must pass '--namespace={own}' to perform this operation."
            )
        item["metadata"]["namespace"] = own or client.namespace
    return item


def _checked(client: Client, given: FromFile, item: Json, verb: str) -> None:
    how = client.args.value("--validate") or "true"
    fields = [] if how in ("false", "ignore", "warn") else unknown_fields(item)
    if fields:
        told = ", ".join(f'unknown field "{one}"' for one in fields)
        kind = item["kind"]
        version = str(item["apiVersion"]).rpartition("/")[2]
        why = f'{kind} in version "{version}" cannot be handled as a {kind}: strict decoding error: {told}'
        raise ServerError("BadRequest", f'error when {verb} "{given.source}": {why}')


def merged_with_live(item: Json, live: Json) -> Json:
    text = (live["metadata"].get("annotations") or {}).get(LAST, "")
    try:
        original = json.loads(text) if text else {}
    except ValueError:
        original = {}
    said = {**item, "metadata": {"annotations": {}, **item["metadata"]}}
    made = three_way(original, said, live)
    made["metadata"] = {**made["metadata"], "annotations": dict(made["metadata"].get("annotations") or {})}
    if not made["metadata"]["annotations"]:
        made["metadata"].pop("annotations")
    return made


def apply(process: Process, args: Args) -> int:
    no_operands(process, args, "apply")
    if not args.has("--filename") and not args.has("--kustomize"):
        raise KubeError("must specify one of -f and -k")
    how = dry_run(args, process)
    client = Client(process, args)
    code = 0
    done: list[Json] = []
    complaints: list[str] = []
    for given in from_files(process, args, complaints):
        try:
            item = prepared(client, args, given)
            word, made = _applied(process, client, args, given, item, how)
        except KubeError:
            raise
        except Told as error:
            process.error(error.message)
            code = 1
            continue
        done.append(made)
        if args.value("--output") in ("", "wide"):
            process.line(f"{full_name(made)} {word}{dry_note(how)}")
    if args.value("--output") not in ("", "wide") and done:
        formatted(process, args, done, one=True)
    return complained(process, complaints) or code


def _applied(
    process: Process, client: Client, args: Args, given: FromFile, item: Json, how: str
) -> tuple[str, Json]:
    kind, namespace, name = client.place(item)
    client.check("get", kind, namespace, name)
    live = client.cluster.get(kind, namespace, name)
    if on(args, "--server-side"):
        return _server_side(client, given, item, live, how)
    text = last_applied(item)
    with_note = copied(item)
    with_note["metadata"]["annotations"] = {**(item["metadata"].get("annotations") or {}), LAST: text}
    if live is None:
        _checked(client, given, item, "creating")
        if how == "client":
            return "created", item
        try:
            return "created", _tried(client, with_note, "create", how)
        except ServerError as error:
            raise ServerError(error.reason, f'error when creating "{given.source}": {error.text}') from None
    if LAST not in (live["metadata"].get("annotations") or {}):
        process.error(
            f"Warning: resource {kind.plural}/{name} is missing the {LAST} annotation which is "
            "required by kubectl "
            "apply. kubectl apply should only be used on resources created declaratively by "
            "either kubectl create "
            "--save-config or kubectl apply. The missing annotation will be patched automatically."
        )
    if how == "client":
        return "configured", item
    _checked(client, given, item, "patching")
    wanted_item = merged_with_live(item, live)
    wanted_item["metadata"]["annotations"] = {
        **(wanted_item["metadata"].get("annotations") or {}),
        LAST: text,
    }
    if same(defaulted(wanted_item), live):
        return "unchanged", live
    try:
        return "configured", _tried(client, wanted_item, "patch", how)
    except ServerError as error:
        group = f'"{kind.api_version}, Resource={kind.plural}"'
        version = f'"{kind.api_version}, Kind={kind.kind}"'
        patch = json.dumps(
            _difference(live, wanted_item), separators=(",", ":"), sort_keys=True, ensure_ascii=False
        )
        raise ServerError(
            error.reason,
            f"error when applying patch:\n{patch}\nto:\nResource: {group}, GroupVersionKind: {version}\n"
            f'Name: "{name}", Namespace: "{namespace}"\nfor: "{given.source}": error when patching '
            f'"{given.source}": {error.text}',
        ) from None


def _server_side(client: Client, given: FromFile, item: Json, live: Json, how: str) -> tuple[str, Json]:
    place = undeclared(item)
    if place:
        kind, namespace, name = client.place(item)
        who = f"{namespace}/{name}; {kind.api_version}, Kind={kind.kind}"
        raise Told(f"Error from server: failed to create typed patch object ({who}): {place}")
    made = item if live is None else three_way({}, item, live)
    if how == "client":
        raise KubeError(
            "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)"
        )
    return "serverside-applied", _tried(client, made, "create" if live is None else "patch", how, "kubectl")


def same(one: Json, other: Json) -> bool:
    plain = [{k: v for k, v in item.items() if k != "status"} for item in (one, other)]
    return bool(plain[0] == plain[1])


def _difference(old: Json, new: Json) -> Json:
    """A merge patch from one object to another."""
    made = {name: None for name in old if name not in new}
    for name, value in new.items():
        if name not in old:
            made[name] = value
        elif isinstance(value, dict) and isinstance(old[name], dict):
            inner = _difference(old[name], value)
            if inner:
                made[name] = inner
        elif value != old[name]:
            made[name] = value
    return made


def _tried(
    client: Client, item: Json, verb: str, how: str, manager: str = "kubectl-client-side-apply"
) -> Json:
    """Write, or with a dry run on the server only see what it would say."""
    if not how:
        return client.write(item, verb, manager)
    process = client.process
    client.process = client.trial()
    try:
        return client.write(item, verb, manager)
    finally:
        client.process = process


def tried(client: Client, item: Json, verb: str, how: str, manager: str) -> Json:
    """For other rooms: `client` writes nothing, `server` tries, else it is written."""
    if how == "client":
        return item
    return _tried(client, item, verb, how, manager)


def diff(process: Process, args: Args) -> int:
    """Exit code 1 for a difference, 2 for an error."""
    try:
        return _compared(process, args)
    except Told as error:
        raise Told(error.message, 2) from None


def _compared(process: Process, args: Args) -> int:
    no_operands(process, args, "diff")
    if not args.has("--filename") and not args.has("--kustomize"):
        raise KubeError("must specify one of -f and -k")
    client = Client(process, args)
    code = 0
    for given in from_files(process, args):
        item = prepared(client, args, given)
        kind, namespace, name = client.place(item)
        client.check("get", kind, namespace, name)
        live = client.cluster.get(kind, namespace, name)
        wanted_item = item if live is None else merged_with_live(item, live)
        verb = "create" if live is None else "patch"
        after = (
            live
            if live is not None and same(defaulted(wanted_item), live)
            else _tried(client, wanted_item, verb, "server")
        )
        old, new = _plain(live), _plain(after)
        if kind.kind == "Secret":
            old, new = _masked(old), _masked(new)
        if old != new:
            code = 1
            _print_diff(
                process, given, kind.kind, f"{namespace}.{name}" if namespace else f".{name}", old, new
            )
    return code


def _plain(item: Json) -> Json:
    """As it is compared: with the revision that the controller has given it, without status."""
    if item is None:
        return None
    made = shown(item)
    made.pop("status", None)
    return made


def _masked(item: Json) -> Json:
    if item and isinstance(item.get("data"), dict):
        return {**item, "data": dict.fromkeys(item["data"], "***")}
    return item


def _print_diff(process: Process, given: FromFile, kind: str, name: str, old: Json, new: Json) -> None:
    file = f"{str(given.item['apiVersion']).replace('/', '.')}.{kind}.{name}"
    if new and old:
        revision = (old["metadata"].get("annotations") or {}).get("deployment.kubernetes.io/revision")
        if revision and "annotations" in new["metadata"]:
            new["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = revision
        new["metadata"]["resourceVersion"] = old["metadata"].get("resourceVersion")
    texts = [go_dumped(one).splitlines() if one else [] for one in (old, new)]
    when = datetime.fromtimestamp(process.clock, UTC).strftime("%Y-%m-%d %H:%M:%S.000000000 +0000")
    process.line(f"diff -u -N /tmp/LIVE-1000000001/{file} /tmp/MERGED-1000000002/{file}")
    process.line(f"--- /tmp/LIVE-1000000001/{file}\t{when}")
    process.line(f"+++ /tmp/MERGED-1000000002/{file}\t{when}")
    for hunk in hunks(texts[0], texts[1]):
        process.line(hunk.header)
        for mark, line in hunk.lines:
            process.line(mark + line)


def replace_whole(process: Process, args: Args) -> int:
    """`kubectl replace`: the object as the file has it, and nothing else."""
    if not args.has("--filename") and not args.has("--kustomize"):
        raise KubeError("must specify one of -f and -k")
    how = dry_run(args, process)
    client = Client(process, args)
    code = 0
    for given in from_files(process, args):
        try:
            item = prepared(client, args, given)
            _checked(client, given, item, "replacing")
            client.get(*_get_place(client, item))
            made = tried(client, item, "update", how, "kubectl-replace")
        except ServerError as error:
            lead = f'error when replacing "{given.source}": '
            process.error(f"Error from server ({error.reason}): {lead}{error.text.removeprefix(lead)}")
            code = 1
            continue
        if not formatted(process, args, [made], one=True):
            process.line(f"{full_name(made)} replaced{dry_note(how)}")
    return code


def _get_place(client: Client, item: Json) -> tuple[Any, str, str]:
    kind, namespace, name = client.place(item)
    return kind, name, namespace


def view_last_applied(process: Process, args: Args) -> int:
    """The manifest that was applied last, out of its annotation."""
    client = Client(process, args)
    if not args.rest:
        raise KubeError(_USAGE)
    items = [
        item for one in wanted(client, args.rest) for item in chosen(client, args, one, client.namespace)
    ]
    for item in items:
        text = (item["metadata"].get("annotations") or {}).get(LAST)
        if not text:
            raise KubeError(
                f"no last-applied-configuration annotation found on resource: {item['metadata']['name']}"
            )
        if args.value("--output", "yaml") == "json":
            process.out(json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n")
        else:
            process.out(go_dumped(json.loads(text)))
    return 0


def create(process: Process, args: Args) -> int:
    no_operands(process, args, "create")
    if not args.has("--filename") and not args.has("--kustomize"):
        raise KubeError("must specify one of -f and -k")
    how = dry_run(args)
    client = Client(process, args)
    code = 0
    for given in from_files(process, args):
        try:
            item = prepared(client, args, given)
            _checked(client, given, item, "creating")
            made = item if how == "client" else _tried(client, item, "create", how, "kubectl-create")
        except ServerError as error:
            if error.text.startswith("error when"):
                process.error(error.message)
            else:
                process.error(
                    f'Error from server ({error.reason}): error when creating "{given.source}": {error.text}'
                )
            code = 1
            continue
        if not formatted(process, args, [made], one=True):
            process.line(f"{full_name(made)} created{dry_note(how)}")
    return code


_USAGE = (
    "You must provide one or more resources by argument or filename.\nExample resource "
    "specifications include:\n"
    "   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'"
)


_AT_ONCE = (
    "Warning: Immediate deletion does not wait for confirmation that the running resource has been "
    "terminated. The resource may continue to run on the cluster indefinitely."
)


def delete(process: Process, args: Args) -> int:
    how = dry_run(args, process)
    if not args.rest and not args.has("--filename") and not args.has("--kustomize"):
        raise KubeError(_USAGE)
    client = Client(process, args)
    goals: list[tuple[kinds.Kind, str, str]] = []
    code = 0
    if args.rest:
        every, selector = on(args, "--all"), args.value("--selector")
        for one in wanted(client, args.rest):
            if not one.name and not every and not selector:
                raise KubeError("resource(s) were provided, but no name was specified")
            namespace = "" if args.has("--all-namespaces") else client.namespace
            if one.name:
                goals.append((one.kind, one.name, client.namespace))
            else:
                for item in chosen(client, args, one, namespace):
                    goals.append((one.kind, item["metadata"]["name"], item["metadata"].get("namespace", "")))
    else:
        for given in from_files(process, args):
            goals.append((*client.place(prepared(client, args, given))[::2], client.place(given.item)[1]))
    if on(args, "--force") and goals:
        process.error(_AT_ONCE)
    with client.at_once():
        code = _deleted(process, client, args, goals, how) or code
    if not goals and not code:
        process.line("No resources found")
    return code


def _deleted(
    process: Process, client: Client, args: Args, goals: list[tuple[kinds.Kind, str, str]], how: str
) -> int:
    code = 0
    for kind, name, namespace in goals:
        try:
            if how:
                client.get(kind, name, namespace)
            else:
                client.delete(kind, name, namespace)
        except ServerError as error:
            if on(args, "--ignore-not-found") and error.reason == "NotFound":
                continue
            if args.has("--filename") and error.reason == "NotFound":
                process.error(
                    "Error from server (NotFound): error when deleting "
                    f'"{args.value("--filename")}": {error.text}'
                )
            else:
                process.error(error.message)
            code = 1
            continue
        force = " force" if on(args, "--force") else ""
        if args.value("--output") == "name":
            process.line(f"{kind.word}/{name}")
        else:
            process.line(f'{kind.word} "{name}"{force} deleted{dry_note(how)}')
    return code


APPLY = row(
    "kubectl apply",
    "apply a configuration to a resource by file name or stdin",
    apply,
    "(-f FILENAME | -k DIRECTORY)",
    (
        *FILES,
        DRY_RUN,
        OUTPUT,
        flag("--server-side", "let the server merge"),
        flag("--force-conflicts"),
        flag("--overwrite"),
        flag("--wait"),
        Option(("--field-manager",), "NAME", "who sets the fields"),
        Option(("--validate",), "HOW", optional=True),
        Option(("-l", "--selector"), "LABELS", simulated=False),
        flag("--prune", simulated=False),
        flag("--all", simulated=False),
        flag("--force", simulated=False),
        flag("--record"),
    ),
    below=(
        row(
            "kubectl apply view-last-applied",
            "view the latest last-applied-configuration annotations of a resource",
            view_last_applied,
            "TYPE/NAME",
            (*FILES, OUTPUT, Option(("-l", "--selector"), "LABELS"), flag("--all")),
        ),
    ),
    absent=("edit-last-applied", "set-last-applied"),
)
REPLACE = row(
    "kubectl replace",
    "replace a resource by file name or stdin",
    replace_whole,
    "-f FILENAME",
    (*FILES, DRY_RUN, OUTPUT, flag("--save-config"), flag("--force", simulated=False)),
)
DIFF = row(
    "kubectl diff",
    "diff the live version against a would-be applied version",
    diff,
    "-f FILENAME",
    (*FILES, flag("--server-side", simulated=False), flag("--prune", simulated=False)),
)
DELETE = row(
    "kubectl delete",
    "delete resources by file names, stdin, resources and names, or by resources and label selector",
    delete,
    "([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])",
    (
        *FILES,
        DRY_RUN,
        OUTPUT,
        Option(("-l", "--selector"), "LABELS"),
        Option(("--field-selector",), "FIELDS"),
        Option(("-A", "--all-namespaces")),
        flag("--all"),
        flag("--force"),
        flag("--now"),
        flag("--wait"),
        flag("--ignore-not-found"),
        Option(("--grace-period",), "SECONDS"),
        Option(("--timeout",), "TIME"),
        Option(("--cascade",), "HOW", optional=True, simulated=False),
        Option(("-i", "--interactive"), simulated=False),
    ),
)
