"""Two objects compared as `flux diff` prints it: one block for each place that differs."""

from collections.abc import Iterator
from typing import Any

from checkpoint.core.sim.yaml_text import go_dumped

Json = Any
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def told(old: Json, new: Json, path: str = "") -> Iterator[str]:
    """Blocks of text without the newline at their end, in the order of the old object's keys.

    >>> list(told({"spec": {"replicas": 5}}, {"spec": {"replicas": 2}}))
    ['spec.replicas\\n  ± value change\\n    - 5\\n    + 2\\n']
    """
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _mappings(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(old, new, path)
    elif old != new:
        yield _changed(old, new, path)


def _mappings(old: Json, new: Json, path: str) -> Iterator[str]:
    gone = {key: old[key] for key in sorted(old) if key not in new}
    added = {key: new[key] for key in sorted(new) if key not in old}
    if gone or added:
        parts = [_entries("-", "map", "removed", gone)] if gone else []
        parts += [_entries("+", "map", "added", added)] if added else []
        yield (path or "(root level)") + "\n" + "\n".join(parts) + "\n"
    for key in sorted(old):
        if key in new:
            yield from told(old[key], new[key], f"{path}.{key}" if path else str(key))


def _lists(old: Json, new: Json, path: str) -> Iterator[str]:
    if _named(old) and _named(new):
        before, after = ({one["name"]: one for one in rows} for rows in (old, new))
        gone = [one for name, one in before.items() if name not in after]
        added = [one for name, one in after.items() if name not in before]
        yield from _list_entries(gone, added, path)
        for name, one in before.items():
            if name in after:
                yield from told(one, after[name], f"{path}.{name}")
    elif len(old) == len(new) and all(isinstance(one, dict) for one in [*old, *new]):
        for place, pair in enumerate(zip(old, new, strict=True)):
            yield from told(*pair, f"{path}.{place}")
    else:
        gone, added = [one for one in old if one not in new], [one for one in new if one not in old]
        yield from _list_entries(gone, added, path)


def _named(rows: Json) -> bool:
    names = [one.get("name") if isinstance(one, dict) else None for one in rows]
    return bool(names) and all(isinstance(one, str) for one in names) and len(set(names)) == len(names)


def _list_entries(gone: Json, added: Json, path: str) -> Iterator[str]:
    if gone or added:
        parts = [_entries("-", "list", "removed", gone)] if gone else []
        parts += [_entries("+", "list", "added", added)] if added else []
        yield path + "\n" + "\n".join(parts) + "\n"


def _entries(sign: str, what: str, done: str, values: Json) -> str:
    count = len(values)
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    head = f"  {sign} {number} {what} {'entry' if count == 1 else 'entries'} {done}:"
    return "\n".join([head, *(f"    {line}" for line in go_dumped(values).rstrip("\n").split("\n"))])


def _changed(old: Json, new: Json, path: str) -> str:
    lead = "± value change"
    if type(old) is not type(new):
        lead = f"± type change from {_type(old)} to {_type(new)}"
    if isinstance(old, str) and isinstance(new, str) and "\n" in old + new:
        rows = [f"    - {line}" for line in old.rstrip("\n").split("\n")]
        rows += [f"    + {line}" for line in new.rstrip("\n").split("\n")]
        return f"{path}\n  ± value change in multiline text\n" + "\n".join(rows) + "\n"
    return f"{path}\n  {lead}\n    - {_word(old)}\n    + {_word(new)}\n"


def _type(value: Json) -> str:
    names = ((bool, "bool"), (int, "int"), (float, "float"), (str, "string"), (dict, "map"), (list, "list"))
    return next((name for kind, name in names if isinstance(value, kind)), "<nil>")


def _word(value: Json) -> str:
    if value is None:
        return "<nil>"
    if isinstance(value, dict | list):
        return go_dumped(value).rstrip("\n").replace("\n", "\n      ")
    return str(value).lower() if isinstance(value, bool) else str(value)
