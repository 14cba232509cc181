"""The state: what Terraform remembers of what it made, in the format of `terraform.tfstate` (version 4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.terraform.providers import schema
from checkpoint.core.sim.parts.terraform.values import (
    ListOf,
    MapOf,
    Secret,
    Value,
    from_json,
    like,
    to_json,
    type_from_json,
    type_json,
    type_of,
)
from checkpoint.core.sim.parts.terraform.versions import VERSION

BUILT_IN = "terraform.io/builtin/terraform"

Key = str | int | None


def with_key(address: str, key: Key) -> str:
    if key is None:
        return address
    return (
        f"{address}[{key}]" if isinstance(key, int) else f"{address}[{json.dumps(key, ensure_ascii=False)}]"
    )


@dataclass(frozen=True, slots=True)
class Object:
    """One resource instance. `provider` is the full address of its provider."""

    mode: str
    type: str
    name: str
    key: Key
    provider: str
    attributes: Mapping[str, Value]
    dependencies: tuple[str, ...] = ()
    tainted: bool = False
    first_create: bool = False

    @property
    def resource(self) -> str:
        return f"{'data.' if self.mode == 'data' else ''}{self.type}.{self.name}"

    @property
    def address(self) -> str:
        return with_key(self.resource, self.key)

    @property
    def id(self) -> str:
        value = self.attributes.get("id")
        return str(value.value if isinstance(value, Secret) else value)


@dataclass(frozen=True, slots=True)
class Known:
    """An output as the state keeps it."""

    value: Value
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """An empty lineage means that there has never been a state."""

    serial: int = 0
    lineage: str = ""
    instances: Mapping[str, Object] = field(default_factory=dict)
    """By address."""
    outputs: Mapping[str, Known] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.instances and not self.outputs

    def having(self, one: Object) -> "State":
        return replace(self, instances={**self.instances, one.address: one})

    def without(self, address: str) -> "State":
        return replace(self, instances={key: one for key, one in self.instances.items() if key != address})

    def in_order(self) -> list[Object]:
        return [self.instances[address] for address in sorted(self.instances, key=order_of)]

    def of(self, resource: str) -> list[Object]:
        return [one for one in self.in_order() if one.resource == resource]

    def same_content(self, other: "State") -> bool:
        return content(self) == content(other)


def order_of(address: str) -> tuple[Any, ...]:
    """Data resources first, then by type, name and key; numbers in the order of numbers."""
    head, bracket, tail = address.partition("[")
    key = tail.removesuffix("]")
    return (
        not head.startswith("data."),
        head,
        bool(bracket),
        not key.isdecimal(),
        int(key) if key.isdecimal() else 0,
        key,
    )


def content(state: State) -> dict[str, Any]:
    """Everything but lineage and serial, as JSON."""
    groups: dict[tuple[str, str, str], list[Object]] = {}
    for one in state.in_order():
        groups.setdefault((one.mode, one.type, one.name), []).append(one)
    return {
        "outputs": {name: _output(state.outputs[name]) for name in sorted(state.outputs)},
        "resources": [_resource(group) for group in groups.values()],
        "check_results": None,
    }


def dumped(state: State) -> str:
    whole = {"version": 4, "terraform_version": VERSION, "serial": state.serial, "lineage": state.lineage}
    text = json.dumps({**whole, **content(state)}, indent=2, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n"


def _output(one: Known) -> dict[str, Any]:
    made: dict[str, Any] = {"value": to_json(one.value), "type": type_json(type_of(one.value))}
    return {**made, "sensitive": True} if one.sensitive else made


def _resource(group: list[Object]) -> dict[str, Any]:
    first = group[0]
    made: dict[str, Any] = {"mode": first.mode, "type": first.type, "name": first.name}
    return {
        **made,
        "provider": f'provider["{first.provider}"]',
        "instances": [_instance(one) for one in group],
    }


def _instance(one: Object) -> dict[str, Any]:
    made: dict[str, Any] = {} if one.key is None else {"index_key": one.key}
    if one.tainted:
        made["status"] = "tainted"
    made["schema_version"] = 0
    made["attributes"] = {name: _attribute(one, name) for name in sorted(one.attributes)}
    made["sensitive_attributes"] = _secret_paths(dict(one.attributes), ())
    if one.dependencies:
        made["dependencies"] = list(one.dependencies)
    return {**made, "create_before_destroy": True} if one.first_create else made


def _secret_paths(value: Value, path: tuple[dict[str, Any], ...]) -> list[list[dict[str, Any]]]:
    """Where the marks stand, as states write it."""
    if isinstance(value, Secret):
        return [list(path)]
    found: list[list[dict[str, Any]]] = []
    if isinstance(value, dict):
        for key in sorted(value):
            found += _secret_paths(value[key], (*path, {"type": "get_attr", "value": key}))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            index = {"type": "index", "value": {"value": place, "type": "number"}}
            found += _secret_paths(one, (*path, index))
    return found


def _hidden(value: Value, path: list[Any]) -> Value:
    """The value with a mark at a path."""
    if not path or value is None or isinstance(value, Secret):
        return value if value is None else Secret(value) if not isinstance(value, Secret) else value
    step = path[0].get("value")
    if isinstance(value, dict) and step in value:
        return like(
            value, {key: _hidden(one, path[1:]) if key == step else one for key, one in value.items()}
        )
    place = step.get("value") if isinstance(step, dict) else None
    if isinstance(value, tuple) and isinstance(place, int) and place < len(value):
        return like(
            value, tuple(_hidden(one, path[1:]) if n == place else one for n, one in enumerate(value))
        )
    return Secret(value)


def _attribute(one: Object, name: str) -> Any:
    """A dynamic attribute says its type."""
    value = one.attributes[name]
    known = schema(one.type).attributes.get(name)
    if known is not None and known.type == "dynamic" and value is not None:
        return {"value": to_json(value), "type": type_json(type_of(value))}
    return to_json(value)


_UNREADABLE = """2 problems:

- Unsupported state file format: The state file could not be parsed as JSON: syntax error at byte \
offset {}.
- Unsupported state file format: The state file does not have a "version" attribute, which is required to \
identify the format version."""


class BadState(SimError):
    """The text is no state; the message says why in Terraform's words."""


def loaded(text: str) -> State:
    """Raises BadState."""
    if not text.strip():
        return State()
    limits.spend(len(text) // 2)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadState(_UNREADABLE.format(min(len(text), getattr(error, "pos", 0) + 1))) from None
    if not isinstance(data, dict):
        raise BadState("The state file could not be parsed as JSON: it is no object.")
    version = data.get("version")
    if version != 4:
        why = 'does not have a "version" attribute, which is required to identify the format version'
        raise BadState(
            f"The state file {why}."
            if version is None
            else f"The state file uses format version {version}, which is not supported by Terraform "
            f"{VERSION}."
        )
    try:
        return _read(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadState("The state file could not be parsed as JSON: an object has the wrong shape.") from None


def _read(data: dict[str, Any]) -> State:
    objects = {}
    for resource in data.get("resources") or ():
        for one in resource["instances"]:
            made = _object(resource, one)
            objects[made.address] = made
    outputs = {
        str(name): Known(
            from_json(one["value"], type_from_json(one.get("type", "dynamic"))), bool(one.get("sensitive"))
        )
        for name, one in (data.get("outputs") or {}).items()
    }
    return State(int(data.get("serial", 0)), str(data.get("lineage", "")), objects, outputs)


def _object(resource: dict[str, Any], one: dict[str, Any]) -> Object:
    type_ = str(resource["type"])
    attributes = {str(name): _value(type_, str(name), data) for name, data in one["attributes"].items()}
    for path in one.get("sensitive_attributes") or ():
        name = str(path[0].get("value")) if path else ""
        if name in attributes:
            attributes[name] = _hidden(attributes[name], path[1:])
    return Object(
        str(resource["mode"]),
        type_,
        str(resource["name"]),
        one.get("index_key"),
        str(resource["provider"]).partition('"')[2].rpartition('"')[0] or BUILT_IN,
        attributes,
        tuple(map(str, one.get("dependencies") or ())),
        one.get("status") == "tainted",
        bool(one.get("create_before_destroy")),
    )


def _value(type_: str, name: str, data: Any) -> Value:
    whole = schema(type_)
    known = whole.attributes.get(name)
    if (
        known is not None
        and known.type == "dynamic"
        and isinstance(data, dict)
        and data.keys() == {"value", "type"}
    ):
        return from_json(data["value"], type_from_json(data["type"]))
    if known is not None and known.type != "dynamic":
        return from_json(data, known.type)
    return generalised_json(data) if whole.open else from_json(data)


def generalised_json(data: Any) -> Value:
    """Plain objects as maps and plain arrays as lists: an open type's schema isn't known."""
    value = from_json(data)
    if isinstance(value, dict) and value and not any(isinstance(one, dict | tuple) for one in value.values()):
        made = MapOf(value)
        made.element = "string"
        return made
    if isinstance(value, tuple) and not any(isinstance(one, dict | tuple) for one in value):
        items = ListOf(value)
        items.element = type_of(value[0]) if value else "dynamic"
        return items
    if isinstance(value, tuple):
        return tuple(
            {k: generalised_json(v) for k, v in one.items()} if isinstance(one, dict) else one for one in data
        )
    return value
