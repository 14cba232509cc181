"""flux, as version 2 documents itself: get, reconcile, suspend, resume, version."""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from checkpoint.core.sim.commands.kubectl.client import Client
from checkpoint.core.sim.commands.kubectl.printing import ready_of
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.flux import controllers
from checkpoint.core.sim.parts.flux.controllers import Flux, apply, fetch, revision_of
from checkpoint.core.sim.parts.flux.events import Suspended
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.styles import Cobra
from checkpoint.core.sim.table import Args, Command, Option, find, parsed

Json = Any
_STYLE = Cobra(prefix="✗ ", hint="")
NAMESPACE = "flux-system"


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of Flux object: its resource, what it is called in messages, and the short name of its type."""

    plural: str
    kind: str
    human: str


KUSTOMIZATION = Sort("kustomizations", "Kustomization", "kustomization")
GIT = Sort("gitrepositories", "GitRepository", "source git")
POLICY = Sort("imagepolicies", "ImagePolicy", "image policy")
REPOSITORY = Sort("imagerepositories", "ImageRepository", "image repository")
UPDATE = Sort("imageupdateautomations", "ImageUpdateAutomation", "image update")


class FluxError(Told):
    def __init__(self, message: str) -> None:
        super().__init__(f"✗ {message}")


def _client(process: Process, args: Args) -> Client:
    client = Client(process, args)
    client.namespace = args.value("--namespace") or NAMESPACE
    client.manager = "flux"
    return client


def _table(process: Process, heads: list[str], rows: list[list[str]]) -> None:
    """Cells padded to their column, a tab behind each."""
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    for row in [heads, *rows]:
        process.line("".join(f"{cell.ljust(width)}\t" for cell, width in zip(row, widths, strict=True)))


def short(text: str) -> str:
    """Hashes of revisions cut to eight characters."""
    start, mark, rest = text.partition("sha1:")
    if not mark:
        return text
    size = 0
    while size < len(rest) and rest[size] in "0123456789abcdef":
        size += 1
    return start + mark + rest[: min(8, size)] + short(rest[size:])


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


_HEADS = {
    POLICY: ["NAME", "IMAGE", "TAG", "READY", "MESSAGE"],
    REPOSITORY: ["NAME", "LAST SCAN", "SUSPENDED", "READY", "MESSAGE"],
    UPDATE: ["NAME", "LAST RUN", "SUSPENDED", "READY", "MESSAGE"],
}


def _get(process: Process, args: Args, sort: Sort, *, quiet: bool = False) -> int:
    client = _client(process, args)
    kind = kinds.named(sort.plural)
    everywhere = args.has("--all-namespaces")
    items = client.each(kind, "" if everywhere else client.namespace) if kind else []
    if args.rest:
        items = [one for one in items if one["metadata"]["name"] == args.rest[0]]
    if not items:
        if quiet:
            return 0
        if args.rest:
            raise FluxError(
                f"{sort.kind} object '{args.rest[0]}' not found in \"{client.namespace}\" namespace"
            )
        where = "any namespace" if everywhere else f'"{client.namespace}" namespace'
        raise FluxError(f"no {sort.kind} objects found in {where}")
    heads = _HEADS.get(sort, ["NAME", "REVISION", "SUSPENDED", "READY", "MESSAGE"])
    rows = [_row(one, sort) for one in items]
    if everywhere:
        heads = ["NAMESPACE", *heads]
        rows = [[one["metadata"]["namespace"], *row] for one, row in zip(items, rows, strict=True)]
    _table(process, heads, rows)
    return 0


def _named(client: Client, sort: Sort, name: str) -> Json:
    kind = kinds.named(sort.plural)
    return client.get(kind, name, client.namespace) if kind else None


def _one_name(args: Args, sort: Sort) -> str:
    if len(args.rest) != 1:
        raise FluxError(f"{sort.kind} name is required")
    return args.rest[0]


def _annotated(process: Process, client: Client, sort: Sort, name: str, item: Json) -> None:
    """Ask for a reconciliation, as the command line does: through an annotation."""
    if (item.get("spec") or {}).get("suspend"):
        raise FluxError("resource is suspended")
    kind = kinds.named(sort.plural)
    if kind is not None:
        client.check("patch", kind, client.namespace, name)
    process.error(f"► annotating {sort.kind} {name} in {client.namespace} namespace")
    process.error(f"✔ {sort.kind} annotated")
    process.error(f"◎ waiting for {sort.kind} reconciliation")


def _fetched(process: Process, client: Client, namespace: str, name: str) -> None:
    process.world, revision = fetch(process.world, client.name, namespace, name)
    item = controllers.found(process.world, client.name, "gitrepositories", namespace, name)
    ready, message = ready_of(item)
    if ready != "True":
        raise FluxError(f"GitRepository reconciliation failed: '{message}'")
    process.error(f"✔ fetched revision {revision}")


def _applied(process: Process, client: Client, name: str) -> str:
    process.world, events = apply(process.world, client.name, client.namespace, name, "learner")
    process.events += events
    key = (client.name, "kustomizations", client.namespace, name)
    flux = process.world.part(Flux)
    process.world = process.world.having(replace(flux, runs=flux.runs.set(key, process.clock)))
    item = controllers.found(process.world, client.name, "kustomizations", client.namespace, name)
    ready, message = ready_of(item)
    if ready != "True":
        raise FluxError(f"Kustomization reconciliation failed: '{message}'")
    return str(item["status"]["lastAppliedRevision"])


def reconcile_kustomization(process: Process, args: Args) -> int:
    client = _client(process, args)
    name = _one_name(args, KUSTOMIZATION)
    item = _named(client, KUSTOMIZATION, name)
    if (item.get("spec") or {}).get("suspend"):
        raise FluxError("resource is suspended")
    if args.has("--with-source"):
        place = item["spec"].get("sourceRef") or {}
        own, client.namespace = client.namespace, str(place.get("namespace") or client.namespace)
        source = _named(client, GIT, str(place.get("name")))
        _annotated(process, client, GIT, str(place.get("name")), source)
        _fetched(process, client, client.namespace, str(place.get("name")))
        client.namespace = own
    _annotated(process, client, KUSTOMIZATION, name, item)
    process.error(f"✔ applied revision {_applied(process, client, name)}")
    return 0


def reconcile_git(process: Process, args: Args) -> int:
    client = _client(process, args)
    name = _one_name(args, GIT)
    _annotated(process, client, GIT, name, _named(client, GIT, name))
    _fetched(process, client, client.namespace, name)
    return 0


def _switched(process: Process, args: Args, sort: Sort, *, suspend: bool) -> tuple[Client, str]:
    client = _client(process, args)
    name = _one_name(args, sort)
    made = deepcopy(_named(client, sort, name))
    made["spec"] = {key: value for key, value in made["spec"].items() if key != "suspend"}
    if suspend:
        made["spec"]["suspend"] = True
    word = "suspending" if suspend else "resuming"
    process.error(f"► {word} {sort.human} {name} in {client.namespace} namespace")
    client.write(made, "patch", "flux")
    process.error(f"✔ {sort.human} {'suspended' if suspend else 'resumed'}")
    process.happened(Suspended(client.name, f"{sort.human}/{name}", suspend))
    return client, name


def _suspend(process: Process, args: Args, sort: Sort) -> int:
    _switched(process, args, sort, suspend=True)
    return 0


def _resume(process: Process, args: Args, sort: Sort) -> int:
    client, name = _switched(process, args, sort, suspend=False)
    process.error(f"◎ waiting for {sort.kind} reconciliation")
    if sort is KUSTOMIZATION:
        revision = _applied(process, client, name)
        process.error(f"✔ {sort.kind} {name} reconciliation completed\n✔ applied revision {revision}")
    elif sort is GIT:
        process.error(f"✔ {sort.kind} {name} reconciliation completed")
        _fetched(process, client, client.namespace, name)
    else:
        process.error(f"✔ {sort.kind} {name} reconciliation completed")
    return 0


def version(process: Process, args: Args) -> int:
    process.line("flux: v2.7.3")
    return 0


def get_all(process: Process, args: Args) -> int:
    for sort in (GIT, REPOSITORY, POLICY, UPDATE, KUSTOMIZATION):
        before = len(process.chunks)
        _get(process, args, sort, quiet=True)
        if len(process.chunks) > before:
            process.line()
    return 0


_OPTIONS = (
    Option(("-n", "--namespace"), "NAMESPACE", "the namespace of the objects"),
    Option(("--context",), "NAME", "the context to use"),
    Option(("--kubeconfig",), "FILE", "the kubeconfig to use"),
    Option(("--timeout",), "TIME"),
    Option(("-A", "--all-namespaces"), help="the objects of all namespaces"),
    Option(("--with-source",), help="fetch the source first"),
    Option(("--verbose",)),
    Option(("--force",), simulated=False),
    Option(("-w", "--watch"), simulated=False),
    Option(("--all",), simulated=False),
    Option(("--wait",)),
)


def _command(path: str, help: str, run: Any, *aliases: str) -> Command:
    return Command(f"flux {path}", help, run, "[name]", _OPTIONS, aliases=aliases)


def _shown(sort: Sort) -> Any:
    return lambda process, args: _get(process, args, sort)


def _off(sort: Sort) -> Any:
    return lambda process, args: _suspend(process, args, sort)


def _on(sort: Sort) -> Any:
    return lambda process, args: _resume(process, args, sort)


def _verbs(verb: str, help: str, make: Any) -> Command:
    """`suspend` and `resume`, which take the same objects."""
    image = ("repository", REPOSITORY), ("update", UPDATE)
    return Command(
        f"flux {verb}",
        help,
        options=_OPTIONS,
        subcommands=(
            _command(f"{verb} kustomization", f"{verb} a Kustomization", make(KUSTOMIZATION), "ks"),
            Command(
                f"flux {verb} source",
                f"{verb} sources",
                options=_OPTIONS,
                subcommands=(_command(f"{verb} source git", f"{verb} a GitRepository", make(GIT)),),
                absent=("helm", "oci", "bucket", "chart"),
            ),
            Command(
                f"flux {verb} image",
                f"{verb} image automation",
                options=_OPTIONS,
                subcommands=tuple(
                    _command(f"{verb} image {name}", f"{verb} an {sort.kind}", make(sort))
                    for name, sort in image
                ),
            ),
        ),
        absent=("helmrelease", "hr", "alert", "receiver"),
    )


def flux(process: Process, args: Args) -> int:
    """Options in front of the subcommand count for it as well."""
    words, front = list(args.rest), []
    while words and words[0].startswith("-"):
        word = words.pop(0)
        front.append(word)
        option = next((one for one in _OPTIONS if word in one.names), None)
        if option is not None and option.value and words:
            front.append(words.pop(0))
    if not words:
        for one in ROWS[0].subcommands:
            process.line(f"  {one.name:<12}{one.help}")
        return 0
    command, _, rest = find({"flux": ROWS[0]}, ("flux", *words))
    if command.run is None or command is ROWS[0]:
        typed = rest[0] if rest else ""
        if not typed or typed in command.absent:
            return process.unsupported(f"{command.path} {typed}".rstrip())
        raise _STYLE.unknown_subcommand(command, typed)
    return command.run(process, parsed(command, [*front, *rest], _STYLE))


ROWS = (
    Command(
        "flux",
        "work with Flux",
        flux,
        subcommands=(
            Command(
                "flux get",
                "get the objects and their status",
                options=_OPTIONS,
                subcommands=(
                    _command(
                        "get kustomizations",
                        "get Kustomizations",
                        _shown(KUSTOMIZATION),
                        "kustomization",
                        "ks",
                    ),
                    Command(
                        "flux get sources",
                        "get sources",
                        options=_OPTIONS,
                        subcommands=(_command("get sources git", "get GitRepositories", _shown(GIT)),),
                        aliases=("source",),
                        absent=("helm", "oci", "bucket", "chart", "all"),
                    ),
                    Command(
                        "flux get images",
                        "get image automation",
                        options=_OPTIONS,
                        subcommands=(
                            _command("get images policy", "get ImagePolicies", _shown(POLICY)),
                            _command("get images repository", "get ImageRepositories", _shown(REPOSITORY)),
                            _command("get images update", "get ImageUpdateAutomations", _shown(UPDATE)),
                            _command("get images all", "get all of them", get_all),
                        ),
                        aliases=("image",),
                    ),
                    _command("get all", "get everything", get_all),
                ),
                absent=("helmreleases", "hr", "alerts", "receivers", "artifacts"),
            ),
            Command(
                "flux reconcile",
                "reconcile an object now",
                options=_OPTIONS,
                subcommands=(
                    _command(
                        "reconcile kustomization", "reconcile a Kustomization", reconcile_kustomization, "ks"
                    ),
                    Command(
                        "flux reconcile source",
                        "reconcile sources",
                        options=_OPTIONS,
                        subcommands=(
                            _command("reconcile source git", "reconcile a GitRepository", reconcile_git),
                        ),
                        absent=("helm", "oci", "bucket", "chart"),
                    ),
                ),
                absent=("image", "helmrelease", "hr", "receiver"),
            ),
            _verbs("suspend", "suspend an object", _off),
            _verbs("resume", "resume an object", _on),
            _command("version", "print the version", version),
        ),
        absent=(
            *("bootstrap", "build", "check", "completion", "create", "debug", "delete", "diff", "envsubst"),
            *("events", "export", "install", "list", "logs", "pull", "push", "stats", "tag", "trace", "tree"),
            "uninstall",
        ),
        raw=True,
        style=_STYLE,
    ),
)
