"""The file formats that SOPS knows: YAML, JSON, dotenv, and anything else as one value."""

import json
from typing import Any

from checkpoint.core.sim.parts.sops import yaml_store
from checkpoint.core.sim.parts.sops.tree import (
    SELECTORS,
    Branch,
    Comment,
    Leaf,
    Metadata,
    Moment,
    SecretFile,
    SopsError,
    Value,
    bytes_of,
)
from checkpoint.core.sim.parts.sops.yaml_store import dumped, loaded

ENTRY = "sops"


def format_of(path: str) -> str:
    """yaml, json, dotenv, ini or binary, by the file's name."""
    for ending, name in (
        (".yaml", "yaml"),
        (".yml", "yaml"),
        (".json", "json"),
        (".env", "dotenv"),
        (".ini", "ini"),
    ):
        if path.endswith(ending):
            return name
    return "binary"


def plain_file(text: str, kind: str) -> list[Branch]:
    """A file in clear."""
    if kind == "yaml":
        return loaded(text)
    if kind == "json":
        return [_json(text)]
    if kind == "dotenv":
        return [_dotenv(text)]
    return [Branch([("data", text)])]


def secret_file(text: str, kind: str) -> SecretFile:
    """A file with metadata."""
    documents = [_json(text)] if kind == "binary" else plain_file(text, kind)
    told = documents[0].get(ENTRY) if documents else None
    if kind == "dotenv":
        told = _gathered(documents[0])
    if not isinstance(told, Branch):
        raise SopsError("sops metadata not found", 1)
    for one in documents:
        one.items = [item for item in one.items if item[0] != ENTRY and not _is_flat(item[0], kind)]
    return SecretFile(documents, _metadata(told))


def _is_flat(key: str | Comment, kind: str) -> bool:
    return kind == "dotenv" and isinstance(key, str) and key.startswith("sops_")


def has_entry(documents: list[Branch], kind: str) -> bool:
    """Whether the file holds what SOPS would put its own data in."""
    keys = [key for one in documents for key, _ in one.items if isinstance(key, str)]
    return ENTRY in keys or (kind == "dotenv" and any(key.startswith("sops_") for key in keys))


def in_clear(documents: list[Branch], kind: str) -> str:
    if kind == "binary":
        return bytes_of(_leaf(documents[0].get("data"))).decode("utf-8", "surrogateescape")
    return _dumped(documents, kind)


def with_metadata(file: SecretFile, kind: str) -> str:
    told = _told(file.metadata)
    if kind == "dotenv":
        flat: list[tuple[str | Comment, Value]] = [(f"sops_{key}", value) for key, value in _flattened(told)]
        return _dumped(
            [Branch([*file.documents[0].items, *sorted(flat, key=lambda item: str(item[0]))])], kind
        )
    documents = [Branch([*one.items, (ENTRY, told)]) for one in file.documents]
    return _dumped(documents, "json" if kind == "binary" else kind)


def _leaf(value: Value) -> Leaf:
    return None if isinstance(value, Branch | list) else value


def _dumped(documents: list[Branch], kind: str) -> str:
    if kind == "yaml":
        return dumped(documents)
    if kind == "dotenv":
        return "".join(_dotenv_rows(documents[0]))
    return json_text(documents[0]) + "\n"


def json_text(value: Value, depth: int = 0) -> str:
    inner, outer = "\t" * (depth + 1), "\t" * depth
    if isinstance(value, Branch):
        rows = [
            f"{inner}{_quoted(key)}: {json_text(one, depth + 1)}"
            for key, one in value.items
            if isinstance(key, str)
        ]
        return "{\n" + ",\n".join(rows) + f"\n{outer}}}" if rows else "{}"
    if isinstance(value, list):
        rows = [inner + json_text(one, depth + 1) for one in value if not isinstance(one, Comment)]
        return "[\n" + ",\n".join(rows) + f"\n{outer}]" if rows else "[]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return bytes_of(value).decode()
    return _quoted(bytes_of(value).decode("utf-8", "replace"))


def _quoted(text: str) -> str:
    """As Go writes a JSON string."""
    made = json.dumps(text, ensure_ascii=False)
    return made.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


# --- reading -----------------------------------------------------------------------


def _json(text: str) -> Branch:
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: Branch([(k, _inside(v)) for k, v in pairs]))
    except (ValueError, RecursionError):
        first = text.lstrip()[:1]
        why = (
            f"invalid character '{first}' looking for beginning of value"
            if first and first not in '{["0123456789-tfn'
            else "unexpected end of JSON input"
        )
        raise SopsError(why, 2) from None
    if not isinstance(value, Branch):
        raise SopsError("Expected JSON object start, got delimiter [ instead", 2)
    return value


def _inside(value: Any) -> Value:
    if isinstance(value, list):
        return [_inside(one) for one in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value) if abs(value) < 2**53 else str(value)
    return value if isinstance(value, Branch | str | float | bool) else None


def _dotenv(text: str) -> Branch:
    made = Branch()
    for line in text.split("\n"):
        if not line:
            continue
        if line.startswith("#"):
            made.items.append((Comment(line[1:]), None))
            continue
        key, equals, value = line.partition("=")
        if not equals:
            raise SopsError(f"invalid dotenv input line: {line}", 2)
        made.items.append((key, value.replace("\\n", "\n")))
    return made


def _dotenv_rows(branch: Branch) -> list[str]:
    rows = []
    for key, value in branch.items:
        if isinstance(key, Comment):
            rows.append(f"#{key.text}\n")
        elif isinstance(value, Branch | list):
            raise SopsError("cannot use complex value in dotenv file; offending key " + key, 4)
        else:
            rows.append(
                f"{key}={bytes_of(value).decode('utf-8', 'surrogateescape')}\n".replace("\n", "\\n")[:-2]
                + "\n"
            )
    return rows


# --- metadata ------------------------------------------------------------------------


def _metadata(told: Branch) -> Metadata:
    made = Metadata(version=_word(told, "version"))
    made.lastmodified, made.mac = _word(told, "lastmodified"), _word(told, "mac")
    for rule in SELECTORS:
        if _word(told, rule):
            made.selector = (rule, _word(told, rule))
    made.mac_only_encrypted = told.get("mac_only_encrypted") is True
    rows = told.get("age")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Branch):
            made.age.append((_word(row, "recipient"), _word(row, "enc")))
    return made


def _word(branch: Branch, key: str) -> str:
    value = branch.get(key)
    return value.text if isinstance(value, Moment) else value if isinstance(value, str) else ""


def _told(metadata: Metadata) -> Branch:
    people: list[Value] = [Branch([("recipient", who), ("enc", wrapped)]) for who, wrapped in metadata.age]
    made = Branch([("age", people)] if people else [])
    made.items += [("lastmodified", metadata.lastmodified), ("mac", metadata.mac), metadata.selector]
    if metadata.mac_only_encrypted:
        made.items.append(("mac_only_encrypted", True))
    made.items.append(("version", metadata.version))
    return made


def _flattened(told: Branch) -> list[tuple[str, str]]:
    rows = []
    for key, value in told.items:
        if isinstance(value, list):
            for place, one in enumerate(value):
                if isinstance(one, Branch):
                    rows += [(f"{key}__list_{place}__map_{name}", str(inner)) for name, inner in one.items]
        else:
            rows.append((str(key), bytes_of(_leaf(value)).decode()))
    return rows


def _gathered(branch: Branch) -> Branch | None:
    """The flat entries of a dotenv file as the metadata that they stand for."""
    made = Branch()
    people: dict[str, Branch] = {}
    for key, value in branch.items:
        if not _is_flat(key, "dotenv") or not isinstance(key, str):
            continue
        name = key.removeprefix("sops_")
        number, _, part = name.removeprefix("age__list_").partition("__map_")
        if name.startswith("age__list_") and part:
            people.setdefault(number, Branch()).items.append((part, value))
        else:
            made.items.append((name, value))
    if not made.items:
        return None
    return Branch([("age", list(people.values())), *made.items])


__all__ = [
    "format_of",
    "has_entry",
    "in_clear",
    "json_text",
    "plain_file",
    "secret_file",
    "with_metadata",
    "yaml_store",
]
