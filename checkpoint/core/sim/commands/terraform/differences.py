"""What changes, as a tree of differences and as the text that Terraform prints for it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from checkpoint.core.sim.line_diff import opcodes
from checkpoint.core.sim.parts.terraform.providers import is_blocks, schema
from checkpoint.core.sim.parts.terraform.tokens import is_name_part, is_name_start
from checkpoint.core.sim.parts.terraform.values import (
    ListOf,
    MapOf,
    Secret,
    SetOf,
    Unknown,
    Value,
    from_json,
    is_known,
    number_text,
    same,
)

Action = Literal["no-op", "create", "update", "delete", "replace", "create-then-delete", "read"]

SYMBOLS: dict[str, str] = {
    "no-op": "    ",
    "create": "  + ",
    "update": "  ~ ",
    "delete": "  - ",
    "replace": "-/+ ",
    "create-then-delete": "+/- ",
    "read": " <= ",
}
_IMPORTANT = ("id", "name", "tags")


class _Nothing:
    """Where there is no value, not even null."""


NOTHING = _Nothing()


@dataclass(frozen=True, slots=True)
class Options:
    """`bare`: no symbols, everything shown, as in `show`. `ends`: whether ` -> null` is left out."""

    bare: bool = False
    everything: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    action: Action
    kind: str
    """simple, text, object, map, list, set, block, blocks, unknown, secret, other-type"""
    before: Value = None
    after: Value = None
    parts: tuple[tuple[str, "Difference"], ...] = ()
    forces: bool = False
    children: tuple["Difference", ...] = field(default=())

    def text(self, indent: int, options: Options) -> str:
        return _WRITERS[self.kind](self, indent, options)


# --- finding ----------------------------------------------------------------------


def difference(before: Value, after: Value, *, typed: bool = False) -> Difference:
    """Of two values; NOTHING on one side is a creation or deletion. `typed`: null is no value of its own."""
    if typed:
        before, after = NOTHING if before is None else before, NOTHING if after is None else after
    if isinstance(before, Secret) or isinstance(after, Secret):
        inner = difference(_open(before), _open(after), typed=typed)
        return Difference(inner.action, "secret", before, after)
    if isinstance(after, Unknown):
        if before is NOTHING:
            return Difference("create", "unknown")
        return Difference("update", "unknown", children=(difference(before, NOTHING, typed=typed),))
    if before is NOTHING and after is NOTHING:
        return Difference("no-op", "simple")
    if before is not NOTHING and after is not NOTHING and _family(before) != _family(after):
        if before is None or after is None:
            return Difference(
                "update",
                "simple" if _is_plain(before) and _is_plain(after) else "other-type",
                before,
                after,
                children=_both(before, after),
            )
        if not (_is_plain(before) and _is_plain(after)):
            return Difference("update", "other-type", children=_both(before, after))
    some = after if after is not NOTHING else before
    if isinstance(some, dict):
        return _of_objects(before, after)
    if isinstance(some, tuple):
        return _of_lists(before, after)
    return Difference(_action(before, after), "text", before, after)


def _both(before: Value, after: Value) -> tuple[Difference, ...]:
    return difference(before, NOTHING), difference(NOTHING, after)


def _open(value: Value) -> Value:
    return value.value if isinstance(value, Secret) else value


def _is_plain(value: Value) -> bool:
    return not isinstance(value, dict | tuple)


def _family(value: Value) -> str:
    if isinstance(value, dict):
        return "object"
    return "list" if isinstance(value, tuple) else "null" if value is None else "plain"


def _action(before: Value, after: Value) -> Action:
    if before is NOTHING:
        return "create"
    if after is NOTHING:
        return "delete"
    return "no-op" if is_known(after) and same(before, after) else "update"


def _of_objects(before: Value, after: Value) -> Difference:
    old, new = before if isinstance(before, dict) else {}, after if isinstance(after, dict) else {}
    names = sorted({*old, *new})
    parts = tuple((name, difference(old.get(name, NOTHING), new.get(name, NOTHING))) for name in names)
    some = after if isinstance(after, dict) else before
    kind = "map" if isinstance(some, MapOf) else "object"
    return Difference(_whole(before, after, [one for _, one in parts]), kind, parts=parts)


def _whole(before: Value, after: Value, parts: Iterable[Difference]) -> Action:
    if before is NOTHING:
        return "create"
    if after is NOTHING:
        return "delete"
    return "update" if any(one.action != "no-op" for one in parts) else "no-op"


def _of_lists(before: Value, after: Value) -> Difference:
    old = list(before) if isinstance(before, tuple) else []
    new = list(after) if isinstance(after, tuple) else []
    children = tuple(_aligned(old, new))
    some = after if isinstance(after, tuple) else before
    kind = "set" if isinstance(some, SetOf) else "list"
    return Difference(_whole(before, after, children), kind, children=children)


def _aligned(old: list[Value], new: list[Value]) -> Iterable[Difference]:
    """Lists of one length are compared place by place, unless only the order is another. Otherwise what is in
    common stays, and of what stands between only objects are compared with each other."""
    a, b = [_mark(one) for one in old], [_mark(one) for one in new]
    if len(old) == len(new) and sorted(a) != sorted(b):
        yield from (difference(left, right) for left, right in zip(old, new, strict=True))
        return
    for kind, a1, a2, b1, b2 in opcodes(a, b):
        if kind == "equal":
            yield from (difference(old[n], new[b1 + n - a1]) for n in range(a1, a2))
            continue
        left, right = old[a1:a2], new[b1:b2]
        pairs = 0
        while (
            pairs < min(len(left), len(right))
            and isinstance(left[pairs], dict)
            and isinstance(right[pairs], dict)
        ):
            yield difference(left[pairs], right[pairs])
            pairs += 1
        yield from (difference(one, NOTHING) for one in left[pairs:])
        yield from (difference(NOTHING, one) for one in right[pairs:])


def _mark(value: Value) -> str:
    """A text that is the same for the same values."""
    return f"{type(value).__name__} {value!r}" if isinstance(value, bool | Unknown) else repr(value)


def body_difference(
    before: Mapping[str, Value] | None,
    after: Mapping[str, Value] | None,
    replaces: Iterable[str] = (),
    relevant: Iterable[str] | None = None,
    type_: str = "",
) -> Difference:
    """Of two objects of a resource. `relevant`: other attributes count as unchanged."""
    old, new = before or {}, after or {}
    parts, blocks = [], []
    for name in sorted({*old, *new}):
        left, right = old.get(name), new.get(name)
        if relevant is not None and name not in relevant:
            right = left
        if left is None and right is None:
            continue
        if is_blocks(_open(left)) or is_blocks(_open(right)):
            blocks += [(name, one) for one in _block_differences(_open(left) or (), _open(right) or ())]
            continue
        attribute = schema(type_).attributes.get(name)
        if attribute is not None and attribute.type == "dynamic":
            left, right = untyped(left), untyped(right)
        made = difference(left, right, typed=True)
        parts.append((name, replace(made, forces=name in replaces)))
    children = tuple(Difference(one.action, "blocks", parts=((name, one),)) for name, one in blocks)
    action = _whole(
        before if before is not None else NOTHING,
        after if after is not None else NOTHING,
        [*(one for _, one in parts), *children],
    )
    return Difference(action, "block", parts=tuple(parts), children=children)


def untyped(value: Value) -> Value:
    """Where no type is declared, maps look like objects and sets like lists."""
    if isinstance(value, dict):
        return {key: untyped(one) for key, one in value.items()}
    return tuple(untyped(one) for one in value) if isinstance(value, tuple) else value


def _block_differences(old: Value, new: Value) -> list[Difference]:
    made = []
    for place in range(max(len(old), len(new))):
        left = old[place] if place < len(old) else None
        right = new[place] if place < len(new) else None
        made.append(body_difference(left, right))
    return made


# --- writing ----------------------------------------------------------------------


def pad(indent: int) -> str:
    return "    " * indent


def symbol(action: str, options: Options) -> str:
    return "" if options.bare else SYMBOLS[action]


def _null(one: Difference, options: Options) -> str:
    return " -> null" if one.action == "delete" and not options.ends else ""


def _forced(one: Difference) -> str:
    return " # forces replacement" if one.forces else ""


def attribute_name(name: str) -> str:
    plain = bool(name) and is_name_start(name[0]) and all(map(is_name_part, name))
    return name if plain else quoted(name)


def quoted(text: str) -> str:
    made = json.dumps(text, ensure_ascii=False)
    return made.replace("${", "$${").replace("%{", "%%{")


def simple(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    return quoted(str(value))


def _hidden(count: int, what: str) -> str:
    return f"# ({count} unchanged {what}{'' if count == 1 else 's'} hidden)"


def _simple(one: Difference, indent: int, options: Options) -> str:
    if one.action == "update":
        return f"{simple(one.before)} -> {simple(one.after)}{_forced(one)}"
    value = one.before if one.action == "delete" else one.after
    return f"{simple(value)}{_null(one, options)}{_forced(one)}"


def _json(value: Value) -> Value:
    """The object or array that a text holds; NOTHING for other texts."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return NOTHING
    try:
        return from_json(json.loads(value))
    except (ValueError, RecursionError):
        return NOTHING


def _is_long(value: Value) -> bool:
    return isinstance(value, str) and "\n" in value


def _text(one: Difference, indent: int, options: Options) -> str:
    """A single value; texts of several lines and JSON in texts have their own looks."""
    if one.action == "update":
        return _text_update(one, indent, options)
    value = one.before if one.action == "delete" else one.after
    inside = _json(value)
    if inside is not NOTHING:
        sides = (inside, NOTHING) if one.action == "delete" else (NOTHING, inside)
        made = difference(*sides) if one.action != "no-op" else difference(inside, inside)
        return _encoded(one, made, indent, options)
    if not _is_long(value):
        return _simple(one, indent, options)
    lines = [f"{pad(indent + 1)}{symbol('no-op', options)}{line}" for line in value.strip().split("\n")]
    return _document(one, lines, indent, options)


def _text_update(one: Difference, indent: int, options: Options) -> str:
    old, new = _json(one.before), _json(one.after)
    if old is not NOTHING and new is not NOTHING:
        return _encoded(one, difference(old, new), indent, options)
    if not _is_long(one.before) and not _is_long(one.after):
        return _simple(one, indent, options)
    left = str(one.before if one.before is not None else "null").strip().split("\n")
    right = str(one.after if one.after is not None else "null").strip().split("\n")
    lines = []
    for kind, a1, a2, b1, b2 in opcodes(left, right):
        if kind == "equal":
            lines += [f"{pad(indent + 1)}{symbol('no-op', options)}{line}" for line in left[a1:a2]]
            continue
        lines += [f"{pad(indent + 1)}{symbol('delete', options)}{line}" for line in left[a1:a2]]
        lines += [f"{pad(indent + 1)}{symbol('create', options)}{line}" for line in right[b1:b2]]
    return _document(one, lines, indent, options)


def _document(one: Difference, lines: list[str], indent: int, options: Options) -> str:
    body = "\n".join(lines)
    end = f"{pad(indent)}{symbol('no-op', options)}EOT{_null(one, options)}"
    return f"<<-EOT{_forced(one)}\n{body}\n{end}"


def _encoded(one: Difference, inside: Difference, indent: int, options: Options) -> str:
    """`jsonencode(…)` around the difference of what the texts hold."""
    inner = replace(options, ends=True)
    shown = inside.action if inside.action == "update" else "no-op"
    blank = " # whitespace changes" if one.action == "update" and inside.action == "no-op" else ""
    if blank:
        inner = replace(inner, everything=True)
    return (
        f"jsonencode({blank}{_forced(one)}\n"
        f"{pad(indent + 1)}{symbol(shown, inner)}{inside.text(indent + 1, inner)}\n"
        f"{pad(indent)}{symbol('no-op', options)}){_null(one, options)}"
    )


def _named(
    one: Difference, indent: int, options: Options, names: Mapping[str, str], what: str, inner: Options
) -> list[str]:
    """The lines of named parts, what is unchanged counted at the end."""
    width = max((len(name) for name in names.values()), default=0)
    lines, unchanged = [], 0
    for name, part in one.parts:
        important = what == "attribute" and name in _IMPORTANT
        if part.action == "no-op" and not options.everything and not important:
            unchanged += 1
            continue
        value = part.text(indent + 1, replace(inner, everything=True) if important else inner)
        lines.append(f"{pad(indent + 1)}{symbol(part.action, options)}{names[name]:<{width}} = {value}")
    if unchanged:
        lines.append(f"{pad(indent + 1)}{symbol('no-op', options)}{_hidden(unchanged, what)}")
    return lines


def _object(one: Difference, indent: int, options: Options) -> str:
    if not one.parts:
        return f"{{}}{_null(one, options)}{_forced(one)}"
    names = {name: attribute_name(name) for name, _ in one.parts}
    lines = _named(one, indent, options, names, "attribute", replace(options, ends=True))
    return _closed("{", "}", one, lines, indent, options)


def _map(one: Difference, indent: int, options: Options) -> str:
    if not one.parts:
        return f"{{}}{_null(one, options)}{_forced(one)}"
    names = {name: quoted(name) for name, _ in one.parts}
    inner = replace(options, ends=options.ends or one.action == "delete")
    lines = _named(one, indent, options, names, "element", inner)
    return _closed("{", "}", one, lines, indent, options)


def _closed(
    opening: str, closing: str, one: Difference, lines: list[str], indent: int, options: Options
) -> str:
    body = "".join(f"{line}\n" for line in lines)
    end = f"{pad(indent)}{symbol('no-op', options)}{closing}{_null(one, options)}"
    return f"{opening}{_forced(one)}\n{body}{end}"


def _list(one: Difference, indent: int, options: Options) -> str:
    """Around a change the elements next to it are shown; in sets they have no neighbours."""
    if not one.children:
        return f"[]{_null(one, options)}{_forced(one)}"
    inner = replace(options, ends=True)
    lines: list[str] = []
    waiting: list[Difference] = []
    beside = False

    def put(part: Difference, manner: Options) -> None:
        lines.append(f"{pad(indent + 1)}{symbol(part.action, options)}{part.text(indent + 1, manner)},")

    def hide(count: int) -> None:
        if count:
            lines.append(f"{pad(indent + 1)}{symbol('no-op', options)}{_hidden(count, 'element')}")

    whole = replace(inner, everything=True)
    for part in one.children:
        if part.action == "no-op" and not options.everything:
            if beside:
                put(part, whole)
                beside = False
            else:
                waiting.append(part)
            continue
        if one.kind == "list" and waiting and not options.everything:
            hide(len(waiting) - 1)
            put(waiting[-1], whole)
            waiting = []
        put(part, inner)
        beside = one.kind == "list" and not options.everything
    hide(len(waiting))
    return _closed("[", "]", one, lines, indent, options)


def _unknown(one: Difference, indent: int, options: Options) -> str:
    if not one.children:
        return f"(known after apply){_forced(one)}"
    before = one.children[0].text(indent, replace(options, ends=True))
    return f"{before} -> (known after apply){_forced(one)}"


def _secret(one: Difference, indent: int, options: Options) -> str:
    return f"(sensitive value){_null(one, options)}{_forced(one)}"


def _other_type(one: Difference, indent: int, options: Options) -> str:
    inner = replace(options, ends=True)
    before, after = (part.text(indent, inner) for part in one.children)
    return f"{before} -> {after}{_forced(one)}"


def _block(one: Difference, indent: int, options: Options) -> str:
    """A resource's or block's body."""
    if not one.parts and not one.children:
        return "{}"
    names = {name: attribute_name(name) for name, _ in one.parts}
    lines = _named(one, indent, options, names, "attribute", options)
    unchanged = 0
    first = True
    for child in one.children:
        name, part = child.parts[0]
        if part.action == "no-op" and not options.everything:
            unchanged += 1
            continue
        if first and one.parts:
            lines.append("")
        first = False
        body = part.text(indent + 1, options)
        lines.append(f"{pad(indent + 1)}{symbol(part.action, options)}{attribute_name(name)} {body}")
    if unchanged:
        lines += ["", f"{pad(indent + 1)}{symbol('no-op', options)}{_hidden(unchanged, 'block')}"]
    body = "".join(f"{line}\n" for line in lines)
    return f"{{\n{body}{pad(indent)}{symbol('no-op', options)}}}"


_WRITERS = {
    "simple": _simple,
    "text": _text,
    "object": _object,
    "map": _map,
    "list": _list,
    "set": _list,
    "unknown": _unknown,
    "secret": _secret,
    "other-type": _other_type,
    "block": _block,
    "blocks": _block,
}
__all__ = ["NOTHING", "Difference", "ListOf", "Options", "body_difference", "difference"]
