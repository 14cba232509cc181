"""The fields that the commonest kinds have; what else is written is refused, as strict validation does."""

from typing import Any

Json = Any

_ANY: dict[str, Any] = {"*": None}


def _fields(text: str, **deeper: Any) -> dict[str, Any]:
    return {**dict.fromkeys(text.split()), **deeper}


_META = _fields(
    "name namespace labels annotations generateName uid resourceVersion generation creationTimestamp "
    "deletionTimestamp deletionGracePeriodSeconds ownerReferences finalizers managedFields selfLink"
)
_CONTAINER = _fields(
    "name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts "
    "volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath "
    "terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty",
    resources=_fields("limits requests claims"),
)
_POD = _fields(
    "volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds "
    "activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount "
    "automountServiceAccountToken "
    "nodeName hostNetwork hostPID hostIPC hostUsers shareProcessNamespace securityContext "
    "imagePullSecrets hostname "
    "subdomain affinity schedulerName tolerations hostAliases priorityClassName priority "
    "dnsConfig readinessGates "
    "runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints "
    "setHostnameAsFQDN os schedulingGates resourceClaims",
    containers=[_CONTAINER],
    initContainers=[_CONTAINER],
)
_TEMPLATE = _fields("metadata spec", metadata=_META, spec=_POD)
_SELECTOR = _fields("matchLabels matchExpressions")
_TOP = "apiVersion kind status"

_KINDS: dict[str, dict[str, Any]] = {
    "Deployment": _fields(
        _TOP,
        metadata=_META,
        spec=_fields(
            "replicas minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds",
            selector=_SELECTOR,
            template=_TEMPLATE,
            strategy=_fields("type", rollingUpdate=_fields("maxSurge maxUnavailable")),
        ),
    ),
    "StatefulSet": _fields(
        _TOP,
        metadata=_META,
        spec=_fields(
            "replicas serviceName podManagementPolicy updateStrategy revisionHistoryLimit minReadySeconds "
            "volumeClaimTemplates persistentVolumeClaimRetentionPolicy ordinals",
            selector=_SELECTOR,
            template=_TEMPLATE,
        ),
    ),
    "DaemonSet": _fields(
        _TOP,
        metadata=_META,
        spec=_fields(
            "updateStrategy minReadySeconds revisionHistoryLimit", selector=_SELECTOR, template=_TEMPLATE
        ),
    ),
    "Pod": _fields(_TOP, metadata=_META, spec=_POD),
    "Service": _fields(
        _TOP,
        metadata=_META,
        spec=_fields(
            "selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerClass "
            "loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort "
            "publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy internalTrafficPolicy "
            "allocateLoadBalancerNodePorts trafficDistribution",
            ports=[_fields("name protocol appProtocol port targetPort nodePort")],
        ),
    ),
    "ConfigMap": _fields(_TOP + " data binaryData immutable", metadata=_META),
    "Secret": _fields(_TOP + " data stringData type immutable", metadata=_META),
    "Namespace": _fields(_TOP + " spec", metadata=_META),
}


def unknown_fields(item: Json) -> list[str]:
    """Paths of fields that the kind doesn't have, as the server names them; none for kinds not listed."""
    known = _KINDS.get(str(item.get("kind")))
    return sorted(_unknown(item, known, "")) if known else []


def _unknown(value: Json, known: Any, path: str) -> list[str]:
    if isinstance(known, list):
        items = value if isinstance(value, list) else []
        return [one for n, item in enumerate(items) for one in _unknown(item, known[0], f"{path}[{n}]")]
    if known is None or not isinstance(value, dict):
        return []
    found = []
    for name, inner in value.items():
        place = f"{path}.{name}" if path else str(name)
        if name not in known:
            found.append(place)
        else:
            found += _unknown(inner, known[name], place)
    return found


_LIST_KEYS = {"containers": "name", "initContainers": "name", "volumes": "name", "env": "name"}


def undeclared(item: Json) -> str:
    """The first unknown field as server-side apply complains of it, or nothing.

    >>> undeclared({"kind": "ConfigMap", "metadata": {"name": "a"}, "date": {}})
    '.date: field not declared in schema'
    """
    for path in unknown_fields(item):
        return f"{_typed_path(item, path)}: field not declared in schema"
    return ""


def _typed_path(item: Json, path: str) -> str:
    """`spec.containers[0].x` as `.spec.containers[name="web"].x`."""
    told, place = "", item
    for step in path.split("."):
        name, bracket, number = step.partition("[")
        place = place.get(name) if isinstance(place, dict) else None
        told += f".{name}"
        if bracket and isinstance(place, list):
            place = place[int(number.rstrip("]"))]
            key = _LIST_KEYS.get(name, "")
            known = isinstance(place, dict) and key in place
            told += f'[{key}="{place[key]}"]' if known else f"[{number}"
    return told
