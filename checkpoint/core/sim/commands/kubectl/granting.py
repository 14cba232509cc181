"""`kubectl create` of roles, bindings, services, quotas, ingresses and cron jobs: the objects it makes.

Follows kubectl 1.32's own generators.
"""

from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args

Json = Any
_RBAC = "rbac.authorization.k8s.io"
_VERBS = (
    *("get", "delete", "list", "create", "update", "patch", "watch", "proxy", "deletecollection", "use"),
    *("bind", "escalate", "impersonate", "*"),
)


def _split(args: Args, key: str) -> list[str]:
    return [one.strip() for text in args.values(key) for one in text.split(",") if one.strip()]


def role(process: Process, args: Args, name: str, kind: str) -> Json:
    verbs, wanted = list(dict.fromkeys(_split(args, "--verb"))), _split(args, "--resource")
    if not verbs:
        raise KubeError("at least one verb must be specified")
    if not wanted:
        raise KubeError("at least one resource must be specified")
    for verb in verbs:
        if verb not in _VERBS:
            process.error(f"Warning: '{verb}' is not a standard resource verb")
    groups: dict[str, list[str]] = {}
    for typed in wanted:
        group, resource = _resource(typed)
        if resource not in groups.setdefault(group, []):
            groups[group].append(resource)
    names = _split(args, "--resource-name")
    rules = [
        {"apiGroups": [group], "resources": groups[group], "verbs": verbs}
        | ({"resourceNames": names} if names else {})
        for group in sorted(groups)
    ]
    return {"apiVersion": f"{_RBAC}/v1", "kind": kind, "metadata": {"name": name}, "rules": rules}


def _resource(typed: str) -> tuple[str, str]:
    """(group, resource) of `deployments.apps/scale`; the server knows the group of a short word."""
    word, slash, part = typed.partition("/")
    if word == "*":
        return "", "*"
    kind = kinds.named(word)
    if kind is None:
        raise KubeError(f'the server doesn\'t have a resource type "{word}"')
    return kind.group, kind.plural + (f"/{part}" if slash else "")


def binding(args: Args, name: str, kind: str) -> Json:
    role_, cluster_role = args.value("--role"), args.value("--clusterrole")
    if kind == "RoleBinding" and bool(role_) == bool(cluster_role):
        raise KubeError("exactly one of clusterrole or role must be specified")
    subjects: list[Json] = []
    for key, word in (("--user", "User"), ("--group", "Group")):
        subjects += [{"apiGroup": _RBAC, "kind": word, "name": one} for one in _split(args, key)]
    for one in _split(args, "--serviceaccount"):
        namespace, colon, account = one.partition(":")
        if not colon or not namespace or not account:
            raise KubeError("serviceaccount must be <namespace>:<name>")
        subjects.append({"kind": "ServiceAccount", "name": account, "namespace": namespace})
    to = {"apiGroup": _RBAC, "kind": "Role" if role_ else "ClusterRole", "name": role_ or cluster_role}
    made: Json = {"apiVersion": f"{_RBAC}/v1", "kind": kind, "metadata": {"name": name}, "roleRef": to}
    return made | ({"subjects": subjects} if subjects else {})


def service(args: Args, name: str, kind: str) -> Json:
    ports = [_port(one) for one in _split(args, "--tcp")]
    headless = args.value("--clusterip") == "None"
    if not ports and not headless and kind != "ExternalName":
        raise KubeError("at least one tcp port specifiers must be provided")
    spec: Json = {"selector": {"app": name}, "type": kind}
    if ports:
        spec["ports"] = ports
    if args.has("--clusterip"):
        spec["clusterIP"] = args.value("--clusterip")
    if kind == "ExternalName":
        spec["externalName"] = args.value("--external-name")
    meta = {"labels": {"app": name}, "name": name}
    status: Json = {"loadBalancer": {}}
    return {"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": spec, "status": status}


def _port(typed: str) -> Json:
    port, _, goal = typed.partition(":")
    if not port.isdecimal() or len(port) > 5:
        raise KubeError(
            f"port must be an integer: {port}" if not port.isdecimal() else f"invalid port: {port}"
        )
    to: Json = int(goal) if goal.isdecimal() else goal or int(port)
    name = typed.replace(":", "-")
    return {"name": name, "port": int(port), "protocol": "TCP", "targetPort": to}


def quota(args: Args, name: str) -> Json:
    spec: Json = {}
    pairs = [one.partition("=") for one in _split(args, "--hard")]
    for key, equals, value in pairs:
        if not equals or not value:
            raise KubeError(f"Invalid argument syntax {key}, expected <resource>=<value>")
    if pairs:
        spec["hard"] = {key: value for key, _, value in pairs}
    return {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": name},
        "spec": spec,
        "status": {},
    }


def ingress(args: Args, name: str) -> Json:
    hosts: dict[str, list[Json]] = {}
    for typed in args.values("--rule"):
        where, equals, goal = typed.partition(",")[0].partition("=")
        host, slash, path = where.partition("/")
        to, colon, port = goal.partition(":")
        if not equals or not slash or not colon:
            raise KubeError(
                f"rule {typed} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]"
            )
        number: Json = {"number": int(port)} if port.isdecimal() else {"name": port}
        backend = {"service": {"name": to, "port": number}}
        fit = "Prefix" if path.endswith("*") else "Exact"
        hosts.setdefault(host, []).append(
            {"backend": backend, "path": f"/{path.rstrip('*')}", "pathType": fit}
        )
    if not hosts:
        raise KubeError(
            "not enough information provided: every ingress has to either specify a default-backend "
            "(which catches all traffic) or a list of rules (which catch specific paths)"
        )
    rules = [({"host": host} if host else {}) | {"http": {"paths": paths}} for host, paths in hosts.items()]
    spec: Json = {"rules": rules}
    if args.has("--class"):
        spec["ingressClassName"] = args.value("--class")
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": name},
        "spec": spec,
        "status": {"loadBalancer": {}},
    }


def cron_job(args: Args, name: str, command: list[str]) -> Json:
    container: Json = {"image": args.value("--image"), "name": name, "resources": {}}
    if command:
        container["command"] = command
    pod = {"containers": [container], "restartPolicy": args.value("--restart", "OnFailure")}
    job = {
        "metadata": {"creationTimestamp": None, "name": name},
        "spec": {"template": {"metadata": {"creationTimestamp": None}, "spec": pod}},
    }
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": name},
        "spec": {"jobTemplate": job, "schedule": args.value("--schedule")},
        "status": {},
    }
