"""`flux build kustomization` and `flux diff kustomization`: a local folder against the cluster."""

import base64

from immutables import Map

from checkpoint.core.sim.commands.flux.base import COMMON, KUSTOMIZATION, FluxClient, FluxError, Json
from checkpoint.core.sim.commands.flux.differences import told
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.flux.building import built, finished, subject
from checkpoint.core.sim.parts.flux.decryption import is_encrypted
from checkpoint.core.sim.parts.flux.kustomizations import APPLIER
from checkpoint.core.sim.parts.flux.objects import Unready
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.defaults import defaulted
from checkpoint.core.sim.parts.kubernetes.ownership import kept_by_others, set_at
from checkpoint.core.sim.parts.kubernetes.schema import undeclared
from checkpoint.core.sim.parts.kustomize.source import FilesSource
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Command, Option
from checkpoint.core.sim.yaml_text import documents, go_dumped

_MASK = "**SOPS**"
_CHANGED = "identified at least one change, exiting with non-zero exit code"


def _kustomization(process: Process, client: FluxClient, args: Args, name: str) -> Json:
    """The Kustomization in the cluster, or the one that a file holds."""
    path = args.value("--kustomization-file")
    if not path:
        return client.named(KUSTOMIZATION, name)
    if not process.files.is_file(process.path(path)):
        raise FluxError(f'invalid kustomization file "{path}"')
    for one in documents(process.read(path)):
        if isinstance(one, dict) and one.get("kind") == "Kustomization" and one["metadata"]["name"] == name:
            one["metadata"].setdefault("namespace", client.namespace)
            return one
    raise FluxError(f"failed find kustomization with name '{name}' in file '{path}'")


def _objects(process: Process, item: Json, folder: str) -> list[Json]:
    """What the folder builds to, with encrypted values hidden. Raises FluxError."""
    at = process.path(folder).rstrip("/")
    files = [path for path, _ in process.files.walk(at) if path.endswith((".yaml", ".yml"))]
    try:
        objects = built(FilesSource(process.files), at, sorted(files))
        hidden = [_masked(one) if is_encrypted(one) else one for one in objects]
        return list(finished(item, hidden, None).items)
    except Unready as error:
        raise FluxError(error.message, 2) from None


def _masked(item: Json) -> Json:
    """An encrypted Secret as the command line shows it: it has no key, and needs none."""
    made = {key: value for key, value in item.items() if key != "sops"}
    for field, value in (("data", base64.b64encode(_MASK.encode()).decode()), ("stringData", _MASK)):
        if isinstance(made.get(field), dict):
            made[field] = dict.fromkeys(made[field], value)
    return made


def _folder(process: Process, args: Args) -> str:
    path = args.value("--path")
    if not path or not process.files.is_folder(process.path(path)):
        raise FluxError(f'invalid resource path "{path}"', 2)
    return path


def build(process: Process, args: Args) -> int:
    if not args.rest:
        raise FluxError("kustomization name is required")
    folder = _folder(process, args)
    client = FluxClient(process, args)
    item = _kustomization(process, client, args, args.rest[0])
    for one in _objects(process, item, folder):
        process.out(f"---\n{go_dumped(one)}")
    return 0


def diff(process: Process, args: Args) -> int:
    """Exit code 0 without a difference, 1 with one, 2 for an error."""
    if not args.rest:
        raise FluxError("kustomization name is required")
    folder = _folder(process, args)
    client = FluxClient(process, args)
    item = _kustomization(process, client, args, args.rest[0])
    changed = False
    entries = set()
    for one in _objects(process, item, folder):
        kind = kinds.of(one)
        if kind is None:
            version = one.get("apiVersion")
            raise FluxError(
                f'{subject(one)}: no matches for kind "{one.get("kind")}" in version "{version}"', 2
            )
        if place := undeclared(one):
            raise FluxError(f"{subject(one)} dry-run failed: {place}", 2)
        namespace = str(one["metadata"].get("namespace") or "") if kind.namespaced else ""
        entries.add(f"{namespace}_{one['metadata']['name']}_{kind.group}_{kind.kind}")
        changed |= _compared(process, client, one, namespace)
    changed |= _deleted(process, item, entries)
    if changed:
        raise FluxError(_CHANGED)
    return 0


def _compared(process: Process, client: FluxClient, item: Json, namespace: str) -> bool:
    kind = kinds.of(item)
    if kind is None:
        return False
    name = str(item["metadata"]["name"])
    live = client.cluster.get(kind, namespace, name)
    if live is None:
        process.line(f"► {subject(item)} created")
        return True
    notes = live["metadata"].get("annotations") or {}
    if notes.get("kustomize.toolkit.fluxcd.io/reconcile") == "disabled":
        return False
    merged = _merged(client, item, live, (kind.resource, namespace, name))
    if kind.kind == "Secret":
        live, merged = _secret(live, merged)
    if merged == live:
        return False
    if merged.get("spec") != live.get("spec") and "generation" in live["metadata"]:
        merged["metadata"]["generation"] = live["metadata"]["generation"] + 1
    process.line(f"► {subject(item)} drifted\n")
    for block in told(live, merged):
        process.line(block)
    return True


def _merged(client: FluxClient, item: Json, live: Json, key: tuple[str, str, str]) -> Json:
    """What the cluster would hold after the controller had applied the object."""
    made = copied(item)
    for path, value in kept_by_others(client.cluster.owners.get(key, Map()), live, made, APPLIER):
        set_at(made, path, copied(value))
    made = defaulted(made)
    meta = made["metadata"]
    for name in ("uid", "creationTimestamp", "resourceVersion", "generation", "namespace"):
        if name in live["metadata"]:
            meta[name] = live["metadata"][name]
    for name in ("status", "spec"):
        if name in live and name not in made:
            made[name] = live[name]
    if made.get("kind") == "Service":
        for name in ("clusterIP", "clusterIPs"):
            if name in (live.get("spec") or {}):
                made["spec"].setdefault(name, live["spec"][name])
    return made


def _secret(live: Json, merged: Json) -> tuple[Json, Json]:
    """Secrets with their values hidden: what is encrypted is compared by its keys only."""
    old, new = dict(live.get("data") or {}), dict(merged.get("data") or {})
    mask = base64.b64encode(_MASK.encode()).decode()
    hidden: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for key in {*old, *new}:
        same = key in old and key in new and (old[key] == new[key] or new[key] == mask)
        if key in old:
            hidden[0][key] = "***" if same else "*** (before)"
        if key in new:
            hidden[1][key] = "***" if same else "*** (after)"
    return {**live, "data": hidden[0]}, {**merged, "data": hidden[1]}


def _deleted(process: Process, item: Json, entries: set[str]) -> bool:
    if not (item.get("spec") or {}).get("prune"):
        return False
    before = ((item.get("status") or {}).get("inventory") or {}).get("entries") or []
    gone = sorted({one["id"] for one in before} - entries)
    for one in gone:
        namespace, name, _, word = one.split("_", 3)
        process.line("► " + "/".join(part for part in (word, namespace, name) if part) + " deleted")
    return bool(gone)


_OPTIONS = (
    *COMMON,
    Option(("--path",), "DIR", "a local folder that matches the Kustomization's path"),
    Option(("--kustomization-file",), "FILE", "the Kustomization's own YAML"),
    Option(("--progress-bar",), "BOOL", optional=True),
    Option(("--ignore-paths",), "PATTERNS", simulated=False),
    Option(("--recursive",), simulated=False),
    Option(("--local-sources",), "PAIRS", simulated=False),
    Option(("--strict-substitute",), simulated=False),
    Option(("--dry-run",), simulated=False),
)


def _verb(verb: str, help: str, run: object) -> Command:
    row = Command(
        f"flux {verb} kustomization",
        f"{help} Kustomization",
        run,  # type: ignore[arg-type]
        "[name]",
        _OPTIONS,
        aliases=("ks",),
    )
    return Command(f"flux {verb}", help, options=_OPTIONS, subcommands=(row,), absent=("artifact",))


BUILD = _verb("build", "build a flux resource", build)
DIFF = _verb("diff", "diff a flux resource", diff)
