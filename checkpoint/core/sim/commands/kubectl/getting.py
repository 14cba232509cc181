"""`kubectl get`."""

from typing import Any

from checkpoint.core.sim.commands.kubectl.base import KubeError, aligned, flag, on, row
from checkpoint.core.sim.commands.kubectl.client import Client, ServerError
from checkpoint.core.sim.commands.kubectl.jsonpath import found
from checkpoint.core.sim.commands.kubectl.managing import with_managers
from checkpoint.core.sim.commands.kubectl.printing import (
    Unprinted,
    asks_for_managers,
    formatted,
    full_name,
    pairs,
    table,
)
from checkpoint.core.sim.commands.kubectl.selecting import FILES, Wanted, chosen, from_files, wanted
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.parts.kubernetes.kinds import Kind
from checkpoint.core.sim.process import Process
from checkpoint.core.sim.table import Args, Option

Json = Any
_LISTED = 'Use "kubectl api-resources" for a complete list of supported resources.'


def get(process: Process, args: Args) -> int:
    if not args.rest and not args.has("--filename") and not args.has("--kustomize"):
        process.error(f"You must specify the type of resource to get. {_LISTED}\n")
        process.error("error: Required resource not specified.")
        detailed = (
            '"kubectl explain <resource>" for a detailed description of that resource '
            "(e.g. kubectl explain pods)."
        )
        process.error(f"Use {detailed}\nSee 'kubectl get -h' for help and examples")
        return 1
    client = Client(process, args)
    everywhere = args.has("--all-namespaces")
    if args.rest:
        asked = wanted(client, args.rest)
    else:
        asked = [
            Wanted(client.place(one.item)[0], one.item["metadata"]["name"])
            for one in from_files(process, args)
        ]
    if everywhere and any(one.name for one in asked):
        raise KubeError("a resource cannot be retrieved by name across all namespaces")
    groups, errors = _groups(client, args, asked, "" if everywhere else client.namespace)
    if asks_for_managers(args):
        groups = [(kind, [with_managers(client.cluster, kind, one) for one in own]) for kind, own in groups]
    items = [item for _, found_items in groups for item in found_items]
    _sort(process, args, groups, items)
    single = len(asked) == 1 and bool(asked[0].name)
    try:
        if not (errors and not items) and not formatted(process, args, items, one=single):
            _tables(process, args, groups, everywhere=everywhere)
    except Unprinted:
        return 2
    for error in errors:
        if not (on(args, "--ignore-not-found") and error.reason == "NotFound"):
            process.error(error.message)
    told = any(not on(args, "--ignore-not-found") or one.reason != "NotFound" for one in errors)
    if not items and not told and not errors and args.value("--output") in ("", "wide"):
        _nothing(process, client, asked, everywhere=everywhere)
    return 1 if told else 0


def _groups(
    client: Client, args: Args, asked: list[Wanted], namespace: str
) -> tuple[list[tuple[Kind, list[Json]]], list[ServerError]]:
    groups: list[tuple[Kind, list[Json]]] = []
    errors: list[ServerError] = []
    for one in asked:
        try:
            items = chosen(client, args, one, namespace)
        except ServerError as error:
            errors.append(error)
            continue
        if groups and groups[-1][0] is one.kind:
            groups[-1][1].extend(items)
        else:
            groups.append((one.kind, items))
    return groups, errors


def _sort(process: Process, args: Args, groups: list[tuple[Kind, list[Json]]], items: list[Json]) -> None:
    path = args.value("--sort-by")
    if not path:
        return

    def key(item: Json) -> tuple[int, float, str]:
        values = found(path, item, process.budget)
        value = values[0] if values else ""
        return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value))

    items.sort(key=key)
    for _, own in groups:
        own.sort(key=key)


def _nothing(process: Process, client: Client, asked: list[Wanted], *, everywhere: bool) -> None:
    if everywhere or all(not one.kind.namespaced for one in asked):
        process.error("No resources found")
    else:
        process.error(f"No resources found in {client.namespace} namespace.")


def _tables(process: Process, args: Args, groups: list[tuple[Kind, list[Json]]], *, everywhere: bool) -> None:
    full = [(kind, items) for kind, items in groups if items]
    wide = args.value("--output") == "wide"
    for number, (kind, items) in enumerate(full):
        heads, rows = table(kind, items, process.clock, wide=wide)
        if len(full) > 1 or on(args, "--show-kind"):
            rows = [[f"{kind.word}/{cells[0]}", *cells[1:]] for cells in rows]
        if everywhere and kind.namespaced:
            heads = ["NAMESPACE", *heads]
            rows = [[item["metadata"]["namespace"], *cells] for item, cells in zip(items, rows, strict=True)]
        for label in args.value("--label-columns").split(",") if args.has("--label-columns") else ():
            heads = [*heads, label.rpartition("/")[2].upper()]
            rows = [
                [*cells, str((item["metadata"].get("labels") or {}).get(label, ""))]
                for item, cells in zip(items, rows, strict=True)
            ]
        if on(args, "--show-labels"):
            heads = [*heads, "LABELS"]
            rows = [
                [*cells, pairs(item["metadata"].get("labels"))]
                for item, cells in zip(items, rows, strict=True)
            ]
        if number:
            process.line()
        for line in aligned(rows if on(args, "--no-headers") else [heads, *rows]):
            process.line(line)


OPTIONS = (
    Option(("-o", "--output"), "FORMAT", "wide, yaml, json, name, jsonpath=…, custom-columns=…"),
    Option(("-A", "--all-namespaces"), help="the objects of all namespaces"),
    Option(("-l", "--selector"), "LABELS", "only objects with these labels"),
    Option(("--field-selector",), "FIELDS", "only objects with these fields"),
    Option(("-L", "--label-columns"), "LABELS", "labels as columns"),
    Option(("--sort-by",), "PATH", "sort by this field"),
    flag("--show-labels", "show all labels"),
    flag("--show-kind"),
    flag("--no-headers", "print no headers"),
    flag("--ignore-not-found"),
    flag("--show-managed-fields", "show who set which field"),
    Option(("-w", "--watch"), simulated=False),
    flag("--watch-only", simulated=False),
    flag("--output-watch-events", simulated=False),
    Option(("--subresource",), "NAME", simulated=False),
    Option(("--chunk-size",), "N"),
    flag("--server-print"),
    Option(("--raw",), "URI", simulated=False),
    Option(("--template",), "TEXT", simulated=False),
    *FILES,
)

ROW = row("kubectl get", "display one or many resources", get, "TYPE [NAME | -l label]", OPTIONS)

__all__ = ["OPTIONS", "ROW", "full_name", "get", "kinds"]
