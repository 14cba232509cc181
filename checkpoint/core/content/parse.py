"""Builds content types from plain data; every validation error becomes a Problem on its own line."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from checkpoint.core.content.reader import Document, KeyPath
from checkpoint.core.content.types import Problem

Model = TypeVar("Model", bound=BaseModel)

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of keys",
    "model_type": "a mapping of keys",
    "model_attributes_type": "a mapping of keys",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def parse(document: Document, kind: type[Model], problems: list[Problem]) -> Model | None:
    """The document as a value of that type, or None with every error reported."""
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        problems += _problems(document, kind, error)
        return None


def near(word: str, known: Iterable[str]) -> str:
    """The cure for an unknown word: its closest match, or the list of all.

    >>> near("kube-contxt", ["kube-context", "sops-age"])
    'did you mean `kube-context`?'
    """
    words = sorted(set(known))
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"choose one of {', '.join(words)}" if words else "nothing of the kind exists yet"


def _problems(document: Document, kind: type[BaseModel], error: ValidationError) -> list[Problem]:
    found: dict[tuple[int, str], Problem] = {}
    for detail in error.errors(include_url=False, include_context=True):
        path = _real_path(document.data, detail["loc"])
        what, cure = _words(detail, path, kind, document.data)
        problem = Problem(document.path, document.line(path), what, cure)
        found.setdefault((problem.line, what), problem)
    return list(found.values())


def _real_path(data: object, location: tuple[int | str, ...]) -> KeyPath:
    """The location without the union members that pydantic puts into it."""
    path: list[str | int] = []
    for position, part in enumerate(location):
        last = position == len(location) - 1
        if isinstance(data, dict) and (part in data or last):
            data = data.get(part)
            path.append(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            path.append(part)
    return tuple(path)


def _words(detail: Any, path: KeyPath, kind: type[BaseModel], data: object) -> tuple[str, str]:
    key, code = _named(path), detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if code == "missing":
        return f"the key `{detail['loc'][-1]}` is missing", "add it"
    if code == "extra_forbidden":
        known = _keys_at(kind, path)
        return f"the key {key} is unknown", near(str(path[-1]), known - _present(data, path))
    if code == "literal_error":
        return f"{key} is {detail['input']!r}", f"write {context['expected']}"
    if code in _WANTED:
        return _wrong_kind(key, _WANTED[code], detail["input"])
    if code in ("too_short", "too_long"):
        wanted = f"at least {context['min_length']}" if code == "too_short" else f"{context['max_length']}"
        return f"{key} has {context['actual_length']} entries where {wanted} are expected", "correct the list"
    if code == "string_pattern_mismatch":
        return f"{key} is `{detail['input']}` where a single word is expected", "write one word"
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    return f"{key}: {message}", "correct the value"


def _wrong_kind(key: str, wanted: str, given: object) -> tuple[str, str]:
    if given is None:
        return f"{key} is empty where {wanted} is expected", "write it, or delete the key"
    if wanted == "text" and isinstance(given, bool | int | float):
        return f"{key} is read as {_kind(given)}, not as text", 'put it in "quotes"'
    if wanted == "a list" and isinstance(given, str):
        return f"{key} is one text where a list is expected", f"write [{given}]" if len(
            given
        ) < 40 else "use `- `"
    if wanted == "text" and isinstance(given, dict):
        return f"{key} is read as a mapping, not as text", 'put the text in "quotes": it holds a colon'
    return f"{key} is {_kind(given)} where {wanted} is expected", f"write {wanted}"


def _kind(given: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return names.get(type(given), "a mapping of keys")


def _named(path: KeyPath) -> str:
    """A key path in words: `stages` item 2 `title`."""
    parts = [f"item {part + 1}" if isinstance(part, int) else f"`{part}`" for part in path]
    return " ".join(parts) if parts else "the file"


def _present(data: object, path: KeyPath) -> set[str]:
    for part in path[:-1]:
        data = data[part]  # type: ignore[index]
    return set(data) if isinstance(data, dict) else set()


def _keys_at(kind: type[BaseModel], path: KeyPath) -> set[str]:
    """The keys that the mapping around a path may hold, found in the type's JSON Schema."""
    schema = kind.model_json_schema()
    definitions = schema.get("$defs", {})
    places = [schema]
    for part in path[:-1]:
        places = [inner for place in places for inner in _inside(place, part, definitions)]
    return {key for place in places for key in place.get("properties", {})}


def _inside(place: dict[str, Any], part: str | int, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    step = place.get("items") if isinstance(part, int) else place.get("properties", {}).get(part)
    return _resolved(step, definitions) if step else []


def _resolved(place: dict[str, Any], definitions: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in place:
        return _resolved(definitions[place["$ref"].rsplit("/", 1)[-1]], definitions)
    if "anyOf" in place:
        return [found for option in place["anyOf"] for found in _resolved(option, definitions)]
    return [place]
