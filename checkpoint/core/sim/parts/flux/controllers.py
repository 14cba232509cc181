"""The source and kustomize controllers: fetch a revision, build it, apply it, prune what left it."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.actors import ACTORS, Due
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.files import decoded
from checkpoint.core.sim.parts.flux import images
from checkpoint.core.sim.parts.flux.events import Reconciled
from checkpoint.core.sim.parts.git.history import files_at
from checkpoint.core.sim.parts.git.hosting import Server, project_of
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Clusters, stamp
from checkpoint.core.sim.parts.kubernetes.controllers import settle
from checkpoint.core.sim.parts.kubernetes.events import ClusterWritten
from checkpoint.core.sim.parts.kubernetes.ownership import kept_by_others, set_at
from checkpoint.core.sim.parts.kustomize.build import NAMES, Build, listed
from checkpoint.core.sim.parts.kustomize.source import BuildError, TreeSource, joined
from checkpoint.core.sim.parts.kustomize.transforming import set_namespace
from checkpoint.core.sim.world import World
from checkpoint.core.sim.yaml_text import BadYaml, documents

Json = Any
APPLIER = "kustomize-controller"
SLUG = "gitops-reconciliation"
ACTOR = "flux"
TICK = 60
"""Seconds between two looks at what is due."""
_OWNER = "kustomize.toolkit.fluxcd.io/name"
_OWNER_NAMESPACE = "kustomize.toolkit.fluxcd.io/namespace"
_RECONCILE, _PRUNE, _SSA = (f"kustomize.toolkit.fluxcd.io/{one}" for one in ("reconcile", "prune", "ssa"))

Decrypt = Callable[[World, Cluster, Json, Json], Json]
"""(world, cluster, Kustomization, encrypted object) -> the object in clear; raises SimError."""


def _no_key(world: World, cluster: Cluster, kustomization: Json, item: Json) -> Json:
    name = item["metadata"].get("name")
    raise SimError(
        f"Secret/{name} is SOPS encrypted, configuring decryption is required for this "
        "secret to be reconciled"
    )


DECRYPTION: dict[str, Decrypt] = {"sops": _no_key}
"""By the provider that a Kustomization names; the room of the secrets puts the real one here."""


@dataclass(frozen=True, slots=True)
class Flux:
    """`heads`: what stands at a source's branch where no git server of this world has the repository.

    `runs`: when something was last reconciled, by (cluster, kind, namespace, name).
    """

    heads: Map[str, str] = Map()
    runs: Map[tuple[str, str, str, str], int] = Map()


def cluster_of(world: World, name: str) -> Cluster:
    return world.part(Clusters).clusters[name]


def found(world: World, cluster: str, word: str, namespace: str, name: str) -> Json:
    """A Flux object or None."""
    kind = kinds.named(word)
    return cluster_of(world, cluster).get(kind, namespace, name) if kind else None


def ready(item: Json, value: bool, reason: str, message: str, clock: int, **status: Json) -> Json:
    """The object with this outcome."""
    made = deepcopy(item)
    condition = {
        "type": "Ready",
        "status": "True" if value else "False",
        "reason": reason,
        "message": message,
        "lastTransitionTime": stamp(clock),
    }
    made["status"] = {**(made.get("status") or {}), "conditions": [condition], **status}
    return made


def revision_of(source: Json) -> str:
    """`main@sha1:…` of what a source has fetched, or nothing."""
    status = source.get("status") or {}
    text = str((status.get("artifact") or {}).get("revision") or "")
    if text:
        return text
    for one in status.get("conditions") or []:
        _, quote, rest = str(one.get("message", "")).partition("revision '")
        if quote:
            return rest.rstrip("'")
    return ""


def _hold(world: World, cluster: Cluster) -> World:
    return world.having(world.part(Clusters).having(cluster))


def _server(world: World) -> Server:
    return Server(lambda: world, lambda changed: None)


def fetch(world: World, cluster: str, namespace: str, name: str) -> tuple[World, str]:
    """Let a GitRepository look at its branch; the revision that it has now, and its condition says so."""
    source = found(world, cluster, "gitrepositories", namespace, name)
    spec = source.get("spec") or {}
    branch = str((spec.get("ref") or {}).get("branch") or "main")
    url = str(spec.get("url", ""))
    repository = _server(world).repository(project_of(url))
    flux = world.part(Flux)
    if repository is not None:
        head = repository.ref(f"refs/heads/{branch}")
        if head is None:
            why = (
                f'failed to checkout and determine revision: couldn\'t find remote ref "refs/heads/{branch}"'
            )
            made = ready(source, False, "GitOperationFailed", why, world.clock)
            return _hold(world, cluster_of(world, cluster).with_status(made)), revision_of(source)
        revision = f"{branch}@sha1:{head}"
    else:
        revision = flux.heads.get(f"{cluster}/{namespace}/{name}") or revision_of(source)
    told = f"stored artifact for revision '{revision}'"
    made = ready(source, True, "Succeeded", told, world.clock, artifact={"revision": revision})
    return _hold(world, cluster_of(world, cluster).with_status(made)), revision


def tree(world: World, source: Json, revision: str) -> TreeSource | None:
    """The files of a fetched revision; None where no server of this world has the repository."""
    repository = _server(world).repository(project_of(str((source.get("spec") or {}).get("url", ""))))
    if repository is None:
        return None
    files = files_at(repository, revision.rpartition(":")[2])
    return TreeSource({path: decoded(repository.blob(oid)) for path, (_, oid) in files.items()})


def built(source: TreeSource, path: str) -> list[Json]:
    """The objects of a folder, with or without a kustomization in it. Raises BuildError."""
    folder = joined("/", path)
    if not source.is_folder(folder):
        raise BuildError(f"kustomization path not found: stat {path}: no such file or directory")
    if any(source.is_file(joined(folder, name)) for name in NAMES):
        return Build(source, restricted=False).run(folder)
    items: list[Json] = []
    for file in sorted(source.texts):
        if f"/{file}".startswith(folder.rstrip("/") + "/") and file.endswith((".yaml", ".yml")):
            try:
                items += listed(documents(source.texts[file]))
            except BadYaml as error:
                raise BuildError(f"failed to decode Kubernetes YAML from {file}: {error.message}") from None
    return [item for item in items if isinstance(item, dict) and item.get("kind") and item.get("metadata")]


def desired(world: World, cluster: str, item: Json, revision: str) -> list[Json] | None:
    """What a Kustomization wants in the cluster; None where its repository isn't in this world."""
    spec = item.get("spec") or {}
    place = spec.get("sourceRef") or {}
    namespace = str(place.get("namespace") or item["metadata"]["namespace"])
    source = found(world, cluster, "gitrepositories", namespace, str(place.get("name")))
    files = tree(world, source, revision) if source else None
    if files is None:
        return None
    objects = built(files, str(spec.get("path") or "./"))
    if spec.get("targetNamespace"):
        set_namespace(objects, str(spec["targetNamespace"]))
    made = []
    for one in objects:
        if "sops" in one:
            provider = str((spec.get("decryption") or {}).get("provider") or "sops")
            one = DECRYPTION.get(provider, _no_key)(world, cluster_of(world, cluster), item, one)
        meta = one.setdefault("metadata", {})
        owner = {_OWNER: item["metadata"]["name"], _OWNER_NAMESPACE: item["metadata"]["namespace"]}
        meta["labels"] = {**(meta.get("labels") or {}), **owner}
        made.append(one)
    return made


def apply(world: World, cluster: str, namespace: str, name: str, by: str) -> tuple[World, tuple[Event, ...]]:
    """Build and apply a Kustomization at the revision its source has fetched."""
    item = found(world, cluster, "kustomizations", namespace, name)
    place = (item.get("spec") or {}).get("sourceRef") or {}
    where = str(place.get("namespace") or namespace)
    source = found(world, cluster, "gitrepositories", where, str(place.get("name")))
    if source is None:
        why = f'GitRepository.source.toolkit.fluxcd.io "{place.get("name")}" not found'
        return _failed(world, cluster, item, "ArtifactFailed", why, by)
    revision = revision_of(source)
    start = world
    try:
        objects = desired(world, cluster, item, revision)
        world, events, corrected, inventory = _applied(world, cluster, item, objects or [])
    except SimError as error:
        reason = "BuildFailed" if isinstance(error, BuildError) else "ReconciliationFailed"
        return _failed(start, cluster, item, reason, error.message, by)
    except _ODD:
        # Git holds an object with a field of another type than its kind has.
        why = "dry-run failed: failed to create typed patch object: expected another type"
        return _failed(start, cluster, item, "ReconciliationFailed", why, by)
    item = found(world, cluster, "kustomizations", namespace, name) or item
    status: Json = {"lastAppliedRevision": revision, "lastAttemptedRevision": revision}
    if objects is not None:
        status["inventory"] = {"entries": [{"id": one} for one in inventory]}
    done = ready(
        item, True, "ReconciliationSucceeded", f"Applied revision: {revision}", world.clock, **status
    )
    world = _hold(world, cluster_of(world, cluster).with_status(done))
    told = Reconciled(cluster, f"kustomization/{name}", revision, True, by, tuple(corrected))
    if corrected:
        events.append(GuardrailActed(SLUG, "flux", "caught", ", ".join(corrected)))
    return world, (*events, told)


def _failed(
    world: World, cluster: str, item: Json, reason: str, why: str, by: str
) -> tuple[World, tuple[Event, ...]]:
    made = ready(item, False, reason, why, world.clock)
    world = _hold(world, cluster_of(world, cluster).with_status(made))
    return world, (Reconciled(cluster, f"kustomization/{item['metadata']['name']}", "", False, by),)


def _applied(
    world: World, cluster: str, owner: Json, objects: list[Json]
) -> tuple[World, list[Event], list[str], list[str]]:
    events: list[Event] = []
    corrected: list[str] = []
    inventory = []
    last = str((owner.get("status") or {}).get("lastAppliedRevision") or "")
    before = {one["id"] for one in ((owner.get("status") or {}).get("inventory") or {}).get("entries") or []}
    for one in objects:
        kind = kinds.of(one)
        if kind is None:
            word, version = one.get("kind"), one.get("apiVersion")
            why = f'no matches for kind "{word}" in version "{version}"'
            raise SimError(f"{word}/{one['metadata'].get('name')} dry-run failed: {why}")
        namespace = str(one["metadata"].get("namespace") or "default") if kind.namespaced else ""
        name = str(one["metadata"]["name"])
        inventory.append(f"{namespace}_{name}_{kind.group}_{kind.kind}")
        held = cluster_of(world, cluster)
        live = held.get(kind, namespace, name)
        notes = (live["metadata"].get("annotations") or {}) if live else {}
        if notes.get(_RECONCILE) == "disabled" or notes.get(_SSA) == "Ignore":
            continue
        if namespace and not held.has_namespace(namespace) and kind.namespaced:
            raise SimError(
                f'{kind.kind}/{namespace}/{name} dry-run failed: namespaces "{namespace}" not found'
            )
        made = deepcopy(one)
        if live is not None:
            key = (kind.resource, namespace, name)
            for path, value in kept_by_others(held.owners.get(key, Map()), live, made, APPLIER):
                set_at(made, path, deepcopy(value))
        uid, world = world.draw_uuid("kubernetes")
        after = held.put(made, world.clock, APPLIER, uid)
        if after is held:
            continue
        world = settle(_hold(world, after), cluster)
        word = f"{kind.word}/{name}"
        events.append(
            ClusterWritten(cluster, "", namespace, word, "create" if live is None else "update", "flux")
        )
        if inventory[-1] in before and last:
            corrected.append(word)
    if (owner.get("spec") or {}).get("prune") and objects:
        world = _pruned(world, cluster, before - set(inventory), events)
    return world, events, corrected if last == _revision(world, cluster, owner) else [], inventory


def _revision(world: World, cluster: str, owner: Json) -> str:
    place = (owner.get("spec") or {}).get("sourceRef") or {}
    namespace = str(place.get("namespace") or owner["metadata"]["namespace"])
    source = found(world, cluster, "gitrepositories", namespace, str(place.get("name")))
    return revision_of(source) if source else ""


def _pruned(world: World, cluster: str, gone: set[str], events: list[Event]) -> World:
    for one in sorted(gone):
        namespace, name, group, word = one.split("_", 3)
        kind = next((k for k in kinds.KINDS if k.kind == word and k.group == group), None)
        held = cluster_of(world, cluster)
        live = held.get(kind, namespace, name) if kind else None
        if (
            kind is None
            or live is None
            or (live["metadata"].get("annotations") or {}).get(_PRUNE) == "Disabled"
        ):
            continue
        world = settle(_hold(world, held.without(live)), cluster)
        events.append(ClusterWritten(cluster, "", namespace, f"{kind.word}/{name}", "delete", "flux"))
    return world


# --- the clock -----------------------------------------------------------------------


def seconds(text: Any) -> int:
    """Seconds of a Go duration (`1m30s`); a minute for what can't be read."""
    total, number = 0, ""
    for char in str(text):
        if char.isdigit() and len(number) < 6:
            number += char
        elif char in "hms" and number:
            total += int(number) * {"h": 3600, "m": 60, "s": 1}[char]
            number = ""
        else:
            return TICK
    return total or TICK


def _due(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    """Reconcile what is due in a cluster; suspended objects stay as they are."""
    cluster = due.what
    if SLUG in world.off:
        return world, ()
    events: tuple[Event, ...] = ()
    with suppress(*_ODD):
        world, events = images.choose(world, cluster)
    for plural in ("imageupdateautomations", "gitrepositories", "kustomizations"):
        for item in cluster_of(world, cluster).every(plural):
            try:
                world, happened = _looked_at(world, cluster, plural, item)
            except _ODD:
                continue
            events += happened
    return world, events


_ODD = (AttributeError, TypeError, KeyError, ValueError, IndexError)
"""What reading an object of a strange shape raises; the controllers leave such objects alone."""


def _looked_at(world: World, cluster: str, plural: str, item: Json) -> tuple[World, tuple[Event, ...]]:
    spec, meta = item.get("spec") or {}, item["metadata"]
    key = (cluster, plural, meta["namespace"], meta["name"])
    flux = world.part(Flux)
    if spec.get("suspend") or world.clock - flux.runs.get(key, 0) < seconds(spec.get("interval")):
        return world, ()
    world = world.having(replace(flux, runs=flux.runs.set(key, world.clock)))
    if plural == "gitrepositories":
        return fetch(world, cluster, meta["namespace"], meta["name"])[0], ()
    if plural == "imageupdateautomations":
        return images.update(world, cluster, item)
    return apply(world, cluster, meta["namespace"], meta["name"], "flux")


ACTORS[ACTOR] = _due
