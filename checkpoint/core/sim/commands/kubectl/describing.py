"""`kubectl describe`."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, aligned, flag, row
from checkpoint.core.sim.commands.kubectl.client import Client
from checkpoint.core.sim.commands.kubectl.endpoints import addresses
from checkpoint.core.sim.commands.kubectl.printing import duration
from checkpoint.core.sim.commands.kubectl.selecting import FILES, chosen, wanted
from checkpoint.core.sim.parts.kubernetes.clusters import seconds_of
from checkpoint.core.sim.parts.kubernetes.controllers import REVISION
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any
_NONE = "<none>"


def describe(process: Process, args: Args) -> int:
    if not args.rest and not args.has("--filename"):
        listed = 'Use "kubectl api-resources" for a complete list of supported resources.'
        raise KubeError(f"You must specify the type of resource to describe. {listed}")
    client = Client(process, args)
    namespace = "" if args.has("--all-namespaces") else client.namespace
    items = [item for one in wanted(client, args.rest) for item in chosen(client, args, one, namespace)]
    if not items:
        process.error(f"No resources found in {client.namespace} namespace.")
    for number, item in enumerate(items):
        if number:
            process.line("\n")
        for line in _described(client, item):
            process.line(line)
    return 0


def _described(client: Client, item: Json) -> list[str]:
    meta, spec = item["metadata"], item.get("spec") or {}
    facts: list[tuple[str, Json]] = [("Name", meta["name"])]
    if meta.get("namespace"):
        facts.append(("Namespace", meta["namespace"]))
    if item["kind"] == "Deployment":
        return _deployment(client, item, facts)
    if item["kind"] == "Pod":
        return _pod(client, item, facts)
    facts += [("Labels", _lines(meta.get("labels"))), ("Annotations", _lines(_annotations(meta), ": "))]
    if item["kind"] == "Secret":
        lines = _columns([*facts, ("", ""), ("Type", item.get("type"))])
        sizes = [f"{name}:  {_size(value)} bytes" for name, value in sorted((item.get("data") or {}).items())]
        return [*lines, "", "Data", "====", *sizes]
    if item["kind"] == "ConfigMap":
        lines = [*_columns(facts), "", "Data", "===="]
        for name, value in sorted((item.get("data") or {}).items()):
            lines += [f"{name}:", "----", str(value), ""]
        return [*lines, "", "BinaryData", "====", "", "Events:  <none>"]
    if item["kind"] in _OWN_WORDS:
        return _OWN_WORDS[item["kind"]](client, item)
    if item["kind"] == "Namespace":
        facts = [("Name", meta["name"]), *facts[1:], ("Status", (item.get("status") or {}).get("phase"))]
        return [*_columns(facts), "", "No resource quota.", "", "No LimitRange resource."]
    if item["kind"] == "Service":
        ports = [one for one in spec.get("ports") or [] if isinstance(one, dict)]
        facts += [
            (
                "Selector",
                ",".join(f"{k}={v}" for k, v in sorted((spec.get("selector") or {}).items())) or _NONE,
            )
        ]
        facts += [
            ("Type", spec.get("type")),
            ("IP Family Policy", spec.get("ipFamilyPolicy")),
            ("IP Families", "IPv4"),
        ]
        facts += [("IP", spec.get("clusterIP")), ("IPs", spec.get("clusterIP"))]
        for one in ports:
            facts += [
                ("Port", f"{one.get('name') or '<unset>'}  {one.get('port')}/{one.get('protocol', 'TCP')}")
            ]
            facts += [("TargetPort", f"{one.get('targetPort')}/{one.get('protocol', 'TCP')}")]
            if one.get("nodePort"):
                place = f"{one['nodePort']}/{one.get('protocol', 'TCP')}"
                facts += [("NodePort", f"{one.get('name') or '<unset>'}  {place}")]
            facts += [("Endpoints", ",".join(addresses(client.cluster, item, one)))]
        return [
            *_columns(
                [
                    *facts,
                    ("Session Affinity", "None"),
                    ("Internal Traffic Policy", "Cluster"),
                    ("Events", _NONE),
                ]
            )
        ]
    facts += [("API Version", item["apiVersion"]), ("Kind", item["kind"])]
    lines = _columns(facts)
    lines += ["Metadata:", f"  Creation Timestamp:  {meta.get('creationTimestamp')}"]
    for name in ("spec", "status"):
        if item.get(name):
            lines += [f"{name.capitalize()}:", *_tree(item[name], 1)]
    return [*lines, "Events:  <none>"]


def _size(value: Json) -> int:
    try:
        return len(base64.b64decode(str(value)))
    except binascii.Error:
        return len(str(value))


def _tree(value: Json, depth: int) -> list[str]:
    lines = []
    pad = "  " * depth
    for name in sorted(value):
        title = "".join(f" {char}" if char.isupper() else char for char in name).title().strip()
        inner = value[name]
        if isinstance(inner, dict):
            lines += [f"{pad}{title}:", *_tree(inner, depth + 1)]
        elif isinstance(inner, list):
            lines.append(f"{pad}{title}:")
            for one in inner:
                lines += _tree(one, depth + 1) if isinstance(one, dict) else [f"{pad}  {one}"]
        else:
            lines.append(f"{pad}{title}:  {inner}")
    return lines


def _annotations(meta: Json) -> Json:
    hidden = "kubectl.kubernetes.io/last-applied-configuration"
    return {k: v for k, v in (meta.get("annotations") or {}).items() if k != hidden}


def _lines(values: Json, between: str = "=") -> list[str]:
    return [f"{k}{between}{v}" for k, v in sorted((values or {}).items())] or [_NONE]


def _columns(facts: list[tuple[str, Json]]) -> list[str]:
    width = max(len(name) for name, _ in facts) + 3
    lines = []
    for name, value in facts:
        if not name:
            lines.append("")
            continue
        values = value if isinstance(value, list) else [value]
        lines.append(f"{name + ':':<{width}}{values[0]}")
        lines += [" " * width + str(one) for one in values[1:]]
    return lines


def _time(text: Json) -> str:
    return datetime.fromtimestamp(seconds_of(text), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")


def _deployment(client: Client, item: Json, facts: list[tuple[str, Json]]) -> list[str]:
    meta, spec, state = item["metadata"], item["spec"], item.get("status") or {}
    count = {
        name: state.get(name, 0)
        for name in ("updatedReplicas", "replicas", "availableReplicas", "unavailableReplicas")
    }
    rolling = (spec.get("strategy") or {}).get("rollingUpdate") or {}
    facts += [
        ("CreationTimestamp", _time(meta.get("creationTimestamp"))),
        ("Labels", _lines(meta.get("labels"))),
        ("Annotations", _lines(_annotations(meta), ": ")),
        ("Selector", ",".join(_lines((spec.get("selector") or {}).get("matchLabels")))),
        (
            "Replicas",
            f"{spec.get('replicas')} desired | {count['updatedReplicas']} updated | "
            f"{count['replicas']} total | "
            f"{count['availableReplicas']} available | {count['unavailableReplicas']} unavailable",
        ),
        ("StrategyType", (spec.get("strategy") or {}).get("type")),
        ("MinReadySeconds", spec.get("minReadySeconds", 0)),
    ]
    if rolling:
        facts.append(
            (
                "RollingUpdateStrategy",
                f"{rolling['maxUnavailable']} max unavailable, {rolling['maxSurge']} max surge",
            )
        )
    lines = _columns(facts)
    lines += ["Pod Template:", *_template(spec.get("template") or {})]
    rows = [["  Type", "Status", "Reason"], ["  ----", "------", "------"]]
    rows += [
        [f"  {one['type']}", one["status"], one.get("reason", "")] for one in state.get("conditions") or []
    ]
    lines += ["Conditions:", *aligned(rows, 2)]
    uid = meta.get("uid")
    sets = [
        one
        for one in client.cluster.every("replicasets", meta["namespace"])
        if any(ref.get("uid") == uid for ref in one["metadata"].get("ownerReferences") or [])
    ]
    now = (meta.get("annotations") or {}).get(REVISION)
    told = {True: [], False: []}  # type: dict[bool, list[str]]
    for one in sets:
        own = (one["metadata"].get("annotations") or {}).get(REVISION) == now
        replicas = (
            f"({one.get('status', {}).get('replicas', 0)}/{one['spec'].get('replicas', 0)} replicas created)"
        )
        told[own].append(f"{one['metadata']['name']} {replicas}")
    lines.append(f"OldReplicaSets:  {', '.join(told[False]) or _NONE}")
    lines.append(f"NewReplicaSet:   {', '.join(told[True]) or _NONE}")
    return [*lines, "Events:          <none>"]


def _template(template: Json) -> list[str]:
    spec = template.get("spec") or {}
    lines = [
        f"  Labels:  {','.join(_lines((template.get('metadata') or {}).get('labels')))}",
        "  Containers:",
    ]
    for one in spec.get("containers") or []:
        lines += _container(one)
    return [*lines, "  Volumes:       <none>", "  Node-Selectors:  <none>", "  Tolerations:     <none>"]


def _container(one: Json, status: Json = None) -> list[str]:
    """A container of a template, or with its `status` of a pod."""
    ports = ", ".join(f"{p.get('containerPort')}/{p.get('protocol', 'TCP')}" for p in one.get("ports") or [])
    rows = [("Image", one.get("image"))]
    if status is not None:
        rows.append(("Image ID", status.get("imageID", "")))
    rows += [("Port", ports or _NONE), ("Host Port", "0/TCP" if ports else _NONE)]
    rows += _state(status) if status is not None else []
    lines = [f"   {one.get('name')}:", *_aligned(rows)]
    resources, after = one.get("resources") or {}, []
    if resources.get("limits"):
        lines += ["    Limits:", *_aligned(sorted(resources["limits"].items()), 6)]
    if resources.get("requests"):
        lines.append("    Requests:")
        after = [(f"  {name}", amount) for name, amount in sorted(resources["requests"].items())]
    if not one.get("env"):
        return [*lines, *_aligned([*after, ("Environment", _NONE), ("Mounts", _NONE)])]
    lines += [*_aligned(after), "    Environment:"]
    lines += _aligned([(str(e.get("name")), e.get("value", "")) for e in one["env"]], 6)
    return [*lines, "    Mounts:  <none>"]


def _state(status: Json) -> list[tuple[str, Json]]:
    """What a pod's container does."""
    rows: list[tuple[str, Json]] = []
    for what, detail in (status.get("state") or {}).items():
        rows.append(("State", what.capitalize()))
        if detail.get("reason"):
            rows.append(("  Reason", detail["reason"]))
        if detail.get("startedAt"):
            rows.append(("  Started", _time(detail["startedAt"])))
    return [*rows, ("Ready", status.get("ready", False)), ("Restart Count", status.get("restartCount", 0))]


def _aligned(rows: Sequence[tuple[str, Json]], indent: int = 4) -> list[str]:
    """`Name:  value`, the values of neighbours below each other."""
    width = max((len(name) for name, _ in rows), default=0) + 3
    return [f"{' ' * indent}{name + ':':<{width}}{value}" for name, value in rows]


def _pod(client: Client, item: Json, facts: list[tuple[str, Json]]) -> list[str]:
    meta, spec, state = item["metadata"], item["spec"], item.get("status") or {}
    owner = (meta.get("ownerReferences") or [{}])[0]
    facts += [
        ("Priority", 0),
        ("Service Account", spec.get("serviceAccountName", "default")),
        ("Node", f"{spec.get('nodeName', 'node-1')}/{state.get('hostIP', '')}"),
        ("Start Time", _time(state.get("startTime"))),
        ("Labels", _lines(meta.get("labels"))),
        ("Annotations", _lines(_annotations(meta), ": ")),
        ("Status", state.get("phase")),
        ("IP", state.get("podIP")),
    ]
    if owner:
        facts.append(("Controlled By", f"{owner.get('kind')}/{owner.get('name')}"))
    lines = [*_columns(facts), "Containers:"]
    statuses = {one.get("name"): one for one in state.get("containerStatuses") or []}
    events = []
    for one in spec.get("containers") or []:
        name, *told = _container(one, statuses.get(one.get("name")) or {})
        lines += [name.removeprefix(" "), *told]
        events += _pull_events(client, item, one)
    rows = [
        ["  Type", "Status"],
        *([f"  {one['type']}", one["status"]] for one in state.get("conditions") or []),
    ]
    lines += ["Conditions:", *aligned(rows, 4), f"QoS Class:  {state.get('qosClass')}"]
    if not events:
        return [*lines, "Events:     <none>"]
    heads = [["  Type", "Reason", "Age", "From", "Message"], ["  ----", "------", "----", "----", "-------"]]
    return [*lines, "Events:", *aligned(heads + events, 2)]


def _pull_events(client: Client, item: Json, container: Json) -> list[list[str]]:
    image = str(container.get("image"))
    if image not in client.cluster.bad_images:
        return []
    old = duration(client.process.clock - seconds_of(item["metadata"].get("creationTimestamp")))
    failed = (
        f'Failed to pull image "{image}": rpc error: code = NotFound desc = failed to pull '
        f'and unpack image "{image}": not found'
    )
    return [
        ["  Normal", "Pulling", old, "kubelet", f'Pulling image "{image}"'],
        ["  Warning", "Failed", old, "kubelet", failed],
        ["  Warning", "Failed", old, "kubelet", "Error: ErrImagePull"],
        ["  Normal", "BackOff", old, "kubelet", f'Back-off pulling image "{image}"'],
        ["  Warning", "Failed", old, "kubelet", "Error: ImagePullBackOff"],
    ]


# --- autoscalers and network policies -----------------------------------------------------


def _autoscaler(client: Client, item: Json) -> list[str]:
    meta, spec, state = item["metadata"], item.get("spec") or {}, item.get("status") or {}
    place = spec.get("scaleTargetRef") or {}
    current, wanted_count = state.get("currentReplicas", 0), state.get("desiredReplicas", 0)
    kind = str(place.get("kind"))
    used = {
        one["resource"]["name"]: one["resource"]["current"].get("averageUtilization")
        for one in state.get("currentMetrics") or []
    }
    facts: list[tuple[str, Json]] = [
        ("Name", meta["name"]),
        ("Namespace", meta["namespace"]),
        ("Labels", _lines(meta.get("labels"))),
        ("Annotations", _lines(_annotations(meta), ": ")),
        ("CreationTimestamp", _time(meta.get("creationTimestamp"))),
        ("Reference", f"{kind}/{place.get('name')}"),
        ("Metrics", "( current / target )"),
    ]
    for one in spec.get("metrics") or []:
        own = one.get("resource") or {}
        goal, now = (own.get("target") or {}).get("averageUtilization"), used.get(own.get("name"))
        share = "<unknown>" if now is None else f"{now}%"
        what = f"  resource {own.get('name')} on pods  (as a percentage of request)"
        facts.append((what, f"{share} / {goal}%"))
    facts += [
        ("Min replicas", spec.get("minReplicas", 1)),
        ("Max replicas", spec.get("maxReplicas")),
        (f"{kind} pods", f"{current} current / {wanted_count} desired"),
        ("Events", _NONE),
    ]
    return _columns(facts)


_PEERS = {"ingress": ("from", "From", "source"), "egress": ("to", "To", "destination")}


def _network_policy(client: Client, item: Json) -> list[str]:
    meta, spec = item["metadata"], item.get("spec") or {}
    created = datetime.fromtimestamp(seconds_of(meta.get("creationTimestamp")), UTC)
    pods = ",".join(_lines((spec.get("podSelector") or {}).get("matchLabels")))
    all_pods = f"{_NONE} (Allowing the specific traffic to all pods in this namespace)"
    types = spec.get("policyTypes") or ["Ingress"]
    lines = _columns(
        [
            ("Name", meta["name"]),
            ("Namespace", meta["namespace"]),
            ("Created on", f"{created:%Y-%m-%d %H:%M:%S} +0000 UTC"),
            ("Labels", _lines(meta.get("labels"))),
            ("Annotations", _lines(_annotations(meta), ": ")),
        ]
    )
    lines += ["Spec:", f"  PodSelector:     {all_pods if pods == _NONE else pods}"]
    for way in ("ingress", "egress"):
        lines += _traffic(spec.get(way) or [], way, way.capitalize() in types)
    return [*lines, f"  Policy Types: {', '.join(types)}"]


def _traffic(rules: list[Json], way: str, counts: bool) -> list[str]:
    """What a policy lets in or out."""
    if not counts:
        return [f"  Not affecting {way} traffic"]
    field, title, end = _PEERS[way]
    lines = [f"  Allowing {way} traffic:"]
    if not rules:
        return [*lines, f"    {_NONE} (Selected pods are isolated for {way} connectivity)"]
    for number, rule in enumerate(rules):
        if number:
            lines.append("    ----------")
        ports = [
            f"    To Port: {one.get('port')}/{one.get('protocol', 'TCP')}" for one in rule.get("ports") or []
        ]
        lines += ports or ["    To Port: <any> (traffic allowed to all ports)"]
        if not rule.get(field):
            lines.append(f"    {title}: <any> (traffic not restricted by {end})")
        for peer in rule.get(field) or []:
            lines += [f"    {title}:", *_peer(peer)]
    return lines


def _peer(peer: Json) -> list[str]:
    lines = []
    for field, title in (("namespaceSelector", "NamespaceSelector"), ("podSelector", "PodSelector")):
        if field in peer:
            lines.append(f"      {title}: {','.join(_lines((peer[field] or {}).get('matchLabels')))}")
    if "ipBlock" in peer:
        block = peer["ipBlock"] or {}
        except_for = ", ".join(block.get("except") or [])
        lines += ["      IPBlock:", f"        CIDR: {block.get('cidr')}", f"        Except: {except_for}"]
    return lines


_OWN_WORDS: dict[str, Callable[[Client, Json], list[str]]] = {
    "HorizontalPodAutoscaler": _autoscaler,
    "NetworkPolicy": _network_policy,
}

ROW = row(
    "kubectl describe",
    "show details of a specific resource or group of resources",
    describe,
    "TYPE [NAME | -l label]",
    (
        *FILES,
        Option(("-l", "--selector"), "LABELS"),
        Option(("-A", "--all-namespaces")),
        flag("--show-events"),
    ),
)
