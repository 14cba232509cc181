"""What the server fills in where a manifest says nothing."""

from typing import Any

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes.quantities import canonical

Json = Any


def defaulted(item: Json) -> Json:
    """A copy with the server's defaults. Odd shapes stay as they are."""
    made = copied(item)
    spec = made.get("spec")
    kind = made.get("kind")
    if kind == "Secret":
        _secret(made)
    if kind == "Namespace":
        _named(made)
    if not isinstance(spec, dict):
        if kind == "Namespace":
            made["spec"] = {"finalizers": ["kubernetes"]}
        return made
    if kind in ("Deployment", "ReplicaSet", "StatefulSet"):
        spec.setdefault("replicas", 1)
    if kind == "Deployment":
        _missing(spec, progressDeadlineSeconds=600, revisionHistoryLimit=10)
        strategy = spec.get("strategy") or {}
        strategy.setdefault("type", "RollingUpdate")
        if strategy["type"] == "RollingUpdate":
            strategy["rollingUpdate"] = {"maxSurge": "25%", "maxUnavailable": "25%"} | (
                strategy.get("rollingUpdate") or {}
            )
        spec["strategy"] = strategy
    if kind in ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job") and isinstance(
        spec.get("template"), dict
    ):
        template = spec["template"]
        template["metadata"] = {"creationTimestamp": None} | (template.get("metadata") or {})
        _pod(template.get("spec"), "Never" if kind == "Job" else "Always")
    if kind == "Pod":
        _pod(spec, "Always")
    if kind == "Service":
        _service(spec)
    return made


def _named(namespace: Json) -> None:
    """A namespace always wears its own name, whoever writes it."""
    meta = namespace["metadata"]
    labels = meta.get("labels") or {}
    if isinstance(labels, dict):
        meta["labels"] = {"kubernetes.io/metadata.name": meta.get("name")} | labels


def _missing(place: Json, **values: Json) -> None:
    for name, value in values.items():
        place.setdefault(name, value)


def _pod(spec: Json, restart: str) -> None:
    if not isinstance(spec, dict):
        return
    _missing(
        spec,
        dnsPolicy="ClusterFirst",
        restartPolicy=restart,
        schedulerName="default-scheduler",
        securityContext={},
        terminationGracePeriodSeconds=30,
    )
    for field in ("initContainers", "containers"):
        for container in spec.get(field) or []:
            if not isinstance(container, dict):
                continue
            image = str(container.get("image", ""))
            latest = ":" not in image.rpartition("/")[2] or image.endswith(":latest")
            _missing(
                container,
                imagePullPolicy="Always" if latest and "@" not in image else "IfNotPresent",
                resources={},
                terminationMessagePath="/dev/termination-log",
                terminationMessagePolicy="File",
            )
            _resources(container["resources"])
            for port in container.get("ports") or []:
                if isinstance(port, dict):
                    port.setdefault("protocol", "TCP")


def _resources(resources: Json) -> None:
    """Amounts as the server keeps them."""
    if not isinstance(resources, dict):
        return
    for field in ("limits", "requests"):
        if isinstance(resources.get(field), dict):
            resources[field] = {name: canonical(amount) for name, amount in resources[field].items()}


def _service(spec: Json) -> None:
    _missing(spec, internalTrafficPolicy="Cluster", ipFamilies=["IPv4"], ipFamilyPolicy="SingleStack")
    _missing(spec, sessionAffinity="None", type="ClusterIP")
    for port in spec.get("ports") or []:
        if isinstance(port, dict):
            port.setdefault("protocol", "TCP")
            port.setdefault("targetPort", port.get("port"))


def _secret(item: Json) -> None:
    import base64

    item.setdefault("type", "Opaque")
    given = item.pop("stringData", None)
    if isinstance(given, dict):
        data = dict(item.get("data") or {})
        for name, value in given.items():
            data[name] = base64.b64encode(str(value).encode("utf-8", "surrogateescape")).decode()
        item["data"] = data
