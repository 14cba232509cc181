"""`kubectl describe`, `logs`, `auth can-i`, `version`, `api-resources`, `cluster-info`, `explain`."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, aligned, flag, on, row
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.printing import duration, pod_state
from checkpoint.core.sim.commands.kubectl.selecting import FILES, chosen, selected, wanted
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.kubernetes import kinds
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
            facts += [("Endpoints", ",".join(_endpoints(client, item, one)))]
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


def _endpoints(client: Client, item: Json, port: Json) -> list[str]:
    selector = ",".join(f"{k}={v}" for k, v in (item["spec"].get("selector") or {}).items())
    pods = client.cluster.every("pods", item["metadata"]["namespace"]) if selector else []
    return [
        f"{one['status'].get('podIP')}:{port.get('targetPort')}" for one in pods if selected(one, selector)
    ]


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


def _container(one: Json) -> list[str]:
    ports = ", ".join(f"{p.get('containerPort')}/{p.get('protocol', 'TCP')}" for p in one.get("ports") or [])
    env = [f"      {e.get('name')}:  {e.get('value', '')}" for e in one.get("env") or []]
    return [
        f"   {one.get('name')}:",
        f"    Image:        {one.get('image')}",
        f"    Port:         {ports or _NONE}",
        f"    Host Port:    {'0/TCP' if ports else _NONE}",
        "    Environment:" + ("" if env else "  <none>"),
        *env,
        "    Mounts:       <none>",
    ]


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
        lines += [line.removeprefix(" ") for line in _container(one)]
        own = statuses.get(one.get("name")) or {}
        for what, detail in (own.get("state") or {}).items():
            lines.append(f"    State:          {what.capitalize()}")
            if detail.get("reason"):
                lines.append(f"      Reason:       {detail['reason']}")
        lines.append(f"    Ready:          {own.get('ready', False)}")
        lines.append(f"    Restart Count:  {own.get('restartCount', 0)}")
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


def logs(process: Process, args: Args) -> int:
    if not args.rest and not args.has("--selector"):
        told = (
            "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME "
            "is a required argument"
        )
        raise KubeError(f"{told} for the logs command\nSee 'kubectl logs -h' for help and examples")
    client = Client(process, args)
    for pod in _logged(client, args):
        _, state, _ = pod_state(pod)
        container = args.value("--container") or str((pod["spec"].get("containers") or [{}])[0].get("name"))
        name = pod["metadata"]["name"]
        if container not in [one.get("name") for one in pod["spec"].get("containers") or []]:
            raise KubeError(f"container {container} is not valid for pod {name}")
        if state in ("ImagePullBackOff", "ErrImagePull", "Pending"):
            why = "trying and failing to pull image" if state == "ImagePullBackOff" else "waiting to start"
            raise ServerError(
                "BadRequest", f'container "{container}" in pod "{name}" is waiting to start: {why}'
            )
        if args.has("--previous"):
            lead = f'previous terminated container "{container}" in pod "{name}" not found'
            raise ServerError("BadRequest", lead)
        text = (pod["metadata"].get("annotations") or {}).get("checkpoint/logs", "")
        lines = str(text).splitlines()
        tail = args.value("--tail", "10" if args.has("--selector") else "-1")
        if tail.lstrip("-").isdigit() and int(tail) >= 0:
            lines = lines[max(0, len(lines) - int(tail)) :]
        for line in lines:
            process.line(line)
    return 0


def _logged(client: Client, args: Args) -> list[Json]:
    pods = kinds.named("pods")
    assert pods is not None  # noqa: S101 - a row of the table
    if not args.rest:
        return [one for one in client.each(pods, client.namespace) if selected(one, args.value("--selector"))]
    word, slash, name = args.rest[0].partition("/")
    kind = client.kind(word) if slash else pods
    name = name if slash else word
    try:
        found = client.get(kind, name)
    except ServerError as error:
        if error.reason != "NotFound":
            raise
        told = f'{error.text} in namespace "{client.namespace}"'
        raise KubeError(f"error from server (NotFound): {told}") from None
    if kind.plural == "pods":
        return [found]
    selector = ",".join(
        f"{k}={v}" for k, v in ((found["spec"].get("selector") or {}).get("matchLabels") or {}).items()
    )
    own = [one for one in client.cluster.every("pods", client.namespace) if selected(one, selector)]
    if len(own) > 1:
        client.process.error(f"Found {len(own)} pods, using pod/{own[0]['metadata']['name']}")
    if not own:
        raise KubeError("timed out waiting for the condition")
    return own[:1]


def can_i(process: Process, args: Args) -> int:
    client: Client
    if on(args, "--list"):
        return _allowed(process, Client(process, args))
    if len(args.rest) != 2:
        told = "you must specify two arguments: verb resource or verb resource/resourceName."
        raise KubeError(f"{told}\nSee 'kubectl auth can-i -h' for help and examples.")
    client = Client(process, args)
    verb, resource = args.rest
    plural = resource.partition("/")[0]
    kind = kinds.named(plural)
    if kind is None and plural != "*":
        process.error(f"Warning: the server doesn't have a resource type '{plural}'\n")
    elif kind is not None and not kind.namespaced:
        group = f" group '{kind.group}'" if kind.group else ""
        process.error(
            f"Warning: resource '{kind.plural}' is not namespace scoped{' in' + group if group else ''}\n"
        )
    namespace = "*" if args.has("--all-namespaces") else client.namespace
    allowed = client.user.may(verb, kind.plural if kind else plural, namespace)
    if not on(args, "--quiet"):
        process.line("yes" if allowed else "no")
    return 0 if allowed else 1


_VERBS = ("create", "delete", "get", "list", "patch", "update", "watch")


def _allowed(process: Process, client: Client) -> int:
    """What somebody may do in a namespace: everything in one row, or each kind with its verbs."""
    heads = ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"]
    rows = []
    for kind in sorted(kinds.KINDS, key=lambda one: one.resource):
        verbs = [one for one in _VERBS if client.may(one, kind, client.namespace)]
        if verbs:
            rows.append([kind.resource, "[]", "[]", f"[{' '.join(verbs)}]"])
    if not client.user.deny:
        rows = [["*.*", "[]", "[]", "[*]"], ["", "[*]", "[]", "[*]"]]
    for line in aligned([heads, *rows]):
        process.line(line)
    return 0


def who_am_i(process: Process, args: Args) -> int:
    client = Client(process, args)
    for line in aligned(
        [["ATTRIBUTE", "VALUE"], ["Username", client.user.name], ["Groups", "[system:authenticated]"]]
    ):
        process.line(line)
    return 0


def version(process: Process, args: Args) -> int:
    if args.value("--output"):
        process.unsupported(f"kubectl version -o {args.value('--output')}")
        return 2
    process.line("Client Version: v1.32.4\nKustomize Version: v5.5.0")
    if on(args, "--client"):
        return 0
    quiet = Process(
        process.world, process.words, process.budget, process.spawn, environment=process.environment
    )
    try:
        Client(quiet, args)
    except Told as error:
        process.error(error.message)
        return error.code
    process.line("Server Version: v1.32.4")
    return 0


def api_resources(process: Process, args: Args) -> int:
    Client(process, args)
    rows = [["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"]]
    for kind in sorted(kinds.KINDS, key=lambda one: (one.group, one.plural)):
        rows.append(
            [kind.plural, ",".join(kind.short), kind.api_version, str(kind.namespaced).lower(), kind.kind]
        )
    for line in aligned(rows[1:] if on(args, "--no-headers") else rows):
        process.line(line)
    return 0


def api_versions(process: Process, args: Args) -> int:
    Client(process, args)
    for one in sorted({kind.api_version for kind in kinds.KINDS}):
        process.line(one)
    return 0


def cluster_info(process: Process, args: Args) -> int:
    client = Client(process, args)
    process.line(f"Kubernetes control plane is running at {client.target.server}")
    process.line("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")
    return 0


def explain(process: Process, args: Args) -> int:
    if not args.rest:
        listed = 'Use "kubectl api-resources" for a complete list of supported resources.'
        raise KubeError(f"You must specify the type of resource to explain. {listed}")
    Client(process, args)
    word, dot, _ = args.rest[0].partition(".")
    kind = kinds.named(word)
    if kind is None:
        raise Told(f'the server doesn\'t have a resource type "{word}"')
    if dot:
        process.unsupported(f"kubectl explain of the field {args.rest[0]}")
        return 2
    if kind.group:
        process.line(f"GROUP:      {kind.group}")
    process.line(f"KIND:       {kind.kind}\nVERSION:    {kind.version}\n")
    process.line(
        "DESCRIPTION:\n    (the simulator keeps no descriptions; see kubernetes.io/docs/reference)\n"
    )
    process.line(
        "FIELDS:\n  apiVersion\t<string>\n  kind\t<string>\n  metadata\t<ObjectMeta>\n  "
        "spec\t<Object>\n  status\t<Object>"
    )
    return 0


_LOGS = (
    Option(("-c", "--container"), "NAME"),
    Option(("-l", "--selector"), "LABELS"),
    Option(("--tail",), "N"),
    Option(("--since",), "TIME"),
    Option(("-f", "--follow")),
    Option(("-p", "--previous"), help="of the container that ran before"),
    flag("--all-containers"),
    flag("--timestamps", simulated=False),
    flag("--prefix", simulated=False),
)

ROWS = (
    row(
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
    ),
    row(
        "kubectl logs",
        "print the logs for a container in a pod",
        logs,
        "(POD | TYPE/NAME) [-c CONTAINER]",
        _LOGS,
    ),
    row(
        "kubectl auth",
        "inspect authorization",
        None,
        "SUBCOMMAND",
        below=(
            row(
                "kubectl auth can-i",
                "check whether an action is allowed",
                can_i,
                "VERB TYPE",
                (
                    Option(("-A", "--all-namespaces")),
                    Option(("-q", "--quiet")),
                    flag("--list"),
                    Option(("--subresource",), "NAME", simulated=False),
                ),
            ),
            row("kubectl auth whoami", "experimental: check self subject attributes", who_am_i),
        ),
        absent=("reconcile",),
    ),
    row(
        "kubectl version",
        "print the client and server version information",
        version,
        "",
        (flag("--client"), Option(("-o", "--output"), "FORMAT")),
    ),
    row(
        "kubectl api-resources",
        "print the supported API resources on the server",
        api_resources,
        "",
        (flag("--no-headers"),),
    ),
    row("kubectl api-versions", "print the supported API versions on the server", api_versions),
    row("kubectl cluster-info", "display cluster information", cluster_info, absent=("dump",)),
    row("kubectl explain", "get documentation for a resource", explain, "TYPE"),
)
