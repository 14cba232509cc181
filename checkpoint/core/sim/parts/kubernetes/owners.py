"""Which object belongs to which, and whom a change of a cluster concerns."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from immutables import Map

from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, Key

Json = Any
_FOR_ALL = ("nodes", "namespaces")
"""A change of one of these may concern every workload."""


class Index:
    """The objects of a cluster as it is, by kind and by owner, each in the order of namespace and name."""

    def __init__(self, held: Map[Key, Json]) -> None:
        self.held = held
        self._kinds: dict[str, list[Json]] = defaultdict(list)
        self._owned: dict[tuple[str, str, str], list[Json]] = defaultdict(list)
        for resource, namespace, name in sorted(held):
            item = held[(resource, namespace, name)]
            self._kinds[resource].append(item)
            for uid in set(owners_of(item)):
                self._owned[(resource, namespace, uid)].append(item)

    def of_kind(self, plural: str) -> list[Json]:
        return self._kinds.get(_resource(plural), [])

    def owned_by(self, item: Json, plural: str) -> list[Json]:
        meta = item["metadata"]
        return self._owned.get((_resource(plural), meta["namespace"], str(meta.get("uid"))), [])


class Concerned:
    """Whose controllers have something to do: what changed, what owns it, and what can have its image by now.

    Everything where it isn't known how the cluster was before.
    """

    def __init__(
        self, cluster: Cluster, before: Cluster | None, waits_in_vain: Callable[[Json], bool]
    ) -> None:
        self._uids: set[str] | None = None
        if before is None or before.bad_images != cluster.bad_images:
            return
        changed = list(_changes(before.held, cluster.held))
        if any(key[0] in _FOR_ALL for key, _ in changed):
            return
        concerned = [item for _, item in changed]
        concerned += [one for one in cluster.every("pods") if waits_in_vain(one)]
        uids = {uid for item in concerned for uid in (_uid(item), *owners_of(item))}
        for one in cluster.every("replicasets"):
            if _uid(one) in uids:
                uids.update(owners_of(one))
        self._uids = uids

    def by(self, item: Json) -> bool:
        return self._uids is None or bool({_uid(item), *owners_of(item)} & self._uids)


def _changes(old: Map[Key, Json], new: Map[Key, Json]) -> Iterator[tuple[Key, Json]]:
    """What differs, as it was and as it is."""
    if old is new:
        return
    for key, item in new.items():
        before = old.get(key)
        if before is not item:
            yield key, item
            if before is not None:
                yield key, before
    for key, item in old.items():
        if key not in new:
            yield key, item


def owners_of(item: Json) -> Iterator[str]:
    """The uids that an object names as its owners'."""
    for one in item["metadata"].get("ownerReferences") or []:
        if isinstance(one, dict):
            yield str(one.get("uid"))


def _uid(item: Json) -> str:
    return str(item["metadata"].get("uid"))


def _resource(plural: str) -> str:
    kind = kinds.named(plural)
    return kind.resource if kind else plural
