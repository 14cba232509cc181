"""The marked lines that an image automation rewrites: `tag: 1.0 # {"$imagepolicy": "ns:policy:tag"}`."""

import json
from dataclasses import dataclass
from typing import Any

Json = Any
MARK = '{"$imagepolicy"'


@dataclass(frozen=True, slots=True)
class Change:
    """One rewritten value."""

    setter: str
    old: str
    new: str


def rewritten(text: str, latest: dict[str, Json]) -> tuple[str, tuple[Change, ...]]:
    """A file with its marked values set to what was chosen; `latest` by `namespace:policy`."""
    lines = text.split("\n")
    changes = []
    for number, line in enumerate(lines):
        if MARK in line:
            lines[number], change = _set(line, latest)
            changes += [change] if change else []
    return "\n".join(lines), tuple(changes)


def _set(line: str, latest: dict[str, Json]) -> tuple[str, Change | None]:
    head, _, rest = line.partition(MARK)
    before, sharp, gap = head.rpartition("#")
    setter = _setter(rest)
    value = _value(setter, latest)
    if not sharp or gap.strip() or not value:
        return line, None
    content = before.rstrip()
    key, colon, old = content.partition(": ")
    if not colon and content.lstrip().startswith("- "):
        key, colon, old = content.partition("- ")
    old = old.strip()
    quote = old[:1] if old[:1] in ("'", '"') else ""
    if not colon or not old or old.strip(quote or " ") == value:
        return line, None
    tail = head[len(content) :] + MARK + rest
    return f"{key}{colon}{quote}{value}{quote}{tail}", Change(setter, old.strip(quote or " "), value)


def _setter(rest: str) -> str:
    """`namespace:policy[:part]` out of what stands behind the token."""
    try:
        return str(json.loads("{" + '"policy"' + rest.partition("}")[0] + "}")["policy"])
    except (ValueError, TypeError, KeyError):
        return ""


def _value(setter: str, latest: dict[str, Json]) -> str:
    namespace, _, rest = setter.partition(":")
    policy, _, part = rest.partition(":")
    ref = latest.get(f"{namespace}:{policy}")
    if ref is None:
        return ""
    if part:
        return str(ref.get(part) or "") if part in ("tag", "name", "digest") else ""
    digest = f"@{ref['digest']}" if ref.get("digest") else ""
    return f"{ref['name']}:{ref['tag']}{digest}"
