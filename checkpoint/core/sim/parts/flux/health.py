"""What a Kustomization waits for: others that it depends on, and the health of what it applied."""

from checkpoint.core.sim.durations import seconds, shown
from checkpoint.core.sim.parts.flux.objects import Json, Unready, cluster_of, found
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.controllers import is_ready
from checkpoint.core.sim.world import World


def is_true(item: Json) -> bool:
    """Whether the Ready condition says so."""
    conditions = (item.get("status") or {}).get("conditions") or []
    return any(one.get("type") == "Ready" and one.get("status") == "True" for one in conditions)


def check_dependencies(world: World, cluster: str, item: Json, revision: str) -> None:
    """Raises Unready while a Kustomization in `dependsOn` isn't ready at the same revision."""
    own, spec = item["metadata"], item.get("spec") or {}
    for one in spec.get("dependsOn") or []:
        namespace = str(one.get("namespace") or own["namespace"])
        name = f"{namespace}/{one.get('name')}"
        other = found(world, cluster, "kustomizations", namespace, str(one.get("name")))
        if other is None:
            missing = f'kustomizations.kustomize.toolkit.fluxcd.io "{one.get("name")}" not found'
            raise Unready("DependencyNotReady", f"dependency '{name}' not found: {missing}")
        if not is_true(other):
            raise Unready("DependencyNotReady", f"dependency '{name}' is not ready")
        place, theirs = spec.get("sourceRef") or {}, (other.get("spec") or {}).get("sourceRef") or {}
        shared = place.get("name") == theirs.get("name")
        if shared and (other.get("status") or {}).get("lastAppliedRevision") != revision:
            raise Unready("DependencyNotReady", f"dependency '{name}' revision is not up to date")


def check_health(world: World, cluster: str, item: Json, inventory: list[str]) -> None:
    """Raises Unready where `wait` or `healthChecks` name something that isn't healthy."""
    spec = item.get("spec") or {}
    watched = list(inventory) if spec.get("wait") else [_entry(one) for one in spec.get("healthChecks") or []]
    meta = item["metadata"]
    own = f"{meta['namespace']}_{meta['name']}_kustomize.toolkit.fluxcd.io_Kustomization"
    waiting = [state for one in watched if one != own and (state := _unhealthy(world, cluster, one))]
    if waiting:
        length = shown(_timeout(spec))
        why = f"timeout waiting for: [{', '.join(waiting)}]"
        raise Unready("HealthCheckFailed", f"health check failed after {length}: {why}")


def _timeout(spec: Json) -> int:
    """Half a minute less than the interval unless the Kustomization says otherwise."""
    return max(30, seconds(spec["timeout"]) if spec.get("timeout") else seconds(spec.get("interval")) - 30)


def _entry(place: Json) -> str:
    group = str(place.get("apiVersion", "")).rpartition("/")[0]
    return f"{place.get('namespace', '')}_{place.get('name')}_{group}_{place.get('kind')}"


def _unhealthy(world: World, cluster: str, entry: str) -> str:
    namespace, name, group, word = entry.split("_", 3)
    kind = next((one for one in kinds.KINDS if one.kind == word and one.group == group), None)
    live = cluster_of(world, cluster).get(kind, namespace, name) if kind else None
    told = "/".join(one for one in (word, namespace, name) if one)
    if live is None:
        return f"{told} status: 'NotFound'"
    return "" if _healthy(live) else f"{told} status: 'InProgress'"


def _healthy(live: Json) -> bool:
    """A Flux object that nobody has looked at yet counts: its controller comes to it within seconds."""
    spec, status = live.get("spec") or {}, live.get("status") or {}
    if live["kind"] == "Deployment":
        wanted = int(spec.get("replicas") or 0)
        return bool(
            status.get("updatedReplicas", 0) == wanted
            and status.get("availableReplicas", 0) == wanted
            and status.get("replicas", 0) == wanted
        )
    if live["kind"] == "StatefulSet":
        return bool(status.get("readyReplicas", 0) == int(spec.get("replicas") or 0))
    if live["kind"] == "Pod":
        return is_ready(live) or status.get("phase") == "Succeeded"
    if live["apiVersion"].partition("/")[0].endswith("toolkit.fluxcd.io"):
        return not status.get("conditions") or is_true(live)
    return True
