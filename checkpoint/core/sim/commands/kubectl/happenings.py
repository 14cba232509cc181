"""Event objects: what Flux' controllers told, and what becomes of images that can't be had."""

from typing import Any

from checkpoint.core.sim.parts.flux.objects import recent_notes
from checkpoint.core.sim.parts.kubernetes.clusters import Cluster, stamp
from checkpoint.core.sim.world import World

Json = Any


def events_of(world: World, cluster: Cluster, namespace: str) -> list[Json]:
    """The events of a namespace, or of all, by their time."""
    made = [
        _event(one.namespace, one.kind, one.name, one.reason, one.message, stamp(one.at), warning=one.warning)
        for one in recent_notes(world, cluster.name)
    ]
    for pod in cluster.every("pods"):
        made += _pulls(pod)
    found = [one for one in made if not namespace or one["metadata"]["namespace"] == namespace]
    found.sort(key=lambda one: str(one["lastTimestamp"]))
    for number, one in enumerate(found):
        one["metadata"]["name"] = f"{one['involvedObject']['name']}.{number:016x}"
    return found


def _pulls(pod: Json) -> list[Json]:
    meta, rows = pod["metadata"], []
    for one in (pod.get("status") or {}).get("containerStatuses") or []:
        waiting = (one.get("state") or {}).get("waiting") or {}
        if waiting.get("reason") == "ImagePullBackOff":
            when = str(meta.get("creationTimestamp"))
            told = (("Failed", "Error: ImagePullBackOff"), ("BackOff", str(waiting.get("message"))))
            rows += [
                _event(meta["namespace"], "Pod", meta["name"], reason, text, when, warning=reason == "Failed")
                for reason, text in told
            ]
    return rows


def _event(
    namespace: str, kind: str, name: str, reason: str, message: str, when: str, *, warning: bool
) -> Json:
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": name, "namespace": namespace, "creationTimestamp": when},
        "involvedObject": {"kind": kind, "name": name, "namespace": namespace},
        "reason": reason,
        "message": message,
        "type": "Warning" if warning else "Normal",
        "lastTimestamp": when,
        "count": 1,
    }
