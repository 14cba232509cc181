"""`--show-managed-fields`: which manager set which field of an object."""

from typing import Any

from immutables import Map

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.parts.kubernetes.ownership import Path

Json = Any
_APPLIERS = ("kustomize-controller", "kubectl")
"""Managers that apply on the server's side; what others write counts as an update."""


def with_managers(cluster: Cluster, kind: Kind, item: Json) -> Json:
    """The object with `metadata.managedFields`, as the server keeps them but for the time of each."""
    meta = item["metadata"]
    key = (kind.resource, str(meta.get("namespace", "")) if kind.namespaced else "", str(meta["name"]))
    owners: Map[Path, str] = cluster.owners.get(key, Map())
    made = copied(item)
    made["metadata"]["managedFields"] = [
        {
            "apiVersion": item["apiVersion"],
            "fieldsType": "FieldsV1",
            "fieldsV1": _fields([path for path, owner in owners.items() if owner == manager]),
            "manager": manager,
            "operation": "Apply" if manager in _APPLIERS else "Update",
        }
        for manager in sorted(set(owners.values()))
    ]
    return made


def _fields(paths: list[Path]) -> Json:
    """`f:name` for a field, `k:{"name":"web"}` for an item of a list."""
    made: Json = {}
    for path in paths:
        place = made
        for step in path:
            place = place.setdefault(_key(step), {})
    return made


def _key(step: Any) -> str:
    if not isinstance(step, tuple):
        return f"f:{step}"
    name, value = step
    shown = value if isinstance(value, int) else f'"{value}"'
    return f'k:{{"{name}":{shown}}}'
