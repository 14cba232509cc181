"""Objects as tables, YAML, JSON, names and columns of the learner's choice."""

import json
from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, aligned, on
from checkpoint.core.sim.commands.kubectl.jsonpath import evaluated, found
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import seconds_of
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args
from checkpoint.core.sim.yaml_text import go_dumped

Json = Any
_NONE = "<none>"
_FORMATS = (
    "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,"
    "jsonpath-file,name,template,templatefile,wide,yaml"
)


def age(item: Json, clock: int) -> str:
    return duration(clock - seconds_of(item["metadata"].get("creationTimestamp")))


def duration(seconds: int) -> str:
    """As kubectl's AGE column rounds.

    >>> [duration(n) for n in (5, 119, 125, 600, 10_900, 1_036_800)]
    ['5s', '119s', '2m5s', '10m', '3h1m', '12d']
    """
    seconds = max(0, seconds)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
    if seconds < 120:
        return f"{seconds}s"
    if minutes < 10:
        return f"{minutes}m{seconds % 60}s" if seconds % 60 else f"{minutes}m"
    if minutes < 180:
        return f"{minutes}m"
    if hours < 8:
        return f"{hours}h{minutes % 60}m" if minutes % 60 else f"{hours}h"
    if hours < 48:
        return f"{hours}h"
    if hours < 192:
        return f"{days}d{hours % 24}h" if hours % 24 else f"{days}d"
    return f"{days}d" if days < 730 else f"{days // 365}y"


def pairs(values: Json) -> str:
    if not isinstance(values, dict) or not values:
        return _NONE
    return ",".join(f"{k}={v}" if v != "" else f"{k}=" for k, v in sorted(values.items()))


def _containers(item: Json) -> list[Json]:
    spec = ((item.get("spec") or {}).get("template") or {}).get("spec") or item.get("spec") or {}
    return [one for one in spec.get("containers") or [] if isinstance(one, dict)]


def _images(item: Json) -> list[str]:
    return [
        ",".join(str(one.get("name")) for one in _containers(item)),
        ",".join(str(one.get("image")) for one in _containers(item)),
        pairs(((item.get("spec") or {}).get("selector") or {}).get("matchLabels")),
    ]


def ready_of(item: Json) -> tuple[str, str]:
    status = item.get("status") or {}
    for one in status.get("conditions") or []:
        if one.get("type") == "Ready":
            return str(one.get("status", "Unknown")), str(one.get("message", ""))
    return "", ""


def pod_state(item: Json) -> tuple[str, str, str]:
    """READY, STATUS and RESTARTS of a pod."""
    status = item.get("status") or {}
    states = status.get("containerStatuses") or []
    total = len((item.get("spec") or {}).get("containers") or [])
    reason = str(status.get("reason") or status.get("phase") or "Pending")
    for one in reversed(states):
        state = one.get("state") or {}
        reason = (state.get("waiting") or state.get("terminated") or {}).get("reason") or reason
    restarts = sum(int(one.get("restartCount") or 0) for one in states)
    return f"{sum(bool(one.get('ready')) for one in states)}/{total}", reason, str(restarts)


def table(
    kind: Kind, items: list[Json], clock: int, *, wide: bool = False
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of a kind's table."""
    made = _TABLES.get(kind.plural, _plain)
    heads: list[str] = []
    rows = []
    for item in items:
        heads, cells = made(item, age(item, clock), wide)
        rows.append(cells)
    return heads, rows


def _plain(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    return ["NAME", "AGE"], [item["metadata"]["name"], old]


def _pods(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    heads = ["NAME", "READY", "STATUS", "RESTARTS", "AGE"]
    cells = [item["metadata"]["name"], *pod_state(item), old]
    if wide:
        heads += ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"]
        node = (item.get("spec") or {}).get("nodeName") or _NONE
        cells += [(item.get("status") or {}).get("podIP") or _NONE, node, _NONE, _NONE]
    return heads, cells


def _deployments(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    status, wanted = item.get("status") or {}, (item.get("spec") or {}).get("replicas", 1)
    heads = ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"]
    cells = [
        item["metadata"]["name"],
        f"{status.get('readyReplicas', 0)}/{wanted}",
        str(status.get("updatedReplicas", 0)),
        str(status.get("availableReplicas", 0)),
        old,
    ]
    if wide:
        heads, cells = [*heads, "CONTAINERS", "IMAGES", "SELECTOR"], [*cells, *_images(item)]
    return heads, cells


def _replicasets(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    status, spec = item.get("status") or {}, item.get("spec") or {}
    counts = (spec.get("replicas", 0), status.get("replicas", 0), status.get("readyReplicas", 0))
    heads = ["NAME", "DESIRED", "CURRENT", "READY", "AGE"]
    cells = [item["metadata"]["name"], *map(str, counts), old]
    if wide:
        heads, cells = [*heads, "CONTAINERS", "IMAGES", "SELECTOR"], [*cells, *_images(item)]
    return heads, cells


def _statefulsets(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    wanted = (item.get("spec") or {}).get("replicas", 1)
    heads, ready = ["NAME", "READY", "AGE"], (item.get("status") or {}).get("readyReplicas", 0)
    cells = [item["metadata"]["name"], f"{ready}/{wanted}", old]
    if wide:
        heads, cells = [*heads, "CONTAINERS", "IMAGES"], [*cells, *_images(item)[:2]]
    return heads, cells


def _daemonsets(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    status = item.get("status") or {}
    names = (
        "desiredNumberScheduled",
        "currentNumberScheduled",
        "numberReady",
        "updatedNumberScheduled",
        "numberAvailable",
    )
    heads = ["NAME", "DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE"]
    return heads, [item["metadata"]["name"], *(str(status.get(one, 0)) for one in names), _NONE, old]


def _services(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    spec = item.get("spec") or {}
    ports = [
        f"{one.get('port')}"
        + (f":{one['nodePort']}" if one.get("nodePort") else "")
        + f"/{one.get('protocol', 'TCP')}"
        for one in spec.get("ports") or []
        if isinstance(one, dict)
    ]
    outside = "<pending>" if spec.get("type") == "LoadBalancer" else _NONE
    heads = ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"]
    name = item["metadata"]["name"]
    cells = [
        name,
        str(spec.get("type")),
        str(spec.get("clusterIP", _NONE)),
        outside,
        ",".join(ports) or _NONE,
        old,
    ]
    if wide:
        heads, cells = [*heads, "SELECTOR"], [*cells, pairs(spec.get("selector"))]
    return heads, cells


def _namespaces(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    phase = (item.get("status") or {}).get("phase", "Active")
    return ["NAME", "STATUS", "AGE"], [item["metadata"]["name"], phase, old]


def _nodes(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    prefix = "node-role.kubernetes.io/"
    labels = item["metadata"].get("labels") or {}
    roles = ",".join(sorted(one.removeprefix(prefix) for one in labels if one.startswith(prefix)))
    version = ((item.get("status") or {}).get("nodeInfo") or {}).get("kubeletVersion") or "v1.32.4"
    ready = "NotReady" if ready_of(item)[0] == "False" else "Ready"
    heads = ["NAME", "STATUS", "ROLES", "AGE", "VERSION"]
    cells = [item["metadata"]["name"], ready, roles or "control-plane", old, version]
    if wide:
        heads += ["INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"]
        cells += ["172.18.0.2", _NONE, "Debian GNU/Linux 12 (bookworm)", "6.1.0", "containerd://2.0.2"]
    return heads, cells


def _data(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    count = len(item.get("data") or {}) + len(item.get("binaryData") or {})
    if item["kind"] == "Secret":
        return ["NAME", "TYPE", "DATA", "AGE"], [
            item["metadata"]["name"],
            str(item.get("type")),
            str(count),
            old,
        ]
    return ["NAME", "DATA", "AGE"], [item["metadata"]["name"], str(count), old]


def _jobs(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    done = (item.get("status") or {}).get("succeeded", 0)
    state = "Complete" if done else "Running"
    heads = ["NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE"]
    return heads, [item["metadata"]["name"], state, f"{done}/1", "5s" if done else old, old]


def _flux(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    ready, message = ready_of(item)
    return ["NAME", "AGE", "READY", "STATUS"], [item["metadata"]["name"], old, ready, message]


def _git_repositories(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    ready, message = ready_of(item)
    url = str((item.get("spec") or {}).get("url", ""))
    return ["NAME", "URL", "AGE", "READY", "STATUS"], [item["metadata"]["name"], url, old, ready, message]


def _image_policies(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    latest = (item.get("status") or {}).get("latestRef") or {}
    ready, message = ready_of(item)
    heads = ["NAME", "IMAGE", "TAG", "READY", "STATUS", "AGE"]
    cells = [
        item["metadata"]["name"],
        str(latest.get("name", "")),
        str(latest.get("tag", "")),
        ready,
        message,
        old,
    ]
    return heads, cells


def _targets(item: Json) -> str:
    """`cpu: 63%/70%`, as the client shows what is used and what is aimed at."""
    told = (item.get("status") or {}).get("currentMetrics") or []
    used = {one["resource"]["name"]: one["resource"]["current"].get("averageUtilization") for one in told}
    cells = []
    for one in (item.get("spec") or {}).get("metrics") or []:
        own = one.get("resource") or {}
        goal, now = (own.get("target") or {}).get("averageUtilization"), used.get(own.get("name"))
        cells.append(f"{own.get('name')}: {'<unknown>' if now is None else f'{now}%'}/{goal}%")
    return ", ".join(cells) or "<none>"


def _hpas(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    spec = item.get("spec") or {}
    goal = spec.get("scaleTargetRef") or {}
    heads = ["NAME", "REFERENCE", "TARGETS", "MINPODS", "MAXPODS", "REPLICAS", "AGE"]
    counts = [
        str(spec.get("minReplicas", 1)),
        str(spec.get("maxReplicas", "")),
        str((item.get("status") or {}).get("currentReplicas", 0)),
    ]
    return heads, [
        item["metadata"]["name"],
        f"{goal.get('kind')}/{goal.get('name')}",
        _targets(item),
        *counts,
        old,
    ]


def _ingresses(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    spec = item.get("spec") or {}
    hosts = ",".join(str(one.get("host") or "*") for one in spec.get("rules") or []) or "*"
    ports = "80, 443" if spec.get("tls") else "80"
    heads = ["NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"]
    return heads, [
        item["metadata"]["name"],
        str(spec.get("ingressClassName") or _NONE),
        hosts,
        "",
        ports,
        old,
    ]


def _policies(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    selector = ((item.get("spec") or {}).get("podSelector") or {}).get("matchLabels")
    return ["NAME", "POD-SELECTOR", "AGE"], [item["metadata"]["name"], pairs(selector), old]


def _accounts(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    return ["NAME", "SECRETS", "AGE"], [item["metadata"]["name"], str(len(item.get("secrets") or [])), old]


def _events(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    place = item.get("involvedObject") or {}
    named = f"{str(place.get('kind', '')).lower()}/{place.get('name')}"
    heads = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
    told = str(item.get("message", "")).replace("\n", " ")
    return heads, [old, str(item.get("type")), str(item.get("reason")), named, told]


def _endpoints(item: Json, old: str, wide: bool) -> tuple[list[str], list[str]]:
    found = [
        f"{address.get('ip')}:{port.get('port')}"
        for one in item.get("subsets") or []
        for address in one.get("addresses") or []
        for port in one.get("ports") or []
    ]
    more = f" + {len(found) - 3} more..." if len(found) > 3 else ""
    return ["NAME", "ENDPOINTS", "AGE"], [item["metadata"]["name"], ",".join(found[:3]) + more or _NONE, old]


_TABLES = {
    "endpoints": _endpoints,
    "events": _events,
    "pods": _pods,
    "deployments": _deployments,
    "replicasets": _replicasets,
    "statefulsets": _statefulsets,
    "daemonsets": _daemonsets,
    "services": _services,
    "namespaces": _namespaces,
    "nodes": _nodes,
    "secrets": _data,
    "configmaps": _data,
    "jobs": _jobs,
    "kustomizations": _flux,
    "imageupdateautomations": _plain,
    "gitrepositories": _git_repositories,
    "imagepolicies": _image_policies,
    "horizontalpodautoscalers": _hpas,
    "ingresses": _ingresses,
    "networkpolicies": _policies,
    "serviceaccounts": _accounts,
}


def shown(item: Json) -> Json:
    """What `-o yaml` shows: in short, everything but the managers of fields."""
    made = copied(item)
    made.get("metadata", {}).pop("managedFields", None)
    return made


def asks_for_managers(args: Args) -> bool:
    """YAML and JSON leave the managers out unless they are asked for; a path may name them."""
    return on(args, "--show-managed-fields") or "managedFields" in args.value("--output")


def listing(items: list[Json]) -> Json:
    return {"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}


def formatted(process: Process, args: Args, items: list[Json], *, one: bool) -> bool:
    """Print in the format that `-o` names; False where a table is wanted."""
    output = args.value("--output")
    if output in ("", "wide"):
        return False
    plain = items if asks_for_managers(args) else [shown(item) for item in items]
    value = plain[0] if one and len(plain) == 1 else listing(plain)
    name, equals, template = output.partition("=")
    if output == "yaml":
        process.out(go_dumped(value))
    elif output == "json":
        process.line(json.dumps(value, indent=4, sort_keys=True, ensure_ascii=False))
    elif output == "name":
        for item in items:
            process.line(full_name(item))
    elif name in ("jsonpath", "jsonpath-as-json") and equals:
        process.out(evaluated(template, value, process.budget))
    elif name == "custom-columns" and equals:
        _columns(process, args, plain, template)
    elif name in ("jsonpath", "custom-columns"):
        raise KubeError("template format specified but no template given")
    elif name in (
        "go-template",
        "template",
        "go-template-file",
        "jsonpath-file",
        "templatefile",
        "custom-columns-file",
    ):
        process.unsupported(f"kubectl -o {name}")
        raise Unprinted
    else:
        told = f'the output format "{output}", allowed formats are: {_FORMATS}'
        raise KubeError(f"unable to match a printer suitable for {told}")
    return True


class Unprinted(Exception):
    """The format isn't simulated; already told."""


def _columns(process: Process, args: Args, items: list[Json], template: str) -> None:
    parts = [one.partition(":") for one in template.split(",")]
    if any(not path for _, _, path in parts):
        bad = next(name for name, _, path in parts if not path)
        raise KubeError(f"unexpected custom-columns spec: {bad}, expected <header>:<json-path-expr>")
    rows = [] if on(args, "--no-headers") else [[name for name, _, _ in parts]]
    for item in items:
        cells = []
        for _, _, path in parts:
            values = found(path, item, process.budget)
            cells.append(",".join(v if isinstance(v, str) else _go_text(v) for v in values) or _NONE)
        rows.append(cells)
    for line in aligned(rows):
        process.line(line)


def _go_text(value: Json) -> str:
    if isinstance(value, dict):
        return "map[" + " ".join(f"{k}:{_go_text(v)}" for k, v in sorted(value.items())) + "]"
    if isinstance(value, list):
        return "[" + " ".join(map(_go_text, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else _NONE if value is None else str(value)


def full_name(item: Json) -> str:
    kind = kinds.of(item)
    return f"{kind.word if kind else str(item.get('kind')).lower()}/{item['metadata']['name']}"
