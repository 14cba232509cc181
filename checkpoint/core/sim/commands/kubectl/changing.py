"""`kubectl label`, `annotate`, `scale`, `patch` and the small `create` commands."""

import base64
import json
import re
from functools import partial
from typing import Any

from checkpoint.core.sim.commands.kubectl import granting
from checkpoint.core.sim.commands.kubectl.applying import (
    DRY_RUN,
    OUTPUT,
    create,
    dry_note,
    dry_run,
    tried,
)
from checkpoint.core.sim.commands.kubectl.base import KubeError, command_failed, flag, on, row
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.printing import formatted, full_name
from checkpoint.core.sim.commands.kubectl.selecting import FILES, Wanted, chosen, from_files, wanted
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kustomize.merging import json_patched, merge_patched, merged
from checkpoint.core.sim.parts.kustomize.source import BuildError
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option
from checkpoint.core.sim.yaml_text import BadYaml, document

Json = Any
COMMON = (
    *FILES,
    DRY_RUN,
    OUTPUT,
    Option(("--field-manager",), "NAME", "who sets the fields"),
    Option(("-l", "--selector"), "LABELS"),
    flag("--all"),
    flag("--record"),
)


def targets(client: Client, args: Args, words: list[str]) -> list[Json]:
    """The objects that operands, or files, name."""
    if args.has("--filename") or args.has("--kustomize"):
        places = [client.place(one.item) for one in from_files(client.process, args)]
        return [client.get(kind, name, namespace) for kind, namespace, name in places]
    found = wanted(client, words)
    if not found:
        raise KubeError("resource(s) were provided, but no name was specified" if words else NO_RESOURCE)
    if any(not one.name for one in found) and not (on(args, "--all") or args.has("--selector")):
        raise KubeError("resource(s) were provided, but no name was specified")
    return [item for one in found for item in chosen(client, args, one, client.namespace)]


NO_RESOURCE = (
    "You must provide one or more resources by argument or filename.\nExample resource "
    "specifications include:\n"
    "   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'"
)


def _marked(process: Process, args: Args, field: str, word: str) -> int:
    """Labels and annotations: `key=value` sets, `key-` takes away."""
    words = [one for one in args.rest if "=" not in one and not one.endswith("-")]
    changes = [one for one in args.rest if one not in words]
    if not changes and not on(args, "--list"):
        raise KubeError(f"at least one {'label' if field == 'labels' else 'annotation'} update is required")
    how = dry_run(args)
    client = Client(process, args)
    code = 0
    for item in targets(client, args, words):
        made = copied(item)
        values = dict(made["metadata"].get(field) or {})
        result = f"{word}ed" if word == "label" else "annotated"
        for one in changes:
            key, equals, value = one.partition("=")
            if not equals:
                if key[:-1] not in values:
                    process.line(f'{word} "{key[:-1]}" not found.')
                values.pop(key[:-1], None)
                result = "unlabeled" if word == "label" else "annotated"
            elif key in values and values[key] != value and not on(args, "--overwrite"):
                already = f"'{key}' already has a value ({values[key]})"
                lead = "--overwrite is false but found the following declared annotation(s): "
                told = f"{already}, and --overwrite is false" if word == "label" else lead + already
                process.error(f"error: {told}")
                code = 1
                break
            else:
                values[key] = value
        else:
            made["metadata"] = {**made["metadata"], field: values}
            if not values:
                made["metadata"].pop(field)
            if made == item and on(args, "--list"):
                _list_marks(process, item, field)
                continue
            if made == item and word == "label":
                process.line(f"{full_name(item)} not labeled{dry_note(how)}")
                continue
            made = tried(
                client, made, "patch", how, f"kubectl-{'label' if field == 'labels' else 'annotate'}"
            )
            if on(args, "--list"):
                _list_marks(process, made, field)
            elif not formatted(process, args, [made], one=True):
                process.line(f"{full_name(made)} {result}{dry_note(how)}")
    return code


def _list_marks(process: Process, item: Json, field: str) -> None:
    for key, value in sorted((item["metadata"].get(field) or {}).items()):
        process.line(f"{key}={value}")


def label(process: Process, args: Args) -> int:
    return _marked(process, args, "labels", "label")


def annotate(process: Process, args: Args) -> int:
    return _marked(process, args, "annotations", "annotation")


def scale(process: Process, args: Args) -> int:
    if not args.has("--replicas"):
        return command_failed(process, 'required flag(s) "replicas" not set')
    text = args.value("--replicas")
    if not text.lstrip("-").isdecimal() or len(text) > 6:
        parse = f'strconv.ParseInt: parsing "{text}": invalid syntax'
        process.error(f'Error: invalid argument "{text}" for "--replicas" flag: {parse}')
        process.error("See 'kubectl scale --help' for usage.")
        return 1
    if int(text) < 0:
        raise KubeError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
    how = dry_run(args)
    client = Client(process, args)
    for item in targets(client, args, args.rest):
        if item["kind"] not in ("Deployment", "ReplicaSet", "StatefulSet"):
            raise KubeError("the server could not find the requested resource")
        current = args.value("--current-replicas")
        if current and current != str(item["spec"].get("replicas")):
            raise KubeError(f"Expected replicas to be {current}, was {item['spec'].get('replicas')}")
        made = copied(item)
        made["spec"]["replicas"] = int(text)
        made = tried(client, made, "patch", how, "kubectl")
        if not formatted(process, args, [made], one=True):
            process.line(f"{full_name(made)} scaled{dry_note(how)}")
    return 0


def patch(process: Process, args: Args) -> int:
    if not args.has("--patch") and not args.has("--patch-file"):
        raise KubeError("must specify --patch or --patch-file containing the contents of the patch")
    text = args.value("--patch") if args.has("--patch") else process.read(args.value("--patch-file"))
    how_merged = args.value("--type", "strategic")
    if how_merged not in ("json", "merge", "strategic"):
        raise KubeError(f'--type must be one of [json merge strategic], not "{how_merged}"')
    try:
        change = json.loads(text) if text.lstrip().startswith(("{", "[")) else document(text)
    except ValueError as error:
        raise ServerError("BadRequest", _go_json(str(error), text)) from None
    except BadYaml as error:
        raise KubeError(f'unable to parse "{text}": yaml: {error.problem}') from None
    how = dry_run(args)
    client = Client(process, args)
    for item in targets(client, args, args.rest):
        try:
            if how_merged == "json":
                made = json_patched(item, change if isinstance(change, list) else [change])
            elif not isinstance(change, dict):
                raise KubeError(f'unable to parse "{text}": the patch is no mapping')
            else:
                made = merge_patched(item, change) if how_merged == "merge" else merged(item, change)
        except BuildError as error:
            raise KubeError(
                f"the server rejected our request due to an error in our request: {error.message}"
            ) from None
        changed = made != item
        made = tried(client, made, "patch", how, "kubectl-patch") if changed else made
        if not changed:
            client.check("patch", *client.place(item))
        if not formatted(process, args, [made], one=True):
            process.line(f"{full_name(made)} patched{'' if changed else ' (no change)'}{dry_note(how)}")
    return 0


def _go_json(why: str, text: str) -> str:
    """A parser's complaint as Go words it."""
    place = re.search(r"char (\d+)", why)
    at = int(place[1]) if place else len(text)
    if at >= len(text.rstrip()):
        return "unexpected end of JSON input"
    goal = "object key string" if "property name" in why else "value"
    if "delimiter" in why:
        return (
            f"invalid character '{text[at]}' after {'object key' if ':' in why else 'object key:value pair'}"
        )
    return f"invalid character '{text[at]}' looking for beginning of {goal}"


# --- create ---------------------------------------------------------------------


def _made(process: Process, args: Args, item: Json) -> int:
    how = dry_run(args)
    if how == "client":
        shown = copied(item)
        shown["metadata"] = {"creationTimestamp": None, **shown["metadata"]}
        if args.has("--namespace"):
            shown["metadata"]["namespace"] = args.value("--namespace")
        if not formatted(process, args, [shown], one=True):
            process.line(f"{full_name(item)} created (dry run)")
        return 0
    client = Client(process, args)
    kind, namespace, _ = client.place(item)
    if kind.namespaced:
        item["metadata"]["namespace"] = namespace
    plain = {key: value for key, value in item.items() if key != "status" and value != {}}
    try:
        made = tried(client, plain, "create", how, "kubectl-create")
    except KubeError:
        raise
    if not formatted(process, args, [made], one=True):
        process.line(f"{full_name(made)} created{dry_note(how)}")
    return 0


def _name(args: Args, path: str) -> str:
    if len(args.rest) != 1:
        hint = f"See '{path} -h' for help and examples"
        raise KubeError(f"exactly one NAME is required, got {len(args.rest)}\n{hint}")
    return args.rest[0]


def create_namespace(process: Process, args: Args) -> int:
    name = _name(args, "kubectl create namespace")
    return _made(
        process,
        args,
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}, "spec": {}, "status": {}},
    )


def _pairs(process: Process, args: Args) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in args.values("--from-literal"):
        key, equals, value = one.partition("=")
        if not equals or not key:
            raise KubeError(f"invalid literal source {one}, expected key=value")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        pairs[key] = value
    for one in args.values("--from-file"):
        key, equals, path = one.partition("=")
        path = path if equals else key
        if process.files.is_folder(process.path(path)):
            for inner in process.files.names(process.path(path)):
                if process.files.is_file(f"{process.path(path)}/{inner}"):
                    pairs[inner] = process.read(f"{process.path(path)}/{inner}")
            continue
        if not process.files.is_file(process.path(path)):
            raise KubeError(f"error reading {path}: no such file or directory")
        pairs[key if equals else path.rpartition("/")[2]] = process.read(path)
    for path in args.values("--from-env-file"):
        for line in process.read(path).splitlines():
            key, equals, value = line.strip().partition("=")
            if key and not key.startswith("#") and equals:
                pairs[key] = value
    return pairs


def create_configmap(process: Process, args: Args) -> int:
    name = _name(args, "kubectl create configmap")
    item: Json = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}}
    pairs = _pairs(process, args)
    return _made(process, args, {**item, "data": pairs} if pairs else item)


def create_secret(process: Process, args: Args) -> int:
    name = _name(args, "kubectl create secret generic")
    data = {
        k: base64.b64encode(v.encode("utf-8", "surrogateescape")).decode()
        for k, v in _pairs(process, args).items()
    }
    item: Json = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}}
    if data:
        item["data"] = data
    if args.value("--type"):
        item["type"] = args.value("--type")
    return _made(process, args, item)


def create_registry_secret(process: Process, args: Args) -> int:
    name = _name(args, "kubectl create secret docker-registry")
    user, password = args.value("--docker-username"), args.value("--docker-password")
    if not user or not password:
        raise KubeError(
            "either --from-file or the combination of --docker-username, --docker-password and "
            "--docker-server is required"
        )
    auth = base64.b64encode(f"{user}:{password}".encode("utf-8", "surrogateescape")).decode()
    server = args.value("--docker-server", "https://index.docker.io/v1/")
    facts = {"auths": {server: {"username": user, "password": password, "auth": auth}}}
    if args.value("--docker-email"):
        facts["auths"][server]["email"] = args.value("--docker-email")
    text = base64.b64encode(json.dumps(facts, separators=(",", ":")).encode()).decode()
    item = {
        "apiVersion": "v1",
        "data": {".dockerconfigjson": text},
        "kind": "Secret",
        "metadata": {"name": name},
    }
    return _made(process, args, {**item, "type": "kubernetes.io/dockerconfigjson"})


def create_deployment(process: Process, args: Args) -> int:
    if not args.has("--image"):
        return command_failed(process, 'required flag(s) "image" not set')
    at = args.dashed if args.dashed is not None else len(args.rest)
    command, args.rest = args.rest[at:], args.rest[:at]
    name = _name(args, "kubectl create deployment")
    images = args.values("--image")
    containers: list[Json] = []
    for image in images:
        own = image.rpartition("/")[2].partition(":")[0].partition("@")[0]
        containers.append({"image": image, "name": own, "resources": {}})
    if command:
        containers[0]["command"] = command
    if args.has("--port"):
        containers[0]["ports"] = [
            {"containerPort": int(args.value("--port")) if args.value("--port").isdecimal() else 0}
        ]
    count = args.value("--replicas", "1")
    labels = {"app": name}
    spec = {
        "replicas": int(count) if count.isdecimal() and len(count) < 6 else 1,
        "selector": {"matchLabels": labels},
        "strategy": {},
        "template": {
            "metadata": {"creationTimestamp": None, "labels": labels},
            "spec": {"containers": containers},
        },
    }
    item = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "labels": labels},
        "spec": spec,
        "status": {},
    }
    return _made(process, args, item)


def create_job(process: Process, args: Args) -> int:
    at = args.dashed if args.dashed is not None else len(args.rest)
    words, command = args.rest[:at], args.rest[at:]
    args.rest = words
    name = _name(args, "kubectl create job")
    if not args.has("--image"):
        raise KubeError("either --image or --from must be specified")
    container: Json = {"image": args.value("--image"), "name": name, "resources": {}}
    if command:
        container["command"] = command
    template = {
        "metadata": {"creationTimestamp": None},
        "spec": {"containers": [container], "restartPolicy": "Never"},
    }
    item = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name},
        "spec": {"template": template},
        "status": {},
    }
    return _made(process, args, item)


def create_service_account(process: Process, args: Args) -> int:
    name = _name(args, "kubectl create serviceaccount")
    return _made(process, args, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}})


def create_role(process: Process, args: Args, word: str, kind: str) -> int:
    name = _name(args, f"kubectl create {word}")
    Client(process, args)  # the server says which group a resource is in, so it is asked in any case
    return _made(process, args, granting.role(process, args, name, kind))


def create_binding(process: Process, args: Args, word: str, kind: str) -> int:
    if kind == "ClusterRoleBinding" and not args.has("--clusterrole"):
        return command_failed(process, 'required flag(s) "clusterrole" not set')
    name = _name(args, f"kubectl create {word}")
    item = granting.binding(args, name, kind)
    args.options.pop("--user", None)  # here it names a subject, elsewhere who asks
    return _made(process, args, item)


def create_service(process: Process, args: Args, word: str, kind: str) -> int:
    name = _name(args, f"kubectl create service {word}")
    return _made(process, args, granting.service(args, name, kind))


def create_quota(process: Process, args: Args) -> int:
    return _made(process, args, granting.quota(args, _name(args, "kubectl create quota")))


def create_ingress(process: Process, args: Args) -> int:
    return _made(process, args, granting.ingress(args, _name(args, "kubectl create ingress")))


def create_cron_job(process: Process, args: Args) -> int:
    lacking = [f'"{key[2:]}"' for key in ("--image", "--schedule") if not args.has(key)]
    if lacking:
        return command_failed(process, f"required flag(s) {', '.join(lacking)} not set")
    at = args.dashed if args.dashed is not None else len(args.rest)
    command, args.rest = args.rest[at:], args.rest[:at]
    name = _name(args, "kubectl create cronjob")
    return _made(process, args, granting.cron_job(args, name, command))


_CREATE = (DRY_RUN, OUTPUT, flag("--save-config"), Option(("--validate",), "HOW", optional=True))
_LITERALS = (
    *_CREATE,
    Option(("--from-literal",), "KEY=VALUE"),
    Option(("--from-file",), "FILE"),
    Option(("--from-env-file",), "FILE"),
    Option(("--type",), "TYPE"),
    flag("--append-hash", simulated=False),
)
_RULES = tuple(Option((f"--{one}",), "TEXT") for one in ("verb", "resource", "resource-name"))
_SUBJECTS = tuple(
    Option((f"--{one}",), "NAME") for one in ("role", "clusterrole", "user", "group", "serviceaccount")
)
_GRANTS = (
    *(
        row(
            f"kubectl create {word}",
            f"create a {told} with single rule",
            partial(create_role, word=word, kind=kind),
            "NAME --verb=verb --resource=resource.group/subresource",
            (*_CREATE, *_RULES),
        )
        for word, kind, told in (("role", "Role", "role"), ("clusterrole", "ClusterRole", "cluster role"))
    ),
    *(
        row(
            f"kubectl create {word}",
            f"create a {told} for a particular role",
            partial(create_binding, word=word, kind=kind),
            "NAME --clusterrole=NAME [--user=username] [--group=groupname]",
            (*_CREATE, *(_SUBJECTS if kind == "RoleBinding" else _SUBJECTS[1:])),
        )
        for word, kind, told in (
            ("rolebinding", "RoleBinding", "role binding"),
            ("clusterrolebinding", "ClusterRoleBinding", "cluster role binding"),
        )
    ),
)
_SERVICES = tuple(
    row(
        f"kubectl create service {word}",
        f"create a {kind} service",
        partial(create_service, word=word, kind=kind),
        "NAME [--tcp=<port>:<targetPort>]",
        (
            *_CREATE,
            Option(("--tcp",), "PORT"),
            Option(("--clusterip",), "IP"),
            Option(("--external-name",), "NAME"),
        ),
    )
    for word, kind in (
        ("clusterip", "ClusterIP"),
        ("nodeport", "NodePort"),
        ("loadbalancer", "LoadBalancer"),
        ("externalname", "ExternalName"),
    )
)
_REGISTRY = tuple(Option((f"--docker-{one}",), "TEXT") for one in ("server", "username", "password", "email"))

ROWS = (
    row(
        "kubectl label",
        "update the labels on a resource",
        label,
        "TYPE NAME KEY_1=VAL_1",
        (*COMMON, flag("--overwrite"), flag("--list", "print what is there")),
    ),
    row(
        "kubectl annotate",
        "update the annotations on a resource",
        annotate,
        "TYPE NAME KEY_1=VAL_1",
        (*COMMON, flag("--overwrite"), flag("--list", "print what is there")),
    ),
    row(
        "kubectl scale",
        "set a new size for a deployment, replica set, or replication controller",
        scale,
        "--replicas=COUNT (-f FILENAME | TYPE NAME)",
        (
            *COMMON,
            Option(("--replicas",), "COUNT"),
            Option(("--current-replicas",), "COUNT"),
            Option(("--timeout",), "TIME"),
        ),
    ),
    row(
        "kubectl patch",
        "update fields of a resource",
        patch,
        "TYPE NAME [-p PATCH]",
        (
            *COMMON,
            Option(("-p", "--patch"), "PATCH"),
            Option(("--patch-file",), "FILE"),
            Option(("--type",), "TYPE"),
            Option(("--subresource",), "NAME", simulated=False),
        ),
    ),
    row(
        "kubectl create",
        "create a resource from a file or from stdin",
        create,
        "-f FILENAME",
        (*FILES, *_CREATE),
        below=(
            row(
                "kubectl create namespace",
                "create a namespace with the specified name",
                create_namespace,
                "NAME",
                _CREATE,
                aliases=("ns",),
            ),
            row(
                "kubectl create configmap",
                "create a config map from a local file, directory or literal value",
                create_configmap,
                "NAME",
                _LITERALS,
                aliases=("cm",),
            ),
            row(
                "kubectl create secret",
                "create a secret with specified type",
                None,
                "(docker-registry | generic | tls)",
                below=(
                    row(
                        "kubectl create secret docker-registry",
                        "create a secret for use with a Docker registry",
                        create_registry_secret,
                        "NAME",
                        (*_CREATE, *_REGISTRY),
                    ),
                    row(
                        "kubectl create secret generic",
                        "create a secret from a local file, directory, or literal value",
                        create_secret,
                        "NAME",
                        _LITERALS,
                    ),
                ),
                absent=("tls",),
            ),
            row(
                "kubectl create deployment",
                "create a deployment with the specified name",
                create_deployment,
                "NAME --image=image",
                (
                    *_CREATE,
                    Option(("--image",), "IMAGE"),
                    Option(("-r", "--replicas"), "COUNT"),
                    Option(("--port",), "PORT"),
                ),
                aliases=("deploy",),
            ),
            row(
                "kubectl create job",
                "create a job with the specified name",
                create_job,
                "NAME --image=image",
                (*_CREATE, Option(("--image",), "IMAGE"), Option(("--from",), "CRONJOB", simulated=False)),
            ),
            *_GRANTS,
            row(
                "kubectl create service",
                "create a service using a specified subcommand",
                None,
                "(clusterip | externalname | loadbalancer | nodeport)",
                below=_SERVICES,
                aliases=("svc",),
            ),
            row(
                "kubectl create quota",
                "create a quota with the specified name",
                create_quota,
                "NAME [--hard=key1=value1,key2=value2]",
                (*_CREATE, Option(("--hard",), "LIMITS"), Option(("--scopes",), "SCOPES", simulated=False)),
                aliases=("resourcequota",),
            ),
            row(
                "kubectl create ingress",
                "create an ingress with the specified name",
                create_ingress,
                "NAME --rule=host/path=service:port",
                (*_CREATE, Option(("--rule",), "RULE"), Option(("--class",), "NAME")),
                aliases=("ing",),
            ),
            row(
                "kubectl create cronjob",
                "create a cron job with the specified name",
                create_cron_job,
                "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
                (
                    *_CREATE,
                    Option(("--image",), "IMAGE"),
                    Option(("--schedule",), "WHEN"),
                    Option(("--restart",), "WHEN"),
                ),
                aliases=("cj",),
            ),
            row(
                "kubectl create serviceaccount",
                "create a service account with the specified name",
                create_service_account,
                "NAME",
                _CREATE,
                aliases=("sa",),
            ),
        ),
        absent=("poddisruptionbudget", "priorityclass", "token"),
    ),
)
__all__ = ["ROWS", "Wanted", "targets"]
