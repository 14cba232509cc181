"""`flux logs`, `events`, `tree`, `trace`, `export`, `check` and `version`."""

from collections.abc import Iterable
from datetime import UTC, datetime

from checkpoint.core.sim.commands.flux.base import (
    COMMON,
    EVERYWHERE,
    GIT,
    KUSTOMIZATION,
    POLICY,
    REPOSITORY,
    SORTS,
    UPDATE,
    VERSION,
    FluxClient,
    FluxError,
    Json,
    Sort,
    ready_of,
    table,
)
from checkpoint.core.sim.commands.kubectl.printing import duration
from checkpoint.core.sim.durations import seconds
from checkpoint.core.sim.parts.flux.building import OWNER, OWNER_NAMESPACE
from checkpoint.core.sim.parts.flux.objects import Flux, Note, found, recent_notes
from checkpoint.core.sim.parts.flux.sources import branch_of, revision_of
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run
from checkpoint.core.sim.yaml_text import go_dumped

_LEVELS = ("debug", "info", "error")


def _notes(client: FluxClient, args: Args, notes: Iterable[Note]) -> list[Note]:
    """What this cluster's controllers have told, of one namespace unless of all."""
    return [
        one
        for one in notes
        if one.cluster == client.name and (args.has("--all-namespaces") or one.namespace == client.namespace)
    ]


# --- logs ---------------------------------------------------------------------------------


def logs(process: Process, args: Args) -> int:
    if args.rest:
        raise FluxError("no argument required")
    level = args.value("--level")
    if level and level not in _LEVELS:
        told = f"log level '{level}' is not supported, must be one of: {', '.join(_LEVELS)}"
        raise FluxError(f'invalid argument "{level}" for "--level" flag: {told}')
    client = FluxClient(process, args)
    notes = _notes(client, args, process.world.part(Flux).notes)
    rows = [one for one in notes if _wanted(one, args, process.clock)]
    tail = args.value("--tail")
    for note in rows[-int(tail) :] if tail.isdecimal() and int(tail) else rows:
        process.line(_logged(note))
    return 0


def _wanted(note: Note, args: Args, clock: int) -> bool:
    level = "error" if note.warning else "info"
    return (
        args.value("--level", level) == level
        and args.value("--kind", note.kind).lower() == note.kind.lower()
        and args.value("--name", note.name).lower() == note.name.lower()
        and (not args.has("--since") or clock - note.at <= seconds(args.value("--since")))
    )


def _logged(note: Note) -> str:
    when = datetime.fromtimestamp(note.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    who = f"{note.kind}/{note.name}.{note.namespace}"
    text = "server-side apply completed" if note.reason == "Progressing" else note.message
    first = text.replace("\n", " ")
    if not note.warning:
        return f"{when} info {who} - {first} "
    lead = "Reconciliation failed after 1.2s" if note.kind == "Kustomization" else "Reconciler error"
    return f"{when} error {who} - {lead} {first}"


# --- events -------------------------------------------------------------------------------


def events(process: Process, args: Args) -> int:
    for one in args.value("--types").split(",") if args.has("--types") else ():
        if one.lower() not in ("normal", "warning"):
            raise FluxError(f"type '{one}' not supported. Supported types are Normal, Warning")
    client = FluxClient(process, args)
    kind, _, name = args.value("--for").partition("/")
    if args.has("--for") and kind.lower() not in [one.kind.lower() for one in SORTS]:
        raise FluxError(f"'{kind}' is not a recognized Flux kind")
    types = [one.lower() for one in args.value("--types").split(",") if one]
    rows: dict[tuple[str, ...], list[int]] = {}
    for note in _notes(client, args, recent_notes(process.world, client.name)):
        state = "Warning" if note.warning else "Normal"
        fits = (not kind or note.kind.lower() == kind.lower()) and (not name or note.name == name)
        if fits and (not types or state.lower() in types):
            named = f"{note.kind}/{note.name}"
            rows.setdefault((note.namespace, state, note.reason, named, note.message), []).append(note.at)
    if not rows:
        place = "." if args.has("--all-namespaces") else f" in {client.namespace} namespace."
        process.error(f"✗ No events found{place}")
        return 0
    everywhere = args.has("--all-namespaces")
    heads = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
    made = []
    for (namespace, *told), times in sorted(rows.items(), key=lambda row: row[1][-1]):
        row = [_last_seen(times, process.clock), *told]
        made.append([namespace, *row] if everywhere else row)
    table(process, ["NAMESPACE", *heads] if everywhere else heads, made)
    return 0


def _last_seen(times: list[int], clock: int) -> str:
    last = duration(clock - times[-1])
    return last if len(times) == 1 else f"{last} (x{len(times)} over {duration(clock - times[0])})"


# --- tree and trace -----------------------------------------------------------------------


def tree(process: Process, args: Args) -> int:
    if not args.rest:
        raise FluxError("kustomization name is required")
    client = FluxClient(process, args)
    item = client.named(KUSTOMIZATION, args.rest[0])
    process.line(f"Kustomization/{client.namespace}/{args.rest[0]}")
    for line in _branches(process, client, item, 0):
        process.line(line)
    return 0


def _branches(process: Process, client: FluxClient, item: Json, depth: int) -> list[str]:
    entries = ((item.get("status") or {}).get("inventory") or {}).get("entries") or []
    lines = []
    for place, one in enumerate(entries):
        namespace, name, _, word = one["id"].split("_", 3)
        last = place == len(entries) - 1
        told = "/".join(part for part in (word, namespace, name) if part)
        lines.append(f"{'└──' if last else '├──'} {told}")
        below = found(process.world, client.name, "kustomizations", namespace, name)
        if word == "Kustomization" and below is not None and depth < 5 and below is not item:
            indent = "    " if last else "│   "
            lines += [indent + line for line in _branches(process, client, below, depth + 1)]
    return lines


def trace(process: Process, args: Args) -> int:
    words = args.rest[0].split("/", 1) if len(args.rest) == 1 else args.rest
    if len(words) != 2:
        raise FluxError("either `<resource>/<name>` or `<resource> <name>` is required as an argument")
    client = FluxClient(process, args)
    kind = kinds.named(words[0])
    if kind is None:
        raise FluxError(f'the server doesn\'t have a resource type "{words[0]}"')
    live = client.cluster.get(kind, client.namespace, words[1])
    if live is None:
        raise FluxError(f'failed to find object: {kind.resource} "{words[1]}" not found')
    labels = live["metadata"].get("labels") or {}
    place = f"{kind.kind}/{words[1]}"
    if OWNER not in labels:
        raise FluxError(f"object not managed by Flux: {place}")
    item = found(process.world, client.name, "kustomizations", labels[OWNER_NAMESPACE], labels[OWNER])
    blocks = [[("Object", place), ("Namespace", client.namespace), ("Status", "Managed by Flux")]]
    if item is not None:
        blocks.append(_traced(item, KUSTOMIZATION))
        ref = (item.get("spec") or {}).get("sourceRef") or {}
        where = str(ref.get("namespace") or item["metadata"]["namespace"])
        source = found(process.world, client.name, GIT.plural, where, str(ref.get("name")))
        blocks += [_traced(source, GIT)] if source is not None else []
    told = ["\n".join(f"{name + ':':<15}{value}" for name, value in rows) for rows in blocks]
    process.line("\n---\n".join(told))
    return 0


def _traced(item: Json, sort: Sort) -> list[tuple[str, str]]:
    spec, (state, message) = item.get("spec") or {}, ready_of(item)
    conditions = (item.get("status") or {}).get("conditions") or [{}]
    rows = [(sort.kind, item["metadata"]["name"]), ("Namespace", item["metadata"]["namespace"])]
    if sort is KUSTOMIZATION:
        rows.append(("Path", str(spec.get("path", "./"))))
        rows.append(("Revision", str((item.get("status") or {}).get("lastAppliedRevision", ""))))
    else:
        rows += [("URL", str(spec.get("url"))), ("Branch", branch_of(item)), ("Revision", revision_of(item))]
    when = conditions[0].get("lastTransitionTime", "")
    done = f"Last reconciled at {when}" if state == "True" else f"Last reconciliation failed at {when}"
    return [*rows, ("Status", done), ("Message", message)]


# --- export, check, version ---------------------------------------------------------------


def export(process: Process, args: Args, sort: Sort) -> int:
    client = FluxClient(process, args)
    if args.has("--all"):
        items = client.listed(sort)
        if not items:
            raise FluxError(f"no objects found in {client.namespace} namespace")
    elif args.rest:
        items = [client.named(sort, args.rest[0])]
    else:
        raise FluxError("name is required")
    for item in items:
        meta = {
            key: item["metadata"][key] for key in ("labels", "name", "namespace") if key in item["metadata"]
        }
        plain = {"apiVersion": item["apiVersion"], "kind": item["kind"], "metadata": meta}
        process.out(f"---\n{go_dumped({**plain, 'spec': item.get('spec') or {}})}")
    return 0


_CONTROLLERS = "app.kubernetes.io/part-of"


def check(process: Process, args: Args) -> int:
    client = FluxClient(process, args)
    process.error("► checking prerequisites")
    process.error("✔ Kubernetes 1.32.4 >=1.32.0-0")
    if args.has("--pre"):
        process.error("✔ prerequisites checks passed")
        return 0
    running = [
        one
        for one in client.cluster.every("deployments", client.namespace)
        if ((one["metadata"].get("labels") or {}).get(_CONTROLLERS)) == "flux"
    ]
    if not running:
        process.error("simulator: the controllers of this cluster are no Deployments; they work all the same")
    good = True
    if running:
        process.error("► checking controllers")
    for one in running:
        state, name = one.get("status") or {}, one["metadata"]["name"]
        fine = state.get("readyReplicas", 0) >= int(one["spec"].get("replicas") or 0)
        good = good and fine
        process.error(f"✔ {name}: deployment ready" if fine else f"✗ {name}: deployment not ready")
        for container in one["spec"]["template"]["spec"].get("containers") or []:
            process.error(f"► {container.get('image')}")
    process.error("► checking crds")
    for kind in sorted(kinds.KINDS, key=lambda one: one.resource):
        if kind.group.endswith("toolkit.fluxcd.io"):
            process.error(f"✔ {kind.resource}/{kind.version}")
    if not good:
        raise FluxError("check failed")
    process.error("✔ all checks passed")
    return 0


def version(process: Process, args: Args) -> int:
    if args.has("--output"):
        return process.unsupported(f"flux version -o {args.value('--output')}")
    process.line(f"flux: {VERSION}")
    return 0


def _export(sort: Sort) -> Run:
    return lambda process, args: export(process, args, sort)


def _exported(path: str, sort: Sort, *aliases: str) -> Command:
    options = (*COMMON, Option(("--all",), help="all objects of the namespace"))
    told = f"export {sort.kind} resources in YAML format"
    return Command(f"flux export {path}", told, _export(sort), "[name]", options, aliases=aliases)


ROWS = (
    Command(
        "flux logs",
        "display formatted logs for Flux components",
        logs,
        options=(
            *COMMON,
            EVERYWHERE,
            Option(("--kind",), "KIND", "of objects of this kind"),
            Option(("--name",), "NAME", "of the object with this name"),
            Option(("--level",), "LEVEL", "debug, info or error"),
            Option(("--tail",), "N", "only the last lines"),
            Option(("--since",), "TIME", "only newer ones"),
            Option(("--flux-namespace",), "NAMESPACE", "where the controllers run"),
            Option(("--since-time",), "TIME", simulated=False),
            Option(("-f", "--follow"), simulated=False),
        ),
    ),
    Command(
        "flux events",
        "display Kubernetes events for Flux resources",
        events,
        options=(
            *COMMON,
            EVERYWHERE,
            Option(("--for",), "KIND/NAME", "of one object"),
            Option(("--types",), "TYPES", "Normal, Warning"),
            Option(("-w", "--watch"), simulated=False),
        ),
    ),
    Command(
        "flux tree",
        "print the resources reconciled by Flux",
        options=COMMON,
        subcommands=(
            Command(
                "flux tree kustomization",
                "print the resource inventory of a Kustomization",
                tree,
                "[name]",
                (
                    *COMMON,
                    Option(("--compact",), simulated=False),
                    Option(("-o", "--output"), "FORMAT", simulated=False),
                ),
                aliases=("ks",),
            ),
        ),
        absent=("artifact",),
    ),
    Command(
        "flux trace",
        "trace in-cluster objects throughout the GitOps delivery pipeline",
        trace,
        "<resource> <name>",
        (
            *COMMON,
            Option(("--kind",), "KIND", simulated=False),
            Option(("--api-version",), "VERSION", simulated=False),
        ),
    ),
    Command(
        "flux export",
        "export resources in YAML format",
        options=COMMON,
        subcommands=(
            _exported("kustomization", KUSTOMIZATION, "ks"),
            Command(
                "flux export source",
                "export sources",
                options=COMMON,
                subcommands=(_exported("source git", GIT),),
                absent=("helm", "oci", "bucket", "chart"),
            ),
            Command(
                "flux export image",
                "export image automation objects",
                options=COMMON,
                subcommands=(
                    _exported("image repository", REPOSITORY),
                    _exported("image policy", POLICY),
                    _exported("image update", UPDATE),
                ),
            ),
        ),
        absent=("helmrelease", "hr", "alert", "alert-provider", "receiver", "artifact"),
    ),
    Command(
        "flux check",
        "check requirements and installation",
        check,
        options=(
            *COMMON,
            Option(("--pre",), help="only the prerequisites"),
            Option(("--components",), "NAMES", simulated=False),
            Option(("--components-extra",), "NAMES", simulated=False),
        ),
    ),
    Command(
        "flux version",
        "print the client and server-side components version information",
        version,
        options=(*COMMON, Option(("--client",)), Option(("-o", "--output"), "FORMAT")),
    ),
)
