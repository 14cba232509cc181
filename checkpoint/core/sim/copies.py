"""Copies of loose facts: maps, lists and what can't be changed, as they come from YAML and JSON."""

from copy import deepcopy
from typing import Any

Json = Any


def copied(facts: Json) -> Json:
    """A copy that shares nothing that can be changed; many times faster than `deepcopy`, which knows it all.

    >>> copied({"a": [1, {"b": "c"}]})
    {'a': [1, {'b': 'c'}]}
    """
    kind = facts.__class__
    if kind is dict:
        return {key: value if value.__class__ is str else copied(value) for key, value in facts.items()}
    if kind is list:
        return [copied(value) for value in facts]
    return deepcopy(facts) if isinstance(facts, dict | list | set) else facts
