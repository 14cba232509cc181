"""`flux get`: tables of Flux's objects and their status."""

from checkpoint.core.sim.commands.flux.base import (
    COMMON,
    EVERYWHERE,
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
    short,
    table,
)
from checkpoint.core.sim.commands.kubectl.selecting import selected
from checkpoint.core.sim.parts.flux.sources import revision_of
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option, Run

_HEADS = {
    POLICY: ["NAME", "IMAGE", "TAG", "READY", "MESSAGE"],
    REPOSITORY: ["NAME", "LAST SCAN", "SUSPENDED", "READY", "MESSAGE"],
    UPDATE: ["NAME", "LAST RUN", "SUSPENDED", "READY", "MESSAGE"],
}


def _row(item: Json, sort: Sort) -> list[str]:
    ready, message = ready_of(item)
    status, name = item.get("status") or {}, item["metadata"]["name"]
    suspended = str(bool((item.get("spec") or {}).get("suspend")))
    if sort is POLICY:
        latest = status.get("latestRef") or {}
        return [name, str(latest.get("name", "")), str(latest.get("tag", "")), ready, message]
    if sort is REPOSITORY:
        scan = status.get("lastScanResult") or {}
        return [name, str(scan.get("scanTime", "")), suspended, ready, message]
    if sort is UPDATE:
        return [name, str(status.get("lastAutomationRunTime", "")), suspended, ready, message]
    revision = revision_of(item) if sort is GIT else str(status.get("lastAppliedRevision", ""))
    return [name, short(revision), suspended, ready, short(message)]


def get(process: Process, args: Args, sort: Sort, *, among: bool = False) -> int:
    """One kind's table; `among` others it says its kind, and nothing at all where there are none."""
    client = FluxClient(process, args)
    everywhere = args.has("--all-namespaces")
    items = client.listed(sort, everywhere=everywhere)
    if args.rest:
        items = [one for one in items if one["metadata"]["name"] == args.rest[0]]
    items = [one for one in items if selected(one, args.value("--label-selector"))]
    where = "any" if everywhere else f'"{client.namespace}"'
    if not items:
        if args.rest:
            raise FluxError(f"{sort.kind} object '{args.rest[0]}' not found in {where} namespace")
        if among:
            return 0
        raise FluxError(f"no {sort.kind} objects found in {where} namespace")
    heads = _HEADS.get(sort, ["NAME", "REVISION", "SUSPENDED", "READY", "MESSAGE"])
    rows = []
    for one in items:
        if not _matches(one, args.value("--status-selector")):
            continue
        row = _row(one, sort)
        if among:
            row[0] = f"{sort.kind.lower()}/{row[0]}"
        rows.append([one["metadata"]["namespace"], *row] if everywhere else row)
    heads = ["NAMESPACE", *heads] if everywhere else heads
    table(process, [] if args.has("--no-header") else heads, rows)
    if among:
        process.line()
    return 0


def _matches(item: Json, selector: str) -> bool:
    if not selector:
        return True
    kind, equals, value = selector.partition("=")
    if not equals:
        raise FluxError(f"expected status selector in type=status format, but found: {selector}")
    conditions = (item.get("status") or {}).get("conditions") or []
    return any(
        str(one.get("type")).lower() == kind.lower() and str(one.get("status")).lower() == value.lower()
        for one in conditions
    )


def _several(*sorts: Sort) -> Run:
    def run(process: Process, args: Args) -> int:
        for sort in sorts:
            get(process, args, sort, among=True)
        return 0

    return run


def _one(sort: Sort) -> Run:
    return lambda process, args: get(process, args, sort)


OPTIONS = (
    *COMMON,
    EVERYWHERE,
    Option(("--no-header",), help="print no header"),
    Option(("--status-selector",), "TYPE=STATUS", "only objects with this condition, e.g. ready=false"),
    Option(("-l", "--label-selector"), "LABELS", "only objects with these labels"),
    Option(("-w", "--watch"), help="watch for changes", simulated=False),
)


def _row_of(path: str, help: str, run: Run, *aliases: str) -> Command:
    return Command(f"flux get {path}", help, run, "[name]", OPTIONS, aliases=aliases)


GET = Command(
    "flux get",
    "get the resources and their status",
    options=OPTIONS,
    subcommands=(
        _row_of("kustomizations", "get Kustomization statuses", _one(KUSTOMIZATION), "kustomization", "ks"),
        Command(
            "flux get sources",
            "get source statuses",
            options=OPTIONS,
            subcommands=(
                _row_of("sources git", "get GitRepository source statuses", _one(GIT)),
                _row_of("sources all", "get all source statuses", _several(GIT)),
            ),
            aliases=("source",),
            absent=("helm", "oci", "bucket", "chart", "external"),
        ),
        Command(
            "flux get images",
            "get image automation object status",
            options=OPTIONS,
            subcommands=(
                _row_of("images policy", "get ImagePolicy status", _one(POLICY)),
                _row_of("images repository", "get ImageRepository status", _one(REPOSITORY)),
                _row_of("images update", "get ImageUpdateAutomation status", _one(UPDATE)),
                _row_of("images all", "get all image statuses", _several(REPOSITORY, POLICY, UPDATE)),
            ),
            aliases=("image",),
        ),
        _row_of(
            "all",
            "get all resources and statuses",
            _several(GIT, REPOSITORY, POLICY, UPDATE, KUSTOMIZATION),
        ),
    ),
    absent=(
        *("helmreleases", "helmrelease", "hr", "alerts", "alert", "alert-providers"),
        *("receivers", "receiver", "artifacts"),
    ),
)
