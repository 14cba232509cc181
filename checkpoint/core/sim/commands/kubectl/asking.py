"""`kubectl logs`, `auth can-i`, `version`, `api-resources`, `cluster-info`, `explain`."""

from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, aligned, flag, on, row
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.controller_logs import controller_lines
from checkpoint.core.sim.commands.kubectl.printing import pod_state
from checkpoint.core.sim.commands.kubectl.selecting import selected
from checkpoint.core.sim.durations import seconds
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.clusters import seconds_of
from checkpoint.core.sim.parts.kubernetes.programs import Line, written
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any
_NONE = "<none>"


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
        lines = _since(process, args, _lines(process, client, pod, container))
        tail = args.value("--tail", "10" if args.has("--selector") else "-1")
        if tail.lstrip("-").isdecimal() and int(tail) >= 0:
            lines = lines[max(0, len(lines) - int(tail)) :]
        for line in lines:
            process.line(line)
    return 0


def _lines(process: Process, client: Client, pod: Json, container: str) -> list[Line]:
    """What the setup says that it wrote, and what its program writes as time goes by."""
    text = (pod["metadata"].get("annotations") or {}).get("checkpoint/logs", "")
    began = seconds_of((pod.get("status") or {}).get("startTime"))
    return [
        *((began, one) for one in str(text).splitlines()),
        *controller_lines(process.world, client.name, pod),
        *written(process.world, pod, container),
    ]


def _since(process: Process, args: Args, lines: list[Line]) -> list[str]:
    """Those that `--since` asks for."""
    told = args.value("--since")
    length = seconds(told, 0)
    if told and not length:
        raise KubeError(f'invalid argument "{told}" for "--since" flag: time: invalid duration "{told}"')
    earliest = process.world.clock - length if told else 0
    return [text for at, text in lines if at >= earliest]


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
