"""Where the lines of a YAML document stand, as go-yaml lays them out: two blanks, lists at their key."""

from collections.abc import Callable
from typing import Any

Shown = Callable[[Any], str]
"""A scalar as it stands behind `k: ` in the first column; of a text with many lines, each has two blanks."""


class Unplain(ValueError):
    """A key that isn't one short text on one line; only the whole of PyYAML can write it."""


def laid_out(value: Any, shown: Shown) -> str:
    """A document of maps, lists and scalars. Raises Unplain.

    >>> laid_out({"b": [1], "a": {}}, str)
    'a: {}\\nb:\\n- 1\\n'
    """
    if isinstance(value, dict) and value:
        return "".join(_entries(value, "", shown))
    if isinstance(value, list) and value:
        return "".join(_items(value, "", shown))
    raise Unplain


def _entries(value: dict[Any, Any], margin: str, shown: Shown) -> list[str]:
    made: list[str] = []
    for key in sorted(value):
        made += [margin, _key(key, shown), ":"]
        made += _behind_key(value[key], margin, shown)
    return made


def _key(key: Any, shown: Shown) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= 100 or not key.isprintable():
        raise Unplain
    return shown(key)


def _behind_key(value: Any, margin: str, shown: Shown) -> list[str]:
    if isinstance(value, dict):
        return ["\n", *_entries(value, margin + "  ", shown)] if value else [" {}\n"]
    if isinstance(value, list):
        return ["\n", *_items(value, margin, shown)] if value else [" []\n"]
    return [" ", _moved(shown(value), margin), "\n"]


def _items(values: list[Any], margin: str, shown: Shown) -> list[str]:
    """Each behind `- `; a map or list begins on that line, and its further lines stand two blanks in."""
    made: list[str] = []
    for value in values:
        made += [margin, "- "]
        inner = _inside(value, margin + "  ", shown)
        made += inner[1:] if inner and inner[0] == margin + "  " else inner
    return made


def _inside(value: Any, margin: str, shown: Shown) -> list[str]:
    if isinstance(value, dict):
        return _entries(value, margin, shown) if value else ["{}\n"]
    if isinstance(value, list):
        return _items(value, margin, shown) if value else ["[]\n"]
    return [_moved(shown(value), margin[2:]), "\n"]


def _moved(text: str, margin: str) -> str:
    """Further lines of a text with the margin in front; empty ones stay empty."""
    if "\n" not in text or not margin:
        return text
    first, *rest = text.split("\n")
    return "\n".join([first, *(margin + line if line else line for line in rest)])
