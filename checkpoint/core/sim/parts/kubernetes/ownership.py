"""Which manager set which field: what server-side apply goes by when somebody else applies."""

import itertools
from typing import Any

from immutables import Map

from checkpoint.core.sim.parts.kustomize.merging import key_of

Json = Any
Path = tuple[Any, ...]
"""Field names, and (key, value) for an item of a list that is told apart by a key."""

_OF_THE_SERVER = (
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "managedFields",
    "name",
    "namespace",
)


def leaves(item: Json, path: Path = (), field: str = "") -> dict[Path, Json]:
    """Every single value of an object with its place; a list without keys is one value."""
    if isinstance(item, dict) and item:
        made: dict[Path, Json] = {}
        for name, value in item.items():
            if not path and name in ("apiVersion", "kind", "status"):
                continue
            if path == ("metadata",) and name in _OF_THE_SERVER:
                continue
            made |= leaves(value, (*path, name), name)
        return made
    if isinstance(item, list) and item and (key := key_of(field, item)):
        made = {}
        for one in item:
            made |= leaves(one, (*path, (key, one.get(key))), "")
        return made
    return {path: item}


def set_at(item: Json, path: Path, value: Json) -> None:
    """Put a value at a place, making what leads there."""
    for step, after in itertools.pairwise(path):
        item = _child(item, step, [] if isinstance(after, tuple) else {})
    last = path[-1]
    if isinstance(last, tuple):
        return
    item[last] = value


def _child(item: Json, step: Any, empty: Json) -> Json:
    if isinstance(step, tuple):
        for one in item:
            if one.get(step[0]) == step[1]:
                return one
        item.append({step[0]: step[1]})
        return item[-1]
    if not isinstance(item.get(step), type(empty)):
        item[step] = empty
    return item[step]


def owned(owners: Map[Path, str], old: Json, new: Json, manager: str) -> Map[Path, str]:
    """The owners after `manager` wrote `new` in place of `old`."""
    before, after = leaves(old or {}), leaves(new)
    made = owners
    for path in before:
        if path not in after and path in made:
            made = made.delete(path)
    for path, value in after.items():
        if path not in before or before[path] != value:
            made = made.set(path, manager)
    return made


def kept_by_others(
    owners: Map[Path, str], live: Json, desired: Json, applier: str, *, merge: bool = False
) -> list[tuple[Path, Json]]:
    """Fields of `live` that a forced apply of `desired` leaves alone: others own them.

    What kubectl set counts as the applier's own, as Flux' controller has it unless it is told to `merge`.
    """
    wanted = leaves(desired)
    kept = []
    for path, value in leaves(live).items():
        owner = owners.get(path, "")
        mine = not owner or owner == applier or (owner.startswith("kubectl") and not merge)
        if path not in wanted and not mine:
            kept.append((path, value))
    return kept
