"""How a frozen dataclass is told as JSON and read again, derived from the types of its fields.

Reading is strict: an unknown key, a missing one or a value of another type is a BadSnapshot.
"""

import hashlib
import json
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from immutables import Map

from checkpoint.core.sim.facts import (
    BadSnapshot,
    Json,
    bytes_read,
    bytes_told,
    facts_read,
    facts_told,
    map_read,
    map_told,
    text_read,
    text_told,
)

_REFERENCE = "=at"
_LEAST = 80
"""Characters of JSON from which on a value is worth an address."""


@dataclass(slots=True)
class Shared:
    """Values that both sides know by an address made from their content.

    While `gathering`, what is told is remembered under its address.
    """

    gathering: bool = False
    addresses: dict[int, str] = field(default_factory=dict)
    """By the identity of a value."""
    alive: list[Any] = field(default_factory=list)
    """Those values: an identity counts only as long as its value is there."""
    values: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """By address: the name of the shape and the value."""

    def told(self, shape: str, value: Any, tell: Callable[[], Json]) -> Json:
        address = self.addresses.get(id(value))
        if address is not None and self.values[address][0] == shape:
            return {_REFERENCE: address}
        made = tell()
        return self._kept(shape, value, made) if self.gathering else made

    def _kept(self, shape: str, value: Any, made: Json) -> Json:
        text = json.dumps([shape, made])
        if len(text) < _LEAST:
            return made
        address = hashlib.sha256(text.encode()).hexdigest()[:20]
        self.values.setdefault(address, (shape, value))
        self.addresses[id(value)] = address
        self.alive.append(value)
        return {_REFERENCE: address}

    def read(self, shape: str, told: Json) -> Any:
        """The value that a reference names, or None for something else than a reference."""
        if not isinstance(told, dict) or _REFERENCE not in told:
            return None
        kind, value = self.values.get(str(told[_REFERENCE]), ("", None))
        if len(told) != 1 or kind != shape:
            raise BadSnapshot(f"no {shape} is known by the address {told[_REFERENCE]}")
        return value


NOTHING = Shared()

Tell = Callable[[Any, Shared], Json]
Read = Callable[[Json, Shared], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """A type's two ways."""

    tell: Tell
    read: Read


@lru_cache(maxsize=512)
def shape_of(kind: Any) -> Shape:
    """The shape of a type: a dataclass, a simple value, or a container of such."""
    if isinstance(kind, type) and is_dataclass(kind):
        return record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(kind)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(inner)
    if origin is Literal:
        return _literal(inner)
    if origin in _CONTAINERS:
        return _CONTAINERS[origin](inner)
    raise TypeError(f"no shape is known for {kind}")


def _strict(kind: type) -> Shape:
    def read(told: Json, _: Shared) -> Any:
        if type(told) is not kind:
            raise BadSnapshot(f"{kind.__name__} was expected, not {type(told).__name__}")
        return told

    return Shape(lambda value, _: value, read)


_SIMPLE: Mapping[Any, Shape] = {
    bool: _strict(bool),
    int: _strict(int),
    float: _strict(float),
    type(None): _strict(type(None)),
    str: Shape(lambda value, _: text_told(value), lambda told, _: text_read(told)),
    bytes: Shape(lambda value, _: bytes_told(value), lambda told, _: bytes_read(told)),
    Any: Shape(
        lambda value, shared: shared.told("facts", value, lambda: facts_told(value)),
        lambda told, shared: facts_read(told) if (found := shared.read("facts", told)) is None else found,
    ),
}


def _listed(told: Json) -> list[Json]:
    if not isinstance(told, list):
        raise BadSnapshot("a list was expected")
    return told


def _tuple(inner: tuple[Any, ...]) -> Shape:
    if len(inner) == 2 and inner[1] is Ellipsis:
        one = _later(inner[0])
        return Shape(
            lambda value, shared: [one().tell(item, shared) for item in value],
            lambda told, shared: tuple(one().read(item, shared) for item in _listed(told)),
        )
    each = [_later(kind) for kind in inner]

    def read(told: Json, shared: Shared) -> Any:
        if len(_listed(told)) != len(each):
            raise BadSnapshot(f"{len(each)} values were expected")
        return tuple(one().read(item, shared) for one, item in zip(each, told, strict=True))

    def tell(value: Any, shared: Shared) -> Json:
        return [one().tell(item, shared) for one, item in zip(each, value, strict=True)]

    return Shape(tell, read)


def _frozenset(inner: tuple[Any, ...]) -> Shape:
    one = _later(inner[0])
    return Shape(
        lambda value, shared: [one().tell(item, shared) for item in sorted(value)],
        lambda told, shared: frozenset(one().read(item, shared) for item in _listed(told)),
    )


def _map(inner: tuple[Any, ...]) -> Shape:
    """Keys in order; those that are no texts are told as facts, and have to be what the type says."""
    kind, item = inner
    one, name = _later(item), f"Map {item}"

    def tell(value: Any, shared: Shared) -> Json:
        keys = sorted(value, key=None if kind is str else repr)
        return shared.told(
            name, value, lambda: map_told([(key, one().tell(value[key], shared)) for key in keys])
        )

    def read(told: Json, shared: Shared) -> Any:
        found = shared.read(name, told)
        if found is not None:
            return found
        pairs = [(key, one().read(inside, shared)) for key, inside in map_read(told)]
        if any(type(key) is not (get_origin(kind) or kind) for key, _ in pairs):
            raise BadSnapshot(f"a key isn't a {kind}")
        return Map(pairs)

    return Shape(tell, read)


_CONTAINERS: Mapping[Any, Callable[[tuple[Any, ...]], Shape]] = {
    tuple: _tuple,
    frozenset: _frozenset,
    Map: _map,
}


def _later(kind: Any) -> Callable[[], Shape]:
    """A shape looked up when it is needed: types name themselves."""
    return lambda: shape_of(kind)


def _literal(inner: tuple[Any, ...]) -> Shape:
    def read(told: Json, _: Shared) -> Any:
        if told not in inner:
            raise BadSnapshot(f"one of {inner} was expected")
        return told

    return Shape(lambda value, _: value, read)


def _choice(kind: type[Enum]) -> Shape:
    def read(told: Json, _: Shared) -> Any:
        if told not in kind.__members__:
            raise BadSnapshot(f"a {kind.__name__} was expected")
        return kind[told]

    return Shape(lambda value, _: value.name, read)


def _union(inner: tuple[Any, ...]) -> Shape:
    """One of several dataclasses as `[name, value]`, or one other kind as `[value]`, or null."""
    named = {str(getattr(kind, "__name__", "")): _later(kind) for kind in inner if is_dataclass(kind)}
    rest = [kind for kind in inner if not is_dataclass(kind) and kind is not type(None)]
    if len(rest) > 1 or (rest and named):
        raise TypeError(f"no shape is known for one of {inner}")
    nothing = type(None) in inner

    def tell(value: Any, shared: Shared) -> Json:
        if value is None:
            return None
        if rest:
            return [shape_of(rest[0]).tell(value, shared)]
        name = type(value).__name__
        return [name, named[name]().tell(value, shared)]

    def read(told: Json, shared: Shared) -> Any:
        if told is None and nothing:
            return None
        if rest and isinstance(told, list) and len(told) == 1:
            return shape_of(rest[0]).read(told[0], shared)
        if not isinstance(told, list) or len(told) != 2 or told[0] not in named:
            raise BadSnapshot(f"one of {', '.join(named)} was expected")
        return named[told[0]]().read(told[1], shared)

    return Shape(tell, read)


def record(kind: type, **given: Shape) -> Shape:
    """A dataclass: an object with all its fields, in their order. `given` are fields
    with a shape of their own."""
    hints = get_type_hints(kind)
    inside = [(one.name, given.get(one.name) or shape_of(hints[one.name])) for one in fields(kind)]
    names = {name: None for name, _ in inside}.keys()
    title = f"{kind.__module__}.{kind.__name__}".removeprefix("checkpoint.core.sim.")

    def tell(value: Any, shared: Shared) -> Json:
        return shared.told(
            title,
            value,
            lambda: {name: shape.tell(getattr(value, name), shared) for name, shape in inside},
        )

    def read(told: Json, shared: Shared) -> Any:
        found = shared.read(title, told)
        if found is not None:
            return found
        if not isinstance(told, dict) or told.keys() != names:
            raise BadSnapshot(f"{title} has {', '.join(names)}")
        return kind(**{name: _field(title, name, shape, told[name], shared) for name, shape in inside})

    return Shape(tell, read)


def layout_of(kinds: Iterable[type]) -> str:
    """Every dataclass in reach of these, with its fields and types: another layout, another text."""
    found: dict[str, list[tuple[str, str]]] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        name = f"{getattr(kind, '__module__', '')}.{getattr(kind, '__qualname__', '')}"
        if isinstance(kind, type) and is_dataclass(kind) and name not in found:
            hints = get_type_hints(kind)
            found[name] = [(one.name, str(hints[one.name])) for one in fields(kind)]
            waiting += hints.values()
    return repr(sorted(found.items()))


def _field(title: str, name: str, shape: Shape, told: Json, shared: Shared) -> Any:
    try:
        return shape.read(told, shared)
    except BadSnapshot as error:
        raise BadSnapshot(f"{title}.{name}: {error}" if ": " not in str(error) else str(error)) from None
