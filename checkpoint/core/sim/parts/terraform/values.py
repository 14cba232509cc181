"""Terraform's values and types.

Python's None, bool, int, float, str, tuple (a tuple) and dict (an object) stand for themselves; ListOf,
SetOf and MapOf know the type of their elements; Unknown is what only an apply will tell; Secret hides.
A type is a word (`string number bool dynamic`) or a pair of a word and what is inside, as in JSON states.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Type = Any
"""`"string"`, `("list", Type)`, `("object", {name: Type})`, `("tuple", (Type, ...))` …"""

Value = Any


class ListOf(tuple):  # type: ignore[type-arg]
    """A list: all elements of one type."""

    element: Type = "dynamic"


class SetOf(tuple):  # type: ignore[type-arg]
    """A set, in its order and with nothing twice."""

    element: Type = "dynamic"


class MapOf(dict):  # type: ignore[type-arg]
    """A map: all values of one type."""

    element: Type = "dynamic"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is known after apply."""

    type: Type = "dynamic"


@dataclass(frozen=True, slots=True)
class Secret:
    """A value marked as sensitive."""

    value: Value


class Unsuitable(Exception):
    """A value can't become what is wanted; the message is Terraform's: `a number is required`."""


def bare(value: Value) -> Value:
    """Without marks, at any depth."""
    if isinstance(value, Secret):
        return bare(value.value)
    return mapped(value, bare)


def mapped(value: Value, each: Callable[[Value], Value]) -> Value:
    """The same collection with every element changed; other values as they are."""
    if isinstance(value, dict):
        made: Value = {key: each(one) for key, one in value.items()}
    elif isinstance(value, tuple):
        made = tuple(each(one) for one in value)
    else:
        return value
    return like(value, made)


def like(old: Value, new: Value) -> Value:
    """`new` as the same kind of collection as `old`."""
    if isinstance(old, ListOf | SetOf | MapOf):
        made = type(old)(new)
        made.element = old.element
        return made
    return new


def list_of(items: Any, element: Type = "dynamic") -> ListOf:
    made = ListOf(items)
    made.element = element
    return made


def map_of(items: Any, element: Type = "dynamic") -> MapOf:
    made = MapOf(items)
    made.element = element
    return made


def set_of(items: Any, element: Type = "dynamic") -> SetOf:
    """In the order in which Terraform shows sets: by value."""
    kept: list[Value] = []
    for one in items:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    made = SetOf(sorted(kept, key=order))
    made.element = element
    return made


def order(value: Value) -> tuple[int, Any]:
    value = bare(value)
    if isinstance(value, bool):
        return 0, value
    if isinstance(value, int | float):
        return 1, value
    if isinstance(value, str):
        return 2, value
    return 3, str(value)


def is_secret(value: Value) -> bool:
    """Whether a mark stands anywhere in it."""
    if isinstance(value, Secret):
        return True
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return any(is_secret(one) for one in inside)


def is_known(value: Value) -> bool:
    """Whether everything in it is known."""
    if isinstance(value, Unknown):
        return False
    if isinstance(value, Secret):
        return is_known(value.value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return all(is_known(one) for one in inside)


def same(a: Value, b: Value) -> bool:
    """Equal, kinds included: 1 is not true, and a list is not a tuple of the same elements."""
    a, b = bare(a), bare(b)
    return _same(a, b)


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    return bool(a == b)


def type_of(value: Value) -> Type:
    value = value.value if isinstance(value, Secret) else value
    if isinstance(value, Unknown):
        return value.type
    if value is None:
        return "dynamic"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, ListOf):
        return ("list", value.element)
    if isinstance(value, SetOf):
        return ("set", value.element)
    if isinstance(value, MapOf):
        return ("map", value.element)
    if isinstance(value, tuple):
        return ("tuple", tuple(type_of(one) for one in value))
    return ("object", {key: type_of(value[key]) for key in sorted(value)})


def friendly(type_: Type) -> str:
    """As messages name it: `list of string`, `object`, `tuple`."""
    if isinstance(type_, str):
        return {"dynamic": "any type"}.get(type_, type_)
    word, inner = type_[0], type_[1]
    return f"{word} of {friendly(inner)}" if word in ("list", "set", "map") else str(word)


def required(type_: Type) -> str:
    """`a number is required`, `list of string required` …"""
    if isinstance(type_, str):
        return f"a {type_} is required" if type_ != "bool" else "a bool is required"
    return f"{friendly(type_)} required"


def number_text(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e18 else format(value, ".15g")


def to_string(value: Value) -> str:
    """As an interpolation shows it. Raises Unsuitable."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, str):
        return value
    raise Unsuitable("string required")


def convert(value: Value, type_: Type) -> Value:
    """The value as this type. Raises Unsuitable with the reason."""
    if isinstance(value, Secret):
        return Secret(convert(value.value, type_))
    if type_ == "dynamic" or value is None:
        return value
    if isinstance(value, Unknown):
        return Unknown(type_) if value.type == "dynamic" else value
    if isinstance(type_, str):
        return _primitive(value, type_)
    return _collection(value, type_)


def _primitive(value: Value, type_: str) -> Value:
    if isinstance(value, tuple | dict):
        raise Unsuitable(f"{type_} required" if type_ != "number" else "number required")
    if type_ == "string":
        return to_string(value)
    if type_ == "bool":
        if isinstance(value, bool):
            return value
        if value in ("true", "false", "1", "0"):
            return value in ("true", "1")
        raise Unsuitable("a bool is required" if isinstance(value, str) else "bool required")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    number = parsed_number(value) if isinstance(value, str) else None
    if number is None:
        raise Unsuitable("a number is required")
    return number


def parsed_number(text: str) -> int | float | None:
    plain = text.lstrip("-")
    if len(text) > 40 or not plain or not all(one in "0123456789.eE+-" for one in plain):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    if text.lstrip("-").isdecimal():
        return int(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _collection(value: Value, type_: Type) -> Value:
    word, inner = type_[0], type_[1]
    if word in ("list", "set"):
        if not isinstance(value, tuple):
            raise Unsuitable(f"{friendly(type_)} required")
        items = [_inside(one, inner, place) for place, one in enumerate(value)]
        element = _element(inner, items)
        items = [convert(one, element) for one in items]
        return list_of(items, element) if word == "list" else set_of(items, element)
    if word == "map":
        if not isinstance(value, dict):
            raise Unsuitable(f"{friendly(type_)} required")
        made = {key: _inside(value[key], inner, key) for key in sorted(value)}
        element = _element(inner, list(made.values()))
        return map_of({key: convert(one, element) for key, one in made.items()}, element)
    if word == "tuple":
        if not isinstance(value, tuple) or len(value) != len(inner):
            raise Unsuitable("tuple required")
        return tuple(
            _inside(one, kind, place) for place, (one, kind) in enumerate(zip(value, inner, strict=True))
        )
    return _object(value, type_)


def _object(value: Value, type_: Type) -> Value:
    if not isinstance(value, dict):
        raise Unsuitable("object required")
    inner, optional = type_[1], type_[2] if len(type_) > 2 else {}
    missing = sorted(name for name in inner if name not in value and name not in optional)
    if missing:
        names = " and ".join(
            [", ".join(f'"{one}"' for one in missing[:-1]), f'"{missing[-1]}"']
        ).removeprefix(" and ")
        word = "attribute" if len(missing) == 1 else "attributes"
        raise Unsuitable(f"{word} {names} {'is' if len(missing) == 1 else 'are'} required")
    made = {}
    for name in sorted(inner):
        given = value.get(name)
        if given is None and optional.get(name) is not None:
            given = optional[name]
        made[name] = _inside(given, inner[name], f".{name}")
    return made


def _inside(value: Value, type_: Type, at: int | str) -> Value:
    try:
        return convert(value, type_)
    except Unsuitable as error:
        why = str(error)
        if isinstance(at, str) and at.startswith("."):
            raise Unsuitable(f'attribute "{at[1:]}": {why}') from None
        raise Unsuitable(f"element {at if isinstance(at, int) else _quoted(at)}: {why}") from None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _element(inner: Type, items: list[Value]) -> Type:
    return unified([type_of(one) for one in items]) if inner == "dynamic" else plain_type(inner)


def plain_type(type_: Type) -> Type:
    """Without the defaults of optional attributes."""
    if isinstance(type_, tuple) and type_[0] == "object":
        return ("object", {name: plain_type(inner) for name, inner in type_[1].items()})
    if isinstance(type_, tuple) and type_[0] in ("list", "set", "map"):
        return (type_[0], plain_type(type_[1]))
    return type_


def unified(types: list[Type]) -> Type:
    """The type that all can become: the same, or string for different primitives."""
    kinds: list[Type] = []
    for one in types:
        if one != "dynamic" and one not in kinds:
            kinds.append(one)
    if not kinds:
        return "dynamic"
    if len(kinds) == 1:
        return kinds[0]
    if all(isinstance(one, str) for one in kinds):
        if "string" in kinds or set(kinds) == {"number", "bool"}:
            return "string"
        return "dynamic"
    return "dynamic"


def type_json(type_: Type) -> Any:
    """As states and `output -json` write a type."""
    if isinstance(type_, str):
        return type_
    word, inner = type_[0], type_[1]
    if word == "object":
        return ["object", {name: type_json(inner[name]) for name in sorted(inner)}]
    if word == "tuple":
        return ["tuple", [type_json(one) for one in inner]]
    return [word, type_json(inner)]


def type_from_json(data: Any) -> Type:
    if isinstance(data, str):
        return data
    if not isinstance(data, list) or len(data) < 2:
        return "dynamic"
    word, inner = str(data[0]), data[1]
    if word == "object" and isinstance(inner, dict):
        return ("object", {name: type_from_json(one) for name, one in inner.items()})
    if word == "tuple" and isinstance(inner, list):
        return ("tuple", tuple(type_from_json(one) for one in inner))
    return (word, type_from_json(inner))


def from_json(data: Any, type_: Type = "dynamic") -> Value:
    """A value as JSON holds it. Without a type arrays are tuples and objects are objects."""
    if isinstance(data, list):
        word = type_[0] if isinstance(type_, tuple) else ""
        kinds = (
            type_[1]
            if word == "tuple" and len(type_[1]) == len(data)
            else [type_[1] if word in ("list", "set") else "dynamic"] * len(data)
        )
        items = [from_json(one, kind) for one, kind in zip(data, kinds, strict=True)]
        if word == "list":
            return list_of(items, type_[1])
        return set_of(items, type_[1]) if word == "set" else tuple(items)
    if isinstance(data, dict):
        word = type_[0] if isinstance(type_, tuple) else ""
        if word == "map":
            return map_of({key: from_json(data[key], type_[1]) for key in sorted(data)}, type_[1])
        inner = type_[1] if word == "object" else {}
        return {str(key): from_json(data[key], inner.get(key, "dynamic")) for key in sorted(data)}
    if isinstance(data, float) and data.is_integer() and abs(data) < 1e15:
        return int(data)
    return data


def to_json(value: Value) -> Any:
    """For json.dumps; what is unknown is null, marks are dropped."""
    value = value.value if isinstance(value, Secret) else value
    if isinstance(value, Unknown):
        return None
    if isinstance(value, dict):
        return {key: to_json(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return value


def json_text(value: Value) -> str:
    """As jsonencode writes it: no blanks, `<>&` escaped."""
    text = json.dumps(to_json(value), separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
