"""The autoscaler: how many pods a workload gets for the load that it has.

As the horizontal pod autoscaler reckons: the current number times usage by target, rounded up, left
alone within a tenth of the target, and never outside `minReplicas` and `maxReplicas`. It waits for
nothing before it scales down.
"""

import math
from typing import Any

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, stamp
from checkpoint.core.sim.parts.kubernetes.quantities import quantity

Json = Any
MANAGER = "kube-controller-manager"
_TOLERANCE = 0.1


def scaled(cluster: Cluster, item: Json, clock: int) -> Cluster:
    """The cluster after an autoscaler has looked at its workload."""
    spec, namespace = item.get("spec") or {}, item["metadata"]["namespace"]
    place = spec.get("scaleTargetRef") or {}
    kind = kinds.named(str(place.get("kind", "")))
    target = cluster.get(kind, namespace, str(place.get("name"))) if kind else None
    if target is None:
        return cluster.with_status(_told(item, {}, 0, 0, clock))
    current = int(target["spec"].get("replicas") or 0)
    used = {one: _usage(cluster, target, one) for one in ("cpu", "memory")}
    wanted = _wanted(spec, used, current)
    if wanted != current:
        target = copied(target)
        target["spec"]["replicas"] = wanted
        cluster = cluster.put(target, clock, MANAGER)
    return cluster.with_status(_told(item, used, current, wanted, clock))


def _wanted(spec: Json, used: dict[str, tuple[float, float]], current: int) -> int:
    """An autoscaler leaves a workload of no pods alone: somebody has stopped it."""
    least, most = int(spec.get("minReplicas") or 1), int(spec.get("maxReplicas") or 1)
    if not current:
        return 0
    current = max(least, min(most, current))
    asked = [
        current if abs(used[name][0] / current / goal - 1) <= _TOLERANCE else math.ceil(used[name][0] / goal)
        for name, share in _goals(spec)
        if (goal := used[name][1] * share / 100) and used[name][0]
    ]
    return max(least, min(most, max(asked))) if asked else current


def _goals(spec: Json) -> list[tuple[str, float]]:
    """The resources that count, each with the share of the request in per cent that is aimed at."""
    resources = [one.get("resource") or {} for one in spec.get("metrics") or []]
    return [
        (str(one.get("name")), float((one.get("target") or {}).get("averageUtilization") or 0))
        for one in resources
        if one.get("name") in ("cpu", "memory")
    ]


def _usage(cluster: Cluster, target: Json, resource: str) -> tuple[float, float]:
    """What all pods of a workload use together, and what one of them requests."""
    meta = target["metadata"]
    used = cluster.load.get((meta["namespace"], meta["name"], resource), "")
    containers = ((target["spec"].get("template") or {}).get("spec") or {}).get("containers") or []
    requests = [((one.get("resources") or {}).get("requests") or {}).get(resource, 0) for one in containers]
    return quantity(used), sum(quantity(one) for one in requests)


def _told(item: Json, used: dict[str, tuple[float, float]], before: int, count: int, clock: int) -> Json:
    """The autoscaler with what it found, and when it last changed something."""
    made = copied(item)
    metrics = []
    for name, _ in _goals(made.get("spec") or {}):
        whole, request = used.get(name, (0.0, 0.0))
        if count and whole and request:
            share = math.floor(whole / count / request * 100)
            current = {"averageUtilization": share}
            metrics.append({"type": "Resource", "resource": {"name": name, "current": current}})
    old = made.get("status") or {}
    status: Json = {"currentReplicas": count, "desiredReplicas": count}
    if metrics:
        status["currentMetrics"] = metrics
    scaled_at = stamp(clock) if count != before else old.get("lastScaleTime")
    made["status"] = status | ({"lastScaleTime": scaled_at} if scaled_at else {})
    return made
