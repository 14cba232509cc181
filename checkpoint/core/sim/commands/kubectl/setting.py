"""`kubectl set image`, `set env` and `set resources`: the commonest fields of a pod template."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from checkpoint.core.sim.commands.kubectl.applying import dry_note, dry_run, tried
from checkpoint.core.sim.commands.kubectl.base import KubeError, flag, on, row
from checkpoint.core.sim.commands.kubectl.changing import COMMON, NO_RESOURCE, targets
from checkpoint.core.sim.commands.kubectl.client import Client
from checkpoint.core.sim.commands.kubectl.printing import formatted, full_name
from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any
_MANAGER = "kubectl-set"


def containers_of(item: Json) -> list[Json]:
    """Of a pod, or of what makes pods."""
    spec = item.get("spec") or {}
    found: list[Json] = ((spec.get("template") or {}).get("spec") or spec).get("containers") or []
    return found


def set_image(process: Process, args: Args) -> int:
    words = [one for one in args.rest if "=" not in one]
    images = dict(one.split("=", 1) for one in args.rest if "=" in one)
    how = dry_run(args)
    client = Client(process, args)
    if not words and not args.has("--filename") and not args.has("--kustomize"):
        raise KubeError(NO_RESOURCE)
    if not images:
        raise KubeError("at least one image update is required")
    code = 0
    for item in targets(client, args, words):
        made = copied(item)
        containers = containers_of(made)
        known = {str(one.get("name")) for one in containers}
        missing = [name for name in images if name != "*" and name not in known]
        for name in missing:
            process.error(f'error: unable to find container named "{name}"')
            code = 1
        if missing:
            continue
        for one in containers:
            one["image"] = images.get(str(one.get("name")), images.get("*", one.get("image")))
        if made != item:
            _written(process, args, client, made, how, "image updated")
    return code


def _written(process: Process, args: Args, client: Client, item: Json, how: str, done: str) -> None:
    made = tried(client, item, "patch", how, _MANAGER)
    if not formatted(process, args, [made], one=True):
        process.line(f"{full_name(made)} {done}{dry_note(how)}")


def _changed(
    process: Process, args: Args, words: list[str], change: Callable[[Json], None], done: str
) -> int:
    """Apply a change to the named containers of every object; what it leaves as it was isn't told."""
    how, pattern = dry_run(args), args.value("--containers", "*")
    client = Client(process, args)
    code = 0
    for item in targets(client, args, words):
        made = copied(item)
        meant = [one for one in containers_of(made) if fnmatchcase(str(one.get("name")), pattern)]
        if not meant:
            place = f"{item['kind']}/{item['metadata']['name']}"
            process.error(f'error: {place} does not have any containers matching "{pattern}"')
            code = 1
        for one in meant:
            change(one)
        if made != item:
            _written(process, args, client, made, how, done)
    return code


# --- environment variables ------------------------------------------------------------


def set_env(process: Process, args: Args) -> int:
    changes = [one for one in args.rest if "=" in one or one.endswith("-")]
    words = [one for one in args.rest if one not in changes]
    if not words and not args.has("--filename"):
        raise KubeError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    if on(args, "--list"):
        return _listed(process, args, words)
    if not changes:
        raise KubeError("at least one environment variable must be provided")
    return _changed(process, args, words, lambda container: _with_env(container, changes), "env updated")


def _with_env(container: Json, changes: list[str]) -> None:
    """`NAME=value` sets, `NAME-` takes away."""
    rows: list[Json] = list(container.get("env") or [])
    for one in changes:
        name, equals, value = one.partition("=")
        name = name if equals else name[:-1]
        there = next((place for place, row in enumerate(rows) if row.get("name") == name), None)
        made = [{"name": name, "value": value}] if equals else []
        if there is not None:
            rows[there : there + 1] = made
        else:
            rows += made
    if rows:
        container["env"] = rows
    else:
        container.pop("env", None)


def _listed(process: Process, args: Args, words: list[str]) -> int:
    pattern = args.value("--containers", "*")
    for item in targets(Client(process, args), args, words):
        kind = kinds.of(item)
        for one in containers_of(item):
            if not fnmatchcase(str(one.get("name")), pattern):
                continue
            process.line(
                f"# {kind.plural if kind else ''}/{item['metadata']['name']}, container {one['name']}"
            )
            for entry in one.get("env") or []:
                process.line(_told(entry))
    return 0


def _told(entry: Json) -> str:
    """A variable, or where its value comes from."""
    source = entry.get("valueFrom") or {}
    for word, told in (("secretKeyRef", "secret"), ("configMapKeyRef", "configmap")):
        if word in source:
            place = source[word]
            return f"# {entry['name']} from {told} {place.get('name')}, key {place.get('key')}"
    if "fieldRef" in source:
        return f"# {entry['name']} from field path {source['fieldRef'].get('fieldPath')}"
    return f"{entry['name']}={entry.get('value', '')}"


# --- requests and limits ----------------------------------------------------------------


def set_resources(process: Process, args: Args) -> int:
    asked = {name: _amounts(args.value(f"--{name}")) for name in ("limits", "requests")}
    if not any(asked.values()):
        raise KubeError(
            "you must specify an update to requests or limits (in the form of --requests/--limits)"
        )
    if not args.rest and not args.has("--filename"):
        raise KubeError(NO_RESOURCE)

    def change(container: Json) -> None:
        for name, amounts in asked.items():
            if amounts:
                resources = container["resources"] = dict(container.get("resources") or {})
                resources[name] = {**(resources.get(name) or {}), **amounts}

    return _changed(process, args, args.rest, change, "resource requirements updated")


def _amounts(text: str) -> dict[str, str]:
    """`cpu=250m,memory=64Mi` by resource. Raises KubeError."""
    pairs = [one.partition("=") for one in text.split(",") if one]
    for name, equals, amount in pairs:
        if not equals or not amount or "=" in amount:
            raise KubeError(f"invalid argument syntax {name}{equals}{amount}, expected <resource>=<quantity>")
    return {name: amount for name, _, amount in pairs}


# --- the table ----------------------------------------------------------------------------

_CONTAINERS = Option(("-c", "--containers"), "NAMES", "the containers to change; `*` stands for anything")
ROW = row(
    "kubectl set",
    "set specific features on objects",
    None,
    "SUBCOMMAND",
    below=(
        row(
            "kubectl set env",
            "update environment variables on a pod template",
            set_env,
            "TYPE/NAME KEY_1=VAL_1",
            (
                *COMMON,
                _CONTAINERS,
                flag("--list", "print what is there"),
                flag("--overwrite"),
                Option(("-e", "--env"), "KEY=VALUE", simulated=False),
                Option(("--from",), "PLACE", simulated=False),
                Option(("--prefix",), "TEXT", simulated=False),
                Option(("--keys",), "KEYS", simulated=False),
                flag("--resolve", simulated=False),
                flag("--local", simulated=False),
            ),
        ),
        row(
            "kubectl set image",
            "update the image of a pod template",
            set_image,
            "TYPE NAME CONTAINER=IMAGE",
            COMMON,
        ),
        row(
            "kubectl set resources",
            "update resource requests and limits on objects with pod templates",
            set_resources,
            "TYPE NAME --limits=LIMITS --requests=REQUESTS",
            (
                *COMMON,
                _CONTAINERS,
                Option(("--limits",), "RESOURCE=AMOUNT", "what a container may use at most"),
                Option(("--requests",), "RESOURCE=AMOUNT", "what a container is promised"),
                flag("--local", simulated=False),
            ),
        ),
    ),
    absent=("selector", "serviceaccount", "subject"),
)
