"""The kustomize controller: apply what a revision holds, undo drift, prune what left it."""

from dataclasses import dataclass, field

from immutables import Map

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.durations import seconds, shown
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.flux.building import Wanted, desired, subject
from checkpoint.core.sim.parts.flux.decryption import Sealed
from checkpoint.core.sim.parts.flux.events import DecryptionFailed, Reconciled, SecretDelivered
from checkpoint.core.sim.parts.flux.health import check_dependencies, check_health
from checkpoint.core.sim.parts.flux.objects import (
    ODD,
    Json,
    Unready,
    cluster_of,
    found,
    hold,
    noted,
    ready,
    referred,
    with_status,
)
from checkpoint.core.sim.parts.flux.sources import revision_of
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster
from checkpoint.core.sim.parts.kubernetes.controllers import settle
from checkpoint.core.sim.parts.kubernetes.events import ClusterWritten
from checkpoint.core.sim.parts.kubernetes.finalizers import FINALIZERS, removed
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.parts.kubernetes.ownership import Path, kept_by_others, set_at
from checkpoint.core.sim.parts.kubernetes.schema import undeclared
from checkpoint.core.sim.parts.sops.events import GUARDRAIL as SOPS_AGE
from checkpoint.core.sim.recent import Recent
from checkpoint.core.sim.world import World

APPLIER = "kustomize-controller"
SLUG = "gitops-reconciliation"
Owners = Map[Path, str]
_NOBODY: Owners = Map()
_GROUP = "kustomize.toolkit.fluxcd.io"
_RECONCILE, _PRUNE, _SSA = (f"{_GROUP}/{one}" for one in ("reconcile", "prune", "ssa"))


def apply(world: World, cluster: str, namespace: str, name: str, by: str) -> tuple[World, tuple[Event, ...]]:
    """Build and apply a Kustomization at the revision that its source has fetched."""
    item = found(world, cluster, "kustomizations", namespace, name)
    try:
        return _Application(world, cluster, item, by).done()
    except Unready as error:
        return _failed(world, cluster, item, error, by)
    except SimError as error:
        return _failed(world, cluster, item, Unready("ReconciliationFailed", error.message), by)
    except ODD:
        # Git holds an object with a field of another type than its kind has.
        why = "dry-run failed: failed to create typed patch object: expected another type"
        return _failed(world, cluster, item, Unready("ReconciliationFailed", why), by)


def _failed(
    world: World, cluster: str, item: Json, error: Unready, by: str
) -> tuple[World, tuple[Event, ...]]:
    name = f"kustomization/{item['metadata']['name']}"
    status = {"lastAttemptedRevision": _fetched(world, cluster, item)}
    made = ready(item, False, error.reason, error.message, world.clock, **status)
    world = noted(world, cluster, item, error.reason, error.message, warning=True)
    events: list[Event] = [Reconciled(cluster, name, "", False, by, reason=error.reason)]
    if isinstance(error, Sealed):
        events.append(DecryptionFailed(cluster, name, error.secret, error.why))
    return with_status(world, cluster, made), tuple(events)


def _fetched(world: World, cluster: str, item: Json) -> str:
    source = referred(world, cluster, item, "gitrepositories", (item.get("spec") or {}).get("sourceRef"))
    return revision_of(source) if source else ""


@dataclass(slots=True)
class _Application:
    """One run of a Kustomization, from its source to its status."""

    world: World
    cluster: str
    item: Json
    by: str
    events: list[Event] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    inventory: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def spec(self) -> Json:
        return self.item.get("spec") or {}

    @property
    def status(self) -> Json:
        return self.item.get("status") or {}

    def done(self) -> tuple[World, tuple[Event, ...]]:
        place = self.spec.get("sourceRef") or {}
        source = referred(self.world, self.cluster, self.item, "gitrepositories", place)
        if source is None:
            why = f'GitRepository.source.toolkit.fluxcd.io "{place.get("name")}" not found'
            raise Unready("ArtifactFailed", why)
        revision = revision_of(source)
        if not revision:
            raise Unready("ArtifactFailed", "Source artifact not found, retrying in 30s")
        check_dependencies(self.world, self.cluster, self.item, revision)
        wanted = desired(self.world, self.cluster, self.item, revision)
        before = {one["id"] for one in (self.status.get("inventory") or {}).get("entries") or []}
        if wanted is not None:
            self.applied(wanted, before)
        if self.spec.get("prune") and wanted is not None:
            self.prune(before - set(self.inventory))
        return self.told(revision, wanted is not None)

    def told(self, revision: str, known: bool) -> tuple[World, tuple[Event, ...]]:
        """The status, and the events, after everything was applied."""
        same = self.status.get("lastAppliedRevision") == revision
        corrected = tuple(self.corrected) if same else ()
        name = f"kustomization/{self.item['metadata']['name']}"
        if self.changes:
            self.world = noted(self.world, self.cluster, self.item, "Progressing", "\n".join(self.changes))
        own = self.item["metadata"]
        item = found(self.world, self.cluster, "kustomizations", own["namespace"], own["name"]) or self.item
        status: Json = {"lastAttemptedRevision": revision}
        if known:
            status["inventory"] = {"entries": [{"id": one, "v": "v1"} for one in self.inventory]}
        if corrected:
            self.events.append(GuardrailActed(SLUG, "flux", "caught", ", ".join(corrected)))
        try:
            check_health(self.world, self.cluster, item, self.inventory)
        except Unready as error:
            made = ready(item, False, error.reason, error.message, self.world.clock, **status)
            self.world = noted(self.world, self.cluster, item, error.reason, error.message, warning=True)
            told = Reconciled(self.cluster, name, revision, False, self.by, corrected, error.reason)
            return with_status(self.world, self.cluster, made), (*self.events, told)
        reason = "ReconciliationSucceeded"
        status["lastAppliedRevision"] = revision
        message = f"Applied revision: {revision}"
        made = ready(item, True, reason, message, self.world.clock, **status)
        length = shown(seconds(self.spec.get("interval")))
        finished = f"Reconciliation finished in 312.4ms, next run in {length}"
        self.world = noted(self.world, self.cluster, item, reason, finished)
        told = Reconciled(self.cluster, name, revision, True, self.by, corrected, reason)
        return with_status(self.world, self.cluster, made), (*self.events, told)

    # --- applying -------------------------------------------------------------------

    def applied(self, wanted: Wanted, before: set[str]) -> None:
        """Everything is tried before anything of its stage is written; namespaces are the first stage.

        The cluster's own controllers follow once all is there: nothing in a manifest depends on their work.
        """
        first = [one for one in wanted.items if one.get("kind") == "Namespace"]
        rest = [one for one in wanted.items if one.get("kind") != "Namespace"]
        for stage in (first, rest):
            placed = [(one, *self.tried(one)) for one in stage]
            for one, kind, namespace in placed:
                name = str(one["metadata"]["name"])
                entry = f"{namespace}_{name}_{kind.group}_{kind.kind}"
                self.inventory.append(entry)
                changed = self.write(one, kind, namespace, entry in before)
                if changed and kind.kind == "Secret":
                    self.delivered(namespace, name, (namespace, name) in wanted.sealed)
        if self.changes:
            self.world = settle(self.world, self.cluster)

    def tried(self, item: Json) -> tuple[Kind, str]:
        """Kind and namespace of an object that the server would take. Raises Unready."""
        kind, who = kinds.of(item), subject(item)
        if kind is None:
            why = f'no matches for kind "{item.get("kind")}" in version "{item.get("apiVersion")}"'
            raise Unready("ReconciliationFailed", f"{who} dry-run failed: {why}")
        namespace = str(item["metadata"].get("namespace") or "") if kind.namespaced else ""
        if kind.namespaced and not namespace:
            why = "namespace not specified: the server could not find the requested resource"
            raise Unready("ReconciliationFailed", f"{who} {why}")
        if namespace and not cluster_of(self.world, self.cluster).has_namespace(namespace):
            raise Unready("ReconciliationFailed", f'{who} not found: namespaces "{namespace}" not found')
        place = _UNDECLARED.get(item, "", lambda: undeclared(item))
        if place:
            lead = f"failed to create typed patch object ({namespace}/{item['metadata']['name']}; "
            lead += f"{item['apiVersion']}, Kind={item['kind']})"
            raise Unready("ReconciliationFailed", f"{who} dry-run failed: {lead}: {place}")
        return kind, namespace

    def write(self, item: Json, kind: Kind, namespace: str, tracked: bool) -> bool:
        """Put an object there as Git has it; whether that changed anything."""
        name = str(item["metadata"]["name"])
        held = cluster_of(self.world, self.cluster)
        live = held.get(kind, namespace, name)
        how = _said(item, live, _SSA)
        if _said(item, live, _RECONCILE) == "disabled" or how == "ignore":
            return False
        if how == "ifnotpresent" and live is not None:
            return False
        owners = held.owners.get((kind.resource, namespace, name), _NOBODY)
        if live is not None and _is_applied(held, item, live, owners, how):
            self.world = self.world.having_drawn()
            return False
        uid, self.world = self.world.draw_uuid("kubernetes")
        after = held.put(_merged(item, live, owners, how), self.world.clock, APPLIER, uid)
        if after is held:
            return False
        self.world = hold(self.world, after)
        word, verb = f"{kind.word}/{name}", "create" if live is None else "update"
        self.events.append(ClusterWritten(self.cluster, "", namespace, word, verb, "flux"))
        self.changes.append(f"{subject(item)} {'created' if live is None else 'configured'}")
        if tracked and self.status.get("lastAppliedRevision"):
            self.corrected.append(word)
        return True

    def delivered(self, namespace: str, name: str, encrypted: bool) -> None:
        owner = f"kustomization/{self.item['metadata']['name']}"
        self.events.append(SecretDelivered(self.cluster, namespace, name, encrypted, owner))
        if encrypted and SOPS_AGE not in self.world.off:
            self.events.append(GuardrailActed(SOPS_AGE, "flux", "passed", f"{namespace}/{name}"))

    def prune(self, gone: set[str]) -> None:
        self.world, events, names = pruned(self.world, self.cluster, gone)
        self.events += events
        self.changes += [f"{one} deleted" for one in names]


def _merged(item: Json, live: Json, owners: Owners, how: str) -> Json:
    """An object as Git has it, with the fields that others own in the cluster."""
    made = copied(item)
    if live is not None:
        for path, value in kept_by_others(owners, live, made, APPLIER, merge=how == "merge"):
            set_at(made, path, copied(value))
    return made


def _is_applied(held: Cluster, item: Json, live: Json, owners: Owners, how: str) -> bool:
    """Whether a live object is what applying it would make of it: so it is at most runs."""

    def compared() -> tuple[Json, Owners, bool]:
        return item, owners, held.put(_merged(item, live, owners, how), 0, APPLIER) is held

    return _APPLIED.get(live, (id(item), id(owners), how), compared)[2]


_APPLIED: Recent[tuple[Json, Owners, bool]] = Recent(4096)
"""By the live object, the one in Git and the owners of its fields, which are kept with the result."""
_UNDECLARED: Recent[str] = Recent(4096)
"""By the object in Git."""


def pruned(world: World, cluster: str, entries: set[str]) -> tuple[World, list[Event], list[str]]:
    """Without the objects of an inventory, save those that say so; what happened, and their names."""
    events: list[Event] = []
    names = []
    for one in sorted(entries):
        namespace, name, group, word = one.split("_", 3)
        kind = next((k for k in kinds.KINDS if k.kind == word and k.group == group), None)
        live = cluster_of(world, cluster).get(kind, namespace, name) if kind else None
        notes = (live["metadata"].get("annotations") or {}) if live else {}
        if kind is None or live is None or str(notes.get(_PRUNE, "")).lower() == "disabled":
            continue
        world = hold(world, cluster_of(world, cluster).without(live))
        events.append(ClusterWritten(cluster, "", namespace, f"{kind.word}/{name}", "delete", "flux"))
        names.append(subject(live))
        world, more = removed(world, cluster, live)
        events += more
    return settle(world, cluster) if names else world, events, names


def finalised(world: World, cluster: str, item: Json) -> tuple[World, tuple[Event, ...]]:
    """A Kustomization was deleted: with `prune`, and unless it was suspended, its objects go as well."""
    spec = item.get("spec") or {}
    if spec.get("suspend") or not spec.get("prune"):
        return world, ()
    entries = {one["id"] for one in ((item.get("status") or {}).get("inventory") or {}).get("entries") or []}
    world, events, _ = pruned(world, cluster, entries)
    return world, tuple(events)


def _said(item: Json, live: Json, name: str) -> str:
    """An annotation in lower case, from the object as Git has it or as it is in the cluster."""
    for one in (item, live):
        text = (((one or {}).get("metadata") or {}).get("annotations") or {}).get(name)
        if text:
            return str(text).lower()
    return ""


FINALIZERS["kustomizations"] = finalised
