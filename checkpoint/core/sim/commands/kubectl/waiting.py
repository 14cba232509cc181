"""`kubectl wait`: what is so already is met, what isn't times out; nothing here takes time to come true."""

from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, flag, row
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.jsonpath import found
from checkpoint.core.sim.commands.kubectl.printing import full_name
from checkpoint.core.sim.commands.kubectl.selecting import FILES, chosen, from_files, wanted
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any


def wait(process: Process, args: Args) -> int:
    told = args.value("--for")
    name, equals, value = told.partition("=")
    if told not in ("delete", "create") and (name not in ("condition", "jsonpath") or not equals):
        raise KubeError(f'unrecognized condition: "{told}"')
    client = Client(process, args)
    items, missing = _items(process, client, args)
    if told == "delete":
        return _gone(process, client, items)
    if missing is not None:
        raise missing
    if not items:
        raise KubeError("no matching resources found")
    code = 0
    for item in items:
        if told == "create" or _holds(process, item, name, value):
            process.line(f"{full_name(item)} condition met")
        else:
            process.error(f"error: timed out waiting for the condition on {_named(client, item)}")
            code = 1
    return code


def _items(process: Process, client: Client, args: Args) -> tuple[list[Json], ServerError | None]:
    if args.has("--filename"):
        places = [client.place(one.item) for one in from_files(process, args)]
        return [client.get(kind, name, namespace) for kind, namespace, name in places], None
    items: list[Json] = []
    missing = None
    namespace = "" if args.has("--all-namespaces") else client.namespace
    for one in wanted(client, args.rest):
        try:
            items += chosen(client, args, one, namespace)
        except ServerError as error:
            missing = error
    if not args.rest:
        raise KubeError("arguments in resource/name form must have a single resource and name")
    return items, missing


def _gone(process: Process, client: Client, items: list[Json]) -> int:
    for item in items:
        process.error(f"error: timed out waiting for the condition on {_named(client, item)}")
    return 1 if items else 0


def _named(client: Client, item: Json) -> str:
    return f"{client.place(item)[0].plural}/{item['metadata']['name']}"


def _holds(process: Process, item: Json, name: str, value: str) -> bool:
    if name == "condition":
        kind, _, state = value.partition("=")
        conditions = (item.get("status") or {}).get("conditions") or []
        return any(
            str(one.get("type")).lower() == kind.lower()
            and str(one.get("status")).lower() == (state or "true").lower()
            for one in conditions
        )
    path, equals, goal = value.rpartition("=")
    path, goal = (path, goal) if equals and not value.endswith("}") else (value, "")
    values = [
        str(one).lower() if isinstance(one, bool) else str(one) for one in found(path, item, process.budget)
    ]
    return bool(values) and (not goal or values[0] == goal)


WAIT = row(
    "kubectl wait",
    "wait for a specific condition on one or many resources",
    wait,
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) "
    "[--for=create|--for=delete|--for condition=available]",
    (
        *FILES,
        Option(("--for",), "CONDITION", "condition=NAME[=VALUE], jsonpath=PATH[=VALUE], create or delete"),
        Option(("--timeout",), "TIME"),
        Option(("-l", "--selector"), "LABELS"),
        Option(("--field-selector",), "FIELDS"),
        Option(("-A", "--all-namespaces")),
        flag("--all"),
    ),
)
