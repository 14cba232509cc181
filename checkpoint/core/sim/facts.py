"""Loose facts (texts, numbers, lists, maps as they come from YAML) as JSON, without a loss, and back.

JSON has no tuples, sets, bytes, keys other than texts, infinite numbers, nor texts that are no Unicode: each
of them is an object with one key that begins with `=`.
"""

import base64
import binascii
import math
from typing import Any

Json = Any


class BadSnapshot(ValueError):
    """A stored world that this engine can't read; the message says where and why."""


def text_told(text: str) -> Json:
    """A text; one that a database may not hold (zeros, bytes that are no UTF-8) in base 64.

    >>> text_told("é"), text_told("\\0")
    ('é', {'=text': 'AA=='})
    """
    if "\0" not in text:
        try:
            text.encode()
            return text
        except UnicodeEncodeError:
            pass
    return {"=text": base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()}


def text_read(told: Json) -> str:
    if isinstance(told, str):
        return told
    try:
        return _unpacked(only(told, "=text")).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise BadSnapshot("a text that can't be decoded") from None


def bytes_told(data: bytes) -> Json:
    """Bytes as the text that they are, or in base 64.

    >>> bytes_told(b"hello"), bytes_told(b"\\xff")
    ('hello', {'=bytes': '/w=='})
    """
    if b"\0" not in data:
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass
    return {"=bytes": base64.b64encode(data).decode()}


def bytes_read(told: Json) -> bytes:
    return told.encode() if isinstance(told, str) else _unpacked(only(told, "=bytes"))


def only(told: Json, key: str) -> Json:
    """The value of an object that has this key and no other."""
    if not isinstance(told, dict) or list(told) != [key]:
        raise BadSnapshot(f"an object with `{key}` was expected")
    return told[key]


def _unpacked(text: Json) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise BadSnapshot("base 64 was expected") from None


def facts_told(value: Any) -> Json:
    """Any value made of texts, numbers, lists, tuples, sets, bytes and maps. Maps keep their order."""
    if isinstance(value, str):
        return text_told(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"=float": str(value)}
    if isinstance(value, list):
        return [facts_told(one) for one in value]
    if isinstance(value, dict):
        return map_told([(key, facts_told(one)) for key, one in value.items()])
    if isinstance(value, tuple):
        return {"=tuple": [facts_told(one) for one in value]}
    if isinstance(value, set | frozenset):
        return {"=set": sorted((facts_told(one) for one in value), key=repr)}
    if isinstance(value, bytes):
        return {"=bytes": base64.b64encode(value).decode()}
    raise TypeError(f"a {type(value).__name__} can't be stored")


def map_told(items: list[tuple[Any, Json]]) -> Json:
    """An object, or pairs where a key isn't a plain text or looks like one of ours."""
    if all(isinstance(key, str) and key[:1] != "=" and text_told(key) is key for key, _ in items):
        return dict(items)
    return {"=pairs": [[facts_told(key), value] for key, value in items]}


def map_read(told: Json) -> list[tuple[Any, Json]]:
    """The keys with their values, which aren't read yet."""
    if not isinstance(told, dict):
        raise BadSnapshot("an object was expected")
    if list(told) != ["=pairs"]:
        if any(key[:1] == "=" for key in told):
            raise BadSnapshot("unknown kind of value")
        return list(told.items())
    pairs = told["=pairs"]
    if not isinstance(pairs, list) or not all(isinstance(one, list) and len(one) == 2 for one in pairs):
        raise BadSnapshot("pairs were expected")
    return [(facts_read(key), value) for key, value in pairs]


_FLOATS = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


def facts_read(told: Json) -> Any:
    """The inverse of `facts_told`; raises BadSnapshot, and TypeError for a key that can't be one."""
    if isinstance(told, list):
        return [facts_read(one) for one in told]
    if not isinstance(told, dict):
        return told
    if len(told) == 1:
        key, value = next(iter(told.items()))
        if key == "=text":
            return text_read(told)
        if key == "=bytes":
            return bytes_read(told)
        if key == "=float" and value in _FLOATS:
            return _FLOATS[value]
        if key in ("=tuple", "=set") and isinstance(value, list):
            return (tuple if key == "=tuple" else set)(facts_read(one) for one in value)
    return {key: facts_read(value) for key, value in map_read(told)}
