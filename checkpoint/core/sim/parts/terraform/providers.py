"""What resource types have as attributes, what a change of one means, and what an apply makes of it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from checkpoint.core.sim.parts.terraform.values import (
    ListOf,
    MapOf,
    Secret,
    Type,
    Unknown,
    Value,
    bare,
    is_known,
    list_of,
    map_of,
    same,
    to_string,
    type_of,
)

_TEXTS = ("map", "string")


@dataclass(frozen=True, slots=True)
class Attribute:
    """`given`: the configuration may set it; `made`: the provider decides if it doesn't."""

    type: Type = "string"
    given: bool = True
    made: bool = False
    required: bool = False
    replaces: bool = False
    """A change needs a new object."""
    secret: bool = False
    default: Value = None


@dataclass(frozen=True, slots=True)
class Schema:
    """`open` types take any argument: their real schema isn't known here."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    open: bool = False


def _made(type_: Type = "string", *, secret: bool = False) -> Attribute:
    return Attribute(type_, given=False, made=True, secret=secret)


def _set(
    type_: Type = "string",
    *,
    required: bool = False,
    replaces: bool = False,
    default: Value = None,
    secret: bool = False,
) -> Attribute:
    return Attribute(type_, required=required, replaces=replaces, default=default, secret=secret)


_KEEPERS = {"id": _made(), "keepers": _set(_TEXTS, replaces=True)}


def _random(**more: Attribute) -> Schema:
    return Schema({**_KEEPERS, **more})


def _letters(*, secret: bool) -> Schema:
    flags = {
        name: _set("bool", replaces=True, default=True) for name in ("lower", "numeric", "special", "upper")
    }
    least = {f"min_{name}": _set("number", replaces=True, default=0) for name in flags}
    more = {"length": _set("number", required=True, replaces=True), "override_special": _set(replaces=True)}
    return _random(result=_made(secret=secret), **flags, **least, **more)


def _file(*, secret: bool) -> Schema:
    sums = ("content_base64sha256", "content_md5", "content_sha1", "content_sha256")
    return Schema(
        {
            "id": _made(),
            "content": _set(replaces=True, secret=secret),
            "directory_permission": _set(replaces=True, default="0700" if secret else "0777"),
            "file_permission": _set(replaces=True, default="0700" if secret else "0777"),
            "filename": _set(required=True, replaces=True),
            **{name: _made() for name in sums},
        }
    )


SCHEMAS: dict[str, Schema] = {
    "terraform_data": Schema(
        {
            "id": _made(),
            "input": _set("dynamic"),
            "output": _made("dynamic"),
            "triggers_replace": _set("dynamic"),
        }
    ),
    "null_resource": Schema({"id": _made(), "triggers": _set(_TEXTS, replaces=True)}),
    "random_id": _random(
        byte_length=_set("number", required=True, replaces=True),
        prefix=_set(replaces=True),
        b64_std=_made(),
        b64_url=_made(),
        dec=_made(),
        hex=_made(),
    ),
    "random_integer": _random(
        max=_set("number", required=True, replaces=True),
        min=_set("number", required=True, replaces=True),
        seed=_set(replaces=True),
        result=_made("number"),
    ),
    "random_pet": _random(
        length=_set("number", replaces=True, default=2),
        prefix=_set(replaces=True),
        separator=_set(replaces=True, default="-"),
    ),
    "random_password": _letters(secret=True),
    "random_string": _letters(secret=False),
    "random_uuid": _random(result=_made()),
    "local_file": _file(secret=False),
    "local_sensitive_file": _file(secret=True),
}

_REPLACES = frozenset(
    [
        "location",
        "region",
        "zone",
        "availability_zone",
        "cidr_block",
        "ip_range",
        "network_zone",
        "datacenter",
    ]
)
"""Attributes of open types whose change needs a new object."""
_REPLACES_OF = {"hcloud_server": frozenset(["image", "ssh_keys", "user_data"])}
"""The same for one type alone: what a server is made from, or reads at its first start only (the provider's
documentation and schema, hetznercloud/hcloud 1.51)."""
_SECRETS = {"kubernetes_secret": "data", "kubernetes_secret_v1": "data"}


def schema(type_: str, found: frozenset[str] = frozenset()) -> Schema:
    """`found` are attributes that the configuration reads of an open type."""
    if type_ in SCHEMAS:
        return SCHEMAS[type_]
    return Schema({"id": _made(), **{name: _made("dynamic") for name in sorted(found)}}, open=True)


def generalised(value: Value) -> Value:
    """As an open type takes an argument: objects of plain values are maps, tuples of texts are lists."""
    if isinstance(value, Secret):
        return Secret(generalised(value.value))
    if (
        isinstance(value, dict)
        and not isinstance(value, MapOf)
        and value
        and all(map(_is_plain, value.values()))
    ):
        return map_of({key: _text(one) for key, one in value.items()}, "string")
    if isinstance(value, tuple) and not isinstance(value, ListOf) and all(map(_is_plain, value)):
        kinds = {str(type_of(one)) for one in value}
        return list_of(value, kinds.pop() if len(kinds) == 1 else "dynamic")
    return value


def _is_plain(value: Value) -> bool:
    return isinstance(value, Unknown) or not isinstance(bare(value), dict | tuple)


def _text(value: Value) -> Value:
    return value if value is None or isinstance(value, Unknown | Secret) else to_string(value)


def is_blocks(value: Value) -> bool:
    """Whether an open type's value is shown as blocks."""
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, dict) for one in value)


@dataclass(frozen=True, slots=True)
class Planned:
    """What an object is going to be. `replaces` names the attributes that need a new one."""

    after: dict[str, Value]
    replaces: frozenset[str] = frozenset()
    replaced: bool = False


def plan(
    type_: str,
    prior: Mapping[str, Value] | None,
    config: Mapping[str, Value],
    *,
    anew: bool = False,
    found: frozenset[str] = frozenset(),
) -> Planned:
    """From what is there and what is wanted. `anew`: a new object whatever changed."""
    known = schema(type_, found)
    if prior is None or anew:
        return Planned(_created(known, type_, config), replaced=prior is not None)
    after: dict[str, Value] = {}
    replaces = set()
    new_object = _REPLACES | _REPLACES_OF.get(type_, frozenset())
    for name in sorted({*known.attributes, *config, *(prior if known.open else ())}):
        attribute = known.attributes.get(name, Attribute("dynamic", replaces=name in new_object))
        wanted, old = config.get(name), prior.get(name)
        if attribute.made and not attribute.given and wanted is None:
            after[name] = old if old is not None or name not in found else Unknown()
            continue
        if wanted is None:
            wanted = attribute.default
        after[name] = wanted
        if attribute.replaces and not _unchanged(old, wanted):
            replaces.add(name)
    if type_ == "terraform_data":
        if not _unchanged(prior.get("triggers_replace"), config.get("triggers_replace")):
            return Planned(_created(known, type_, config), replaced=True)
        if not _unchanged(prior.get("input"), config.get("input")):
            after["output"] = Unknown()
    if replaces:
        return Planned(_created(known, type_, config), frozenset(replaces), replaced=True)
    return Planned(after)


def _unchanged(old: Value, new: Value) -> bool:
    return is_known(new) and same(old, new)


def _created(known: Schema, type_: str, config: Mapping[str, Value]) -> dict[str, Value]:
    after: dict[str, Value] = {}
    for name in sorted({*known.attributes, *config}):
        attribute = known.attributes.get(name, Attribute("dynamic"))
        value = config.get(name)
        if value is None:
            unknown: Value = Unknown(attribute.type)
            value = unknown if attribute.made else attribute.default
        if attribute.secret and value is not None:
            value = Secret(bare(value)) if not isinstance(value, Unknown) else Secret(value)
        if _SECRETS.get(type_) == name and value is not None and not isinstance(value, Secret):
            value = Secret(value)
        after[name] = value
    return after


# --- what an apply makes --------------------------------------------------------

Draw = Callable[[str], bytes]
"""32 bytes for a purpose, always the same in the same run."""

_PETS = ("ant", "bear", "crane", "dingo", "eel", "finch", "gecko", "heron", "ibex", "koala", "lynx", "mole")
_MOODS = (
    "brave",
    "calm",
    "eager",
    "fair",
    "gentle",
    "happy",
    "keen",
    "merry",
    "proud",
    "quiet",
    "wise",
    "warm",
)
_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def applied(type_: str, planned: Mapping[str, Value], draw: Draw) -> dict[str, Value]:
    """The object as it is after the apply: everything known."""
    made = dict(planned)
    if type_ == "terraform_data":
        made["output"] = bare(made.get("input"))
    for name in sorted(made):
        value = made[name]
        inner = value.value if isinstance(value, Secret) else value
        if isinstance(inner, Unknown):
            known = _value(type_, name, made, draw)
            made[name] = Secret(known) if isinstance(value, Secret) else known
    return made


def _value(type_: str, name: str, made: Mapping[str, Value], draw: Draw) -> Value:
    if type_.startswith("random_"):
        return _random_value(type_, name, made, draw)
    data = draw(f"{type_}.{name}")
    if type_ in ("local_file", "local_sensitive_file"):
        content = str(bare(made.get("content")) or "").encode()
        return hashlib.new(
            "sha256" if name.endswith("sha256") else "sha1" if name in ("id", "content_sha1") else "md5",
            content,
            usedforsecurity=False,
        ).hexdigest()
    if name == "id" and type_ == "terraform_data":
        return uuid_of(data)
    if name == "id" and type_.startswith("kubernetes_"):
        return _kubernetes_id(made)
    if name == "id":
        return (
            str(int.from_bytes(data[:8], "big") % 9 * 10**18 + int.from_bytes(data[8:14], "big"))
            if (type_ == "null_resource")
            else str(10_000_000 + int.from_bytes(data[:4], "big") % 89_999_999)
        )
    if "ip" in name.split("_") or name.startswith("ipv4"):
        return f"10.0.{data[0] % 8}.{2 + data[1] % 250}"
    return f"{type_.rpartition('_')[2]}-{data.hex()[:8]}"


def _kubernetes_id(made: Mapping[str, Value]) -> str:
    metadata = bare(made.get("metadata"))
    facts = metadata[0] if is_blocks(metadata) else {}
    name, namespace = facts.get("name"), facts.get("namespace")
    return f"{namespace}/{name}" if namespace else str(name)


def uuid_of(data: bytes) -> str:
    """The form of Terraform's own ids: random in every digit."""
    text = data.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:32]}"


def _random_value(type_: str, name: str, made: Mapping[str, Value], draw: Draw) -> Value:
    """From the object's keepers and length, so that all its attributes agree."""
    data = draw(type_) if name in ("id", "result") else draw(f"{type_}.{name}")
    if type_ == "random_uuid":
        return made["id"] if name == "result" and isinstance(made["id"], str) else uuid_of(data)
    if type_ == "random_integer":
        low, high = int(bare(made.get("min")) or 0), int(bare(made.get("max")) or 0)
        number = low + int.from_bytes(data[:6], "big") % max(1, high - low + 1)
        shared = made.get("id")
        number = int(shared) if name == "result" and isinstance(shared, str) else number
        return number if name == "result" else str(number)
    if type_ == "random_pet":
        count = min(10, int(bare(made.get("length")) or 2))
        words = [_MOODS[data[n] % 12] for n in range(count - 1)] + [_PETS[data[20] % 12]]
        prefix = made.get("prefix")
        return str(bare(made.get("separator")) or "-").join([str(prefix)] * bool(prefix) + words)
    if type_ == "random_id":
        return data[: max(1, min(32, int(bare(made.get("byte_length")) or 4)))].hex()
    if name == "id" and type_ == "random_password":
        return "none"
    shared = bare(made.get("id"))
    if type_ == "random_string" and name == "result" and isinstance(shared, str):
        return shared
    length = max(1, min(64, int(bare(made.get("length")) or 16)))
    return "".join(_ALPHABET[data[n % 32] * (n // 32 + 1) % len(_ALPHABET)] for n in range(length))
