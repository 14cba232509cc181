"""Patches: strategic merge by the keys of Kubernetes' lists, merge by RFC 7386, and JSON patch."""

from typing import Any

from checkpoint.core.sim.copies import copied
from checkpoint.core.sim.parts.kustomize.source import BuildError

Json = Any

MERGE_KEYS: dict[str, tuple[str, ...]] = {
    "containers": ("name",),
    "initContainers": ("name",),
    "ephemeralContainers": ("name",),
    "env": ("name",),
    "volumes": ("name",),
    "volumeMounts": ("mountPath",),
    "volumeDevices": ("devicePath",),
    "imagePullSecrets": ("name",),
    "hostAliases": ("ip",),
    "topologySpreadConstraints": ("topologyKey",),
    "secrets": ("name",),
    "ownerReferences": ("uid",),
    "conditions": ("type",),
    "tolerations": (),
}
"""Lists whose items are merged one by one, by these fields; other lists are replaced."""


def key_of(field: str, items: Json) -> str:
    """The field by which the items of a list are told apart, or nothing where the list is one value."""
    keys = MERGE_KEYS.get(field, ())
    if field == "ports" and all(isinstance(one, dict) for one in items):
        if all("containerPort" in one for one in items):
            return "containerPort"
        if all("port" in one for one in items):
            return "port"
    return keys[0] if keys and all(isinstance(one, dict) for one in items) else ""


def merged(old: Json, patch: Json, field: str = "") -> Json:
    """A strategic merge: null deletes, `$patch: delete|replace` does what it says, named items are merged.

    Items that are new in a named list stand first, as kustomize puts them.
    """
    if isinstance(patch, dict):
        how = patch.get("$patch")
        if how == "replace" or not isinstance(old, dict):
            return _cleaned({k: v for k, v in patch.items() if k != "$patch"})
        made = dict(old)
        for name, value in patch.items():
            if name == "$patch":
                continue
            if value is None:
                made.pop(name, None)
            else:
                made[name] = merged(made.get(name), value, name)
        return made
    if isinstance(patch, list) and any(_how(one) == "replace" for one in patch):
        return [_cleaned(one) for one in patch if not _how(one)]
    if isinstance(patch, list) and isinstance(old, list) and (key := key_of(field, [*old, *patch])):
        return _merged_lists(old, patch, key)
    return _cleaned(patch)


def _how(item: Json) -> str:
    """What an item of a list says that is to be done with it, if anything."""
    return str(item.get("$patch", "")) if isinstance(item, dict) else ""


def _merged_lists(old: list[Json], patch: list[Json], key: str) -> list[Json]:
    made = list(old)
    added: list[Json] = []
    for one in patch:
        place = next((n for n, there in enumerate(made) if there.get(key) == one.get(key)), None)
        if one.get("$patch") == "delete":
            made = [there for there in made if there.get(key) != one.get(key)]
        elif place is None:
            added.append(_cleaned(one))
        else:
            made[place] = merged(made[place], one)
    return added + made


def _cleaned(value: Json) -> Json:
    """Without the nulls of a patch."""
    if isinstance(value, dict):
        return {k: _cleaned(v) for k, v in value.items() if v is not None and k != "$patch"}
    return [_cleaned(one) for one in value] if isinstance(value, list) else value


def merge_patched(old: Json, patch: Json) -> Json:
    """RFC 7386: lists are replaced, null deletes."""
    if not isinstance(patch, dict):
        return copied(patch)
    made = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = merge_patched(made.get(name), value)
    return made


# --- JSON patch ---------------------------------------------------------------


def json_patched(item: Json, operations: list[Json]) -> Json:
    """RFC 6902 in the words of the Go library that kubectl and kustomize use."""
    made = copied(item)
    for operation in operations:
        if not isinstance(operation, dict) or "op" not in operation or "path" not in operation:
            raise BuildError("error decoding JSON Patch: missing field")
        made = _operated(made, str(operation["op"]), str(operation["path"]), operation)
    return made


def _operated(item: Json, op: str, path: str, operation: dict[str, Json]) -> Json:
    names = [one.replace("~1", "/").replace("~0", "~") for one in path.split("/")[1:]]
    if op in ("copy", "move"):
        source = str(operation.get("from", ""))
        parts = [one.replace("~1", "/").replace("~0", "~") for one in source.split("/")[1:]]
        parent, found = _parent(item, parts)
        if not found or not _has(parent, parts[-1]):
            raise BuildError(f"error in {op} for path: '{source}': missing value")
        value = copied(_child(parent, parts[-1]))
        if op == "move":
            _remove(parent, parts[-1])
        operation = {**operation, "value": value}
        op = "add"
    if not names:
        return copied(operation.get("value"))
    parent, found = _parent(item, names)
    last = names[-1]
    if op == "add":
        if not found:
            raise BuildError(f'add operation does not apply: doc is missing path: "{path}": missing value')
        _add(parent, last, copied(operation.get("value")), path)
    elif op == "remove":
        if not found or not _has(parent, last):
            where = f"Unable to remove nonexistent key: {last}: missing value"
            raise BuildError(f"error in remove for path: '{path}': {where}")
        _remove(parent, last)
    elif op == "replace":
        if not found:
            raise BuildError(f"replace operation does not apply: doc is missing path: {path}: missing value")
        if not _has(parent, last):
            raise BuildError(f"replace operation does not apply: doc is missing key: {path}: missing value")
        _put(parent, last, copied(operation.get("value")))
    elif op == "test":
        if not found or not _has(parent, last) or _child(parent, last) != operation.get("value"):
            raise BuildError(f"testing value {path} failed: test failed")
    else:
        raise BuildError(f"Unexpected kind: {op}")
    return item


def _parent(item: Json, names: list[str]) -> tuple[Json, bool]:
    for name in names[:-1]:
        if not _has(item, name):
            return None, False
        item = _child(item, name)
    return item, isinstance(item, dict | list)


def _place(items: list[Json], name: str) -> int | None:
    if name.lstrip("-").isdecimal() and name.isascii() and len(name) < 9:
        place = int(name)
        if -len(items) <= place < len(items):
            return place
    return None


def _has(item: Json, name: str) -> bool:
    if isinstance(item, dict):
        return name in item
    return isinstance(item, list) and _place(item, name) is not None


def _child(item: Json, name: str) -> Json:
    return item[name] if isinstance(item, dict) else item[_place(item, name) or 0]


def _put(item: Json, name: str, value: Json) -> None:
    if isinstance(item, dict):
        item[name] = value
    else:
        item[_place(item, name) or 0] = value


def _remove(item: Json, name: str) -> None:
    if isinstance(item, dict):
        del item[name]
    else:
        del item[_place(item, name) or 0]


def _add(item: Json, name: str, value: Json, path: str) -> None:
    if isinstance(item, dict):
        item[name] = value
    elif name == "-":
        item.append(value)
    elif name.isascii() and name.isdecimal() and len(name) < 9 and int(name) <= len(item):
        item.insert(int(name), value)
    else:
        raise BuildError(f'add operation does not apply: doc is missing path: "{path}": invalid index')
