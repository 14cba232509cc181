"""Clusters as values, and what their API server does with a request."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from immutables import Map

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.defaults import defaulted
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.parts.kubernetes.ownership import Path, owned
from checkpoint.core.sim.recent import Recent

Json = Any
Key = tuple[str, str, str]
"""(resource with its group, namespace or nothing, name)"""

OBJECTS = 500
"""Of one cluster."""


class ApiError(SimError):
    """The server refuses: `reason` is the word in brackets behind `Error from server`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class User:
    """`deny` holds (verb, resource, namespace), `*` for any."""

    name: str
    deny: tuple[tuple[str, str, str], ...] = ()

    def may(self, verb: str, resource: str, namespace: str) -> bool:
        return not any(
            all(rule in ("*", fact) for rule, fact in zip(one, (verb, resource, namespace), strict=True))
            for one in self.deny
        )


@dataclass(frozen=True, slots=True)
class Cluster:
    """Objects are never changed in place: a change puts another one there."""

    name: str
    server: str = ""
    held: Map[Key, Json] = field(default_factory=Map)
    owners: Map[Key, Map[Path, str]] = field(default_factory=Map)
    users: Map[str, User] = field(default_factory=Map)
    """By token; with none of them anybody may do anything."""
    bad_images: frozenset[str] = frozenset()
    load: Map[Key, str] = field(default_factory=Map)
    """What all pods of a workload use together, as quantities, by namespace, workload and resource."""
    version: int = 1000
    reachable: bool = True

    # --- looking -----------------------------------------------------------------

    def get(self, kind: Kind, namespace: str, name: str) -> Json:
        """An object or None."""
        return self.held.get((kind.resource, namespace if kind.namespaced else "", name))

    def of_kind(self, kind: Kind, namespace: str = "") -> list[Json]:
        """All of a kind by namespace and name; with `namespace` only those there."""
        keys = _KEYS.get(self.held, "", lambda: _sorted(self.held)).get(kind.resource, ())
        if not namespace or not kind.namespaced:
            return [self.held[key] for key in keys]
        return [self.held[key] for key in keys if key[1] == namespace]

    def every(self, plural: str, namespace: str = "") -> list[Json]:
        kind = kinds.named(plural)
        return self.of_kind(kind, namespace) if kind else []

    def has_namespace(self, name: str) -> bool:
        return ("namespaces", "", name) in self.held

    # --- changing ----------------------------------------------------------------

    def put(self, item: Json, clock: int, manager: str, uid: str = "") -> "Cluster":
        """The object created, or another generation of it where it differs. Defaults are filled in."""
        kind = kinds.of(item)
        if kind is None:
            raise ApiError("NotFound", "the server could not find the requested resource")
        made = defaulted(item)
        meta = dict(made["metadata"])
        made["metadata"] = meta
        if kind.namespaced:
            meta.setdefault("namespace", "default")
        else:
            meta.pop("namespace", None)
        key = (kind.resource, str(meta.get("namespace", "")), str(meta["name"]))
        old = self.held.get(key)
        if old is None:
            if len(self.held) >= OBJECTS:
                raise ApiError("TooManyRequests", f"this cluster holds at most {OBJECTS} objects")
            meta["uid"] = uid
            meta["creationTimestamp"] = stamp(clock)
            meta["resourceVersion"] = str(self.version + 1)
            if kind.plural in _WITH_GENERATION:
                meta["generation"] = 1
            _allocate(made, uid)
        else:
            own = old["metadata"]
            for name in ("uid", "creationTimestamp", "resourceVersion", "generation"):
                if name in own:
                    meta[name] = own[name]
            if kind.kind == "Service" and isinstance(made.get("spec"), dict):
                for name in ("clusterIP", "clusterIPs"):
                    if name in (old.get("spec") or {}):
                        made["spec"].setdefault(name, old["spec"][name])
            if "status" in old:
                made.setdefault("status", old["status"])
            if made == old:
                return self
            if made.get("spec") != old.get("spec") and "generation" in own:
                meta["generation"] = own["generation"] + 1
            meta["resourceVersion"] = str(self.version + 1)
        owners = owned(self.owners.get(key, Map()), old, item, manager)
        return replace(
            self,
            held=self.held.set(key, made),
            owners=self.owners.set(key, owners),
            version=self.version + 1,
        )

    def with_status(self, item: Json) -> "Cluster":
        """The same object with what a controller found out about it."""
        kind = kinds.of(item)
        if kind is None:
            return self
        meta = item["metadata"]
        key = (kind.resource, str(meta.get("namespace", "")) if kind.namespaced else "", str(meta["name"]))
        old = self.held.get(key)
        if old == item:
            return self
        held = self.held.set(key, item)
        if old is not None:
            _KEYS.carry(self.held, "", held)  # an object for another: the keys are as they were
        return Cluster(  # as `replace` does, in a third of its time: controllers do little else
            *(self.name, self.server, held, self.owners, self.users),
            *(self.bad_images, self.load, self.version, self.reachable),
        )

    def without(self, item: Json) -> "Cluster":
        """Without an object and what belongs to it."""
        kind = kinds.of(item)
        if kind is None:
            return self
        meta = item["metadata"]
        objects, owners = self.held, self.owners
        gone = {(kind.resource, str(meta.get("namespace", "")) if kind.namespaced else "", str(meta["name"]))}
        if kind.kind == "Namespace":
            gone |= {key for key in objects if key[1] == meta["name"]}
        uids = {str(meta.get("uid", ""))}
        before = 0
        while len(uids) > before:
            before = len(uids)
            for key, one in objects.items():
                references = one["metadata"].get("ownerReferences") or []
                if any(str(ref.get("uid")) in uids for ref in references if isinstance(ref, dict)):
                    gone.add(key)
                    uids.add(str(one["metadata"].get("uid", "")))
        for key in gone:
            if key in objects:
                objects = objects.delete(key)
            if key in owners:
                owners = owners.delete(key)
        return replace(self, held=objects, owners=owners, version=self.version + 1)


def _sorted(held: Map[Key, Json]) -> dict[str, list[Key]]:
    """The keys of each resource, by namespace and name."""
    found: dict[str, list[Key]] = {}
    for key in sorted(held):
        found.setdefault(key[0], []).append(key)
    return found


_KEYS: Recent[dict[str, list[Key]]] = Recent(256)
"""By the objects of a cluster."""


_WITH_GENERATION = (
    *("deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs", "ingresses"),
    *("networkpolicies", "kustomizations", "gitrepositories", "poddisruptionbudgets"),
    *("imagepolicies", "imagerepositories", "imageupdateautomations"),
)


@dataclass(frozen=True, slots=True)
class Clusters:
    """A world's clusters by their name."""

    clusters: Map[str, Cluster] = field(default_factory=Map)

    def at(self, server: str, name: str) -> Cluster | None:
        """The cluster behind an address; its last part is a name, else the kubeconfig's word counts."""
        address = server.rstrip("/")
        for one in self.clusters.values():
            if one.server and one.server.rstrip("/") == address:
                return one
        last = address.rpartition("/")[2]
        found = self.clusters.get(last) or self.clusters.get(name)
        return found if found and not found.server and found.reachable else None

    def having(self, cluster: Cluster) -> "Clusters":
        return Clusters(self.clusters.set(cluster.name, cluster))


@lru_cache(maxsize=256)
def stamp(clock: int) -> str:
    return datetime.fromtimestamp(clock, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_of(text: Any) -> int:
    """Epoch seconds of a time as objects hold it; 0 for what can't be read."""
    try:
        return int(datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp())
    except ValueError:
        return 0


def _allocate(item: Json, uid: str) -> None:
    """An address for a new service."""
    spec = item.get("spec")
    if item.get("kind") == "Service" and isinstance(spec, dict) and spec.get("type") != "ExternalName":
        number = int(uid.replace("-", "")[:4] or "1", 16)
        spec.setdefault("clusterIP", f"10.96.{number // 256}.{number % 254 + 1}")
        spec.setdefault("clusterIPs", [spec["clusterIP"]])
