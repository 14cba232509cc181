"""`flux reconcile`, `suspend` and `resume`."""

from collections.abc import Callable

from checkpoint.core.sim.commands.flux.base import (
    COMMON,
    GIT,
    KUSTOMIZATION,
    POLICY,
    REPOSITORY,
    UPDATE,
    FluxClient,
    FluxError,
    Json,
    Sort,
    ready_of,
)
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.flux import objects
from checkpoint.core.sim.parts.flux.events import Suspended
from checkpoint.core.sim.parts.flux.intervals import reconciled
from checkpoint.core.sim.parts.flux.objects import ODD
from checkpoint.core.sim.parts.flux.sources import revision_of
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run

_REASON = "suspend.toolkit.fluxcd.io/reason"


def _name(args: Args, called: str) -> str:
    if not args.rest:
        raise FluxError(f"{called} name is required")
    return args.rest[0]


def _annotated(process: Process, client: FluxClient, sort: Sort, name: str) -> None:
    """Ask for a reconciliation, as the command line does: through an annotation."""
    client.may_patch(sort, name)
    process.error(f"► annotating {sort.kind} {name} in {client.namespace} namespace")
    process.error(f"✔ {sort.kind} annotated")
    process.error(f"◎ waiting for {sort.kind} reconciliation")


def _run(process: Process, client: FluxClient, sort: Sort, name: str) -> Json:
    """Let the controller look at an object now; the object after that. Raises FluxError."""
    item = client.named(sort, name)
    try:
        process.world, events = reconciled(process.world, client.name, sort.plural, item, "learner")
    except ODD:
        raise FluxError(f"{sort.kind} reconciliation failed: 'a field holds another type'") from None
    process.events += events
    item = objects.found(process.world, client.name, sort.plural, client.namespace, name)
    ready, message = ready_of(item)
    if ready != "True":
        raise FluxError(f"{sort.kind} reconciliation failed: '{message}'")
    return item


def _success(item: Json, sort: Sort) -> str:
    status = item.get("status") or {}
    if sort is KUSTOMIZATION:
        return f"applied revision {status.get('lastAppliedRevision')}"
    if sort is GIT:
        return f"fetched revision {revision_of(item)}"
    if sort is REPOSITORY:
        return f"scan fetched {(status.get('lastScanResult') or {}).get('tagCount', 0)} tags"
    if sort is POLICY:
        latest = status.get("latestRef") or {}
        digest = f"@{latest['digest']}" if latest.get("digest") else ""
        return f"selected ref {latest.get('name')}:{latest.get('tag')}{digest}"
    return ready_of(item)[1]


def reconcile(process: Process, args: Args, sort: Sort) -> int:
    client = FluxClient(process, args)
    name = _name(args, sort.kind)
    item = client.named(sort, name)
    if (item.get("spec") or {}).get("suspend"):
        raise FluxError("resource is suspended")
    if args.has("--with-source"):
        _source_first(process, client, item)
    _annotated(process, client, sort, name)
    process.error(f"✔ {_success(_run(process, client, sort, name), sort)}")
    return 0


def _source_first(process: Process, client: FluxClient, item: Json) -> None:
    place = (item.get("spec") or {}).get("sourceRef") or {}
    own, name = client.namespace, str(place.get("name"))
    client.namespace = str(place.get("namespace") or own)
    source = client.named(GIT, name)
    if (source.get("spec") or {}).get("suspend"):
        raise FluxError("resource is suspended")
    _annotated(process, client, GIT, name)
    process.error(f"✔ {_success(_run(process, client, GIT, name), GIT)}")
    client.namespace = own


# --- suspend and resume -----------------------------------------------------------------


def _meant(process: Process, client: FluxClient, args: Args, sort: Sort) -> tuple[list[Json], int]:
    """The objects that are named, or all of them, and an exit code for those that aren't there."""
    there = client.listed(sort)
    if args.has("--all"):
        return there, 0
    _name(args, sort.human)
    names = {one["metadata"]["name"]: one for one in there}
    code = 0
    for name in dict.fromkeys(args.rest):
        if name not in names:
            process.error(f"✗ {sort.kind} {name} not found in {client.namespace} namespace")
            code = 1
    return [names[name] for name in dict.fromkeys(args.rest) if name in names], code


def _switched(process: Process, client: FluxClient, item: Json, sort: Sort, reason: str | None) -> None:
    """Suspended for a `reason`, which may be empty; resumed without one."""
    made = copied(item)
    made["spec"] = {key: value for key, value in made["spec"].items() if key != "suspend"}
    notes = dict(made["metadata"].get("annotations") or {})
    notes.pop(_REASON, None)
    if reason is not None:
        made["spec"]["suspend"] = True
        if reason:
            notes[_REASON] = reason
    if notes or made["metadata"].get("annotations"):
        made["metadata"]["annotations"] = notes
    name, word = item["metadata"]["name"], "resuming" if reason is None else "suspending"
    process.error(f"► {word} {sort.human} {name} in {client.namespace} namespace")
    client.patched(made)
    process.error(f"✔ {sort.human} {'resumed' if reason is None else 'suspended'}")
    process.happened(Suspended(client.name, f"{sort.human}/{name}", reason is not None))


def suspend(process: Process, args: Args, sort: Sort) -> int:
    client = FluxClient(process, args)
    items, code = _meant(process, client, args, sort)
    for item in items:
        _switched(process, client, item, sort, args.value("--reason"))
    return code


def resume(process: Process, args: Args, sort: Sort) -> int:
    client = FluxClient(process, args)
    items, code = _meant(process, client, args, sort)
    for item in items:
        _switched(process, client, item, sort, None)
    waits = len(args.rest) == 1 or args.has("--wait")
    for _ in items if waits else ():
        process.error(f"◎ waiting for {sort.kind} reconciliation")
    for item in items:
        name = item["metadata"]["name"]
        if waits:
            done = _run(process, client, sort, name)
            process.error(f"✔ {sort.kind} {name} reconciliation completed")
            process.error(f"✔ {_success(done, sort)}")
    return code


# --- the table ----------------------------------------------------------------------------

_RECONCILE = (
    *COMMON,
    Option(("--with-source",), help="reconcile the source first"),
    Option(("--force",), simulated=False),
    Option(("--reset",), simulated=False),
)
_SWITCH = (
    *COMMON,
    Option(("--all",), help="all resources in that namespace"),
    Option(("--wait",), help="wait for each to reconcile"),
    Option(("-r", "--reason"), "TEXT", "why it is suspended"),
)


Act = Callable[[Process, Args, Sort], int]


def _for(act: Act, sort: Sort) -> Run:
    return lambda process, args: act(process, args, sort)


def _verb(verb: str, help: str, act: Act, options: tuple[Option, ...], lacks: tuple[str, ...]) -> Command:
    """The verbs take the same objects."""

    def row(path: str, sort: Sort, *aliases: str) -> Command:
        told = f"{verb} a {sort.kind}"
        return Command(f"flux {verb} {path}", told, _for(act, sort), "[name]", options, aliases=aliases)

    return Command(
        f"flux {verb}",
        help,
        options=options,
        subcommands=(
            row("kustomization", KUSTOMIZATION, "ks"),
            Command(
                f"flux {verb} source",
                f"{verb} sources",
                options=options,
                subcommands=(row("source git", GIT),),
                absent=("helm", "oci", "bucket", "chart"),
            ),
            Command(
                f"flux {verb} image",
                f"{verb} image automation objects",
                options=options,
                subcommands=(
                    row("image repository", REPOSITORY),
                    row("image policy", POLICY),
                    row("image update", UPDATE),
                ),
            ),
        ),
        absent=lacks,
    )


_LACKS = ("helmrelease", "hr", "alert", "alert-provider", "receiver", "artifact")
RECONCILE = _verb("reconcile", "reconcile sources and resources", reconcile, _RECONCILE, _LACKS)
SUSPEND = _verb("suspend", "suspend resources", suspend, _SWITCH, _LACKS)
RESUME = _verb("resume", "resume suspended resources", resume, _SWITCH, _LACKS)
