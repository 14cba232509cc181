"""`kubectl run` and `expose`: a pod from an image, a service in front of what runs already."""

from typing import Any

from checkpoint.core.sim.commands.kubectl.applying import DRY_RUN, OUTPUT, dry_note, dry_run, tried
from checkpoint.core.sim.commands.kubectl.base import KubeError, command_failed, flag, row
from checkpoint.core.sim.commands.kubectl.changing import targets
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.printing import formatted, full_name
from checkpoint.core.sim.commands.kubectl.selecting import FILES
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any


def run(process: Process, args: Args) -> int:
    if not args.has("--image"):
        return command_failed(process, 'required flag(s) "image" not set')
    at = args.dashed if args.dashed is not None else len(args.rest)
    names, words = args.rest[:at], args.rest[at:]
    if len(names) != 1:
        hint = "See 'kubectl run -h' for help and examples"
        raise KubeError(f"NAME is required for run\n{hint}" if not names else f"unexpected args: {names[1:]}")
    item = _pod(args, names[0], words)
    return _made(process, args, item, "created", "kubectl-run")


def _pod(args: Args, name: str, words: list[str]) -> Json:
    container: Json = {"image": args.value("--image"), "name": name, "resources": {}}
    if words:
        container["command" if args.value("--command", "false") != "false" else "args"] = words
    pairs = [one.partition("=") for one in args.values("--env")]
    if pairs:
        container["env"] = [{"name": key, "value": value} for key, _, value in pairs]
    if args.value("--port").isdecimal():
        container["ports"] = [{"containerPort": int(args.value("--port"))}]
    told = [one.partition("=") for one in args.value("--labels", f"run={name}").split(",")]
    restart = args.value("--restart", "Always")
    if restart not in ("Always", "OnFailure", "Never"):
        raise KubeError(f"invalid restart policy: {restart}")
    spec = {"containers": [container], "dnsPolicy": "ClusterFirst", "restartPolicy": restart}
    labels = {key: value for key, _, value in told}
    meta: Json = {"creationTimestamp": None, "labels": labels, "name": name}
    if args.has("--namespace"):
        meta["namespace"] = args.value("--namespace")
    return {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec, "status": {}}


def expose(process: Process, args: Args) -> int:
    client = Client(process, args)
    code = 0
    for item in targets(client, args, args.rest):
        try:
            code |= _made(process, args, _service(args, item), "exposed", "kubectl-expose")
        except ServerError as error:
            process.error(error.message)
            code = 1
    return code


def _service(args: Args, item: Json) -> Json:
    spec, meta = item.get("spec") or {}, item["metadata"]
    selector = (spec.get("selector") or {}).get("matchLabels") or spec.get("selector") or meta.get("labels")
    if item["kind"] not in ("Deployment", "ReplicaSet", "Service", "Pod"):
        raise KubeError(f"cannot expose a {item['kind']}")
    ports = _ports(args, spec)
    if not ports:
        raise KubeError("couldn't find port via --port flag or introspection")
    made: Json = {"ports": ports, "selector": copied(selector)}
    if args.has("--type"):
        made["type"] = args.value("--type")
    own: Json = {"creationTimestamp": None, "name": args.value("--name") or meta["name"]}
    if meta.get("labels"):
        own["labels"] = dict(meta["labels"])
    if args.has("--namespace"):
        own["namespace"] = args.value("--namespace")
    status: Json = {"loadBalancer": {}}
    return {"apiVersion": "v1", "kind": "Service", "metadata": own, "spec": made, "status": status}


def _ports(args: Args, spec: Json) -> list[Json]:
    given = [one for one in args.value("--port").split(",") if one.isdecimal()]
    containers = ((spec.get("template") or {}).get("spec") or spec).get("containers") or []
    known = [str(one.get("containerPort")) for each in containers for one in each.get("ports") or []]
    goal = args.value("--target-port")
    protocol = args.value("--protocol", "TCP")
    made = []
    for number, port in enumerate(given or known):
        name = {"name": f"port-{number + 1}"} if len(given or known) > 1 else {}
        to: Json = int(goal) if goal.isdecimal() else goal or int(port)
        made.append({**name, "port": int(port), "protocol": protocol, "targetPort": to})
    return made


def _made(process: Process, args: Args, item: Json, done: str, manager: str) -> int:
    how = dry_run(args, process)
    if how != "client":
        client = Client(process, args)
        plain = {key: value for key, value in item.items() if key != "status"}
        plain["metadata"] = {key: one for key, one in item["metadata"].items() if one is not None}
        plain["metadata"]["namespace"] = client.namespace
        item = tried(client, plain, "create", how, manager)
    if not formatted(process, args, [item], one=True):
        process.line(f"{full_name(item)} {done}{dry_note(how)}")
    return 0


RUN = row(
    "kubectl run",
    "run a particular image on the cluster",
    run,
    "NAME --image=image [-- [COMMAND] [args...]]",
    (
        DRY_RUN,
        OUTPUT,
        Option(("--image",), "IMAGE", "the image of the container"),
        Option(("--env",), "NAME=VALUE"),
        Option(("--port",), "PORT"),
        Option(("-l", "--labels"), "LABELS"),
        Option(("--restart",), "POLICY"),
        flag("--command", "the words behind -- are the command"),
        flag("--rm", simulated=False),
        Option(("-i", "--stdin"), simulated=False),
        Option(("-t", "--tty"), simulated=False),
        Option(("--overrides",), "JSON", simulated=False),
        flag("--expose", simulated=False),
    ),
)
EXPOSE = row(
    "kubectl expose",
    "take a replication controller, service, deployment or pod and expose it as a new service",
    expose,
    "(-f FILENAME | TYPE NAME) [--port=port]",
    (
        *FILES,
        DRY_RUN,
        OUTPUT,
        Option(("--port",), "PORT"),
        Option(("--target-port",), "PORT"),
        Option(("--protocol",), "NAME"),
        Option(("--name",), "NAME"),
        Option(("--type",), "TYPE"),
        Option(("-l", "--selector"), "LABELS"),
        flag("--all"),
        Option(("--external-ip",), "ADDRESS", simulated=False),
    ),
)
