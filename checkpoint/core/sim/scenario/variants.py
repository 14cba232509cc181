"""What differs from one try of a scenario to the next: names, figures and places, chosen by a seed."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from checkpoint.core.sim.scenario.material import Layer, Material
from checkpoint.core.sim.scenario.types import Scenario, Start

FIRST_SEED = "1"

Given = TypeVar("Given")
Lists = Mapping[str, tuple[str | dict[str, str], ...]]

_NAME = re.compile(r"@([A-Za-z][A-Za-z0-9_-]*)@")


def number(seed: str, purpose: str, count: int) -> int:
    """A number below `count`, always the same for a seed and a purpose."""
    digest = hashlib.sha256(f"{seed}\n{purpose}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def chosen(lists: Lists, seed: str) -> dict[str, str]:
    """One of each list; an entry that is a mapping gives several names at once."""
    values: dict[str, str] = {}
    for name, entries in lists.items():
        one = entries[number(seed, name, len(entries))]
        values |= {name: one} if isinstance(one, str) else one
    return values


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with `@name@` replaced; names that no list has stay as they are.

    >>> filled("deploy/@service@", {"service": "web"})
    'deploy/web'
    """
    return _NAME.sub(lambda match: values.get(match[1], match[0]), text)


def names_in(text: str) -> set[str]:
    return {match[1] for match in _NAME.finditer(text)}


def values_of(material: Material, seed: str) -> dict[str, str]:
    """What this seed puts in the place of each name."""
    lists = {name: one for layer in material.layers for name, one in layer.variants.items()}
    return chosen({**lists, **material.scenario.variants}, seed)


def filled_in(material: Material, seed: str) -> Material:
    """The material as this seed makes it."""
    values = values_of(material, seed)
    if not values:
        return material
    return Material(
        _scenario(material.scenario, values),
        tuple(_layer(one, values) for one in material.layers),
        {slug: filled(text, values) for slug, text in material.solutions.items()},
        {slug: filled(text, values) for slug, text in material.traps.items()},
    )


def as_told(material: Material) -> Scenario:
    """The scenario by the first seed's names, for who only reads of it: nobody should meet a placeholder."""
    values = values_of(material, FIRST_SEED)
    return _scenario(material.scenario, values) if values else material.scenario


def _scenario(scenario: Scenario, values: Mapping[str, str]) -> Scenario:
    return Scenario.model_validate(filled_deep(scenario.model_dump(exclude_unset=True), values))


def _layer(layer: Layer, values: Mapping[str, str]) -> Layer:
    return replace(
        layer,
        start=Start.model_validate(filled_deep(layer.start.model_dump(exclude_unset=True), values)),
        files={filled(path, values): filled(text, values) for path, text in layer.files.items()},
        earlier=filled(layer.earlier, values),
    )


def filled_deep(given: Any, values: Mapping[str, str]) -> Any:
    """Any texts, lists and mappings with the values in the place of their names."""
    if isinstance(given, str):
        return filled(given, values)
    if isinstance(given, Mapping):
        return {filled_deep(key, values): filled_deep(value, values) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [filled_deep(one, values) for one in given]
    return given
