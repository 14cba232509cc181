"""Which pods a Service sends requests to: Endpoints, as their controller would write them down."""

from typing import Any

from checkpoint.core.sim.parts.kubernetes.clusters import Cluster
from checkpoint.core.sim.parts.kubernetes.controllers import is_ready

Json = Any


def endpoints_of(cluster: Cluster, namespace: str) -> list[Json]:
    """Those that somebody wrote, and one for each Service with a selector; by namespace and name."""
    behind = [_endpoints(cluster, one) for one in cluster.every("services", namespace) if _selector(one)]
    found = {_key(one): one for one in (*behind, *cluster.every("endpoints", namespace))}
    return [found[key] for key in sorted(found)]


def addresses(cluster: Cluster, service: Json, port: Json) -> list[str]:
    """Address and port of each ready pod behind a Service's port, unless it has none of that name."""
    found = []
    for pod in _pods(cluster, service):
        number = _number(pod, port.get("targetPort", port.get("port")))
        if number and is_ready(pod):
            found.append(f"{pod['status'].get('podIP')}:{number}")
    return found


def _endpoints(cluster: Cluster, service: Json) -> Json:
    meta = service["metadata"]
    subsets = []
    for port in _ports(service):
        ready = [one.rpartition(":") for one in addresses(cluster, service, port)]
        for number in sorted({one[2] for one in ready}):
            rows = [{"ip": ip} for ip, _, its in ready if its == number]
            told = {"port": int(number), "protocol": str(port.get("protocol", "TCP"))}
            name = {"name": port["name"]} if port.get("name") else {}
            subsets.append({"addresses": rows, "ports": [{**name, **told}]})
    kept = {name: meta[name] for name in ("name", "namespace", "labels", "creationTimestamp") if name in meta}
    return {"apiVersion": "v1", "kind": "Endpoints", "metadata": kept, "subsets": subsets}


def _key(item: Json) -> tuple[str, str]:
    return str(item["metadata"]["namespace"]), str(item["metadata"]["name"])


def _selector(service: Json) -> Json:
    found = (service.get("spec") or {}).get("selector")
    return found if isinstance(found, dict) else {}


def _ports(service: Json) -> list[Json]:
    return [one for one in (service.get("spec") or {}).get("ports") or [] if isinstance(one, dict)]


def _pods(cluster: Cluster, service: Json) -> list[Json]:
    wanted = _selector(service).items()
    pods = cluster.every("pods", service["metadata"]["namespace"]) if wanted else []
    return [one for one in pods if wanted <= (one["metadata"].get("labels") or {}).items()]


def _number(pod: Json, port: Json) -> int:
    """The port of the pod that a Service's `targetPort` means; 0 for a name that no container has."""
    if isinstance(port, int):
        return port
    containers = (pod.get("spec") or {}).get("containers") or []
    for one in (it for each in containers if isinstance(each, dict) for it in each.get("ports") or []):
        if isinstance(one, dict) and one.get("name") == port and isinstance(one.get("containerPort"), int):
            return int(one["containerPort"])
    return 0
