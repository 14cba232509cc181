"""A scenario with everything that lies in its folder, and with the worlds it builds on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from checkpoint.core.sim.scenario.types import Scenario, Start
from checkpoint.core.values import Value

_NOTHING: Mapping[str, str] = MappingProxyType({})


class BaseWorld(Value):
    """world.yaml: a start that several scenarios share."""

    title: str
    variants: dict[str, tuple[str | dict[str, str], ...]] = {}
    """As in a scenario; its values are there in every scenario that builds on this world."""
    start: Start


@dataclass(frozen=True, slots=True)
class Layer:
    """One part of a start: files below home by path, systems, and lines typed earlier."""

    start: Start
    files: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    earlier: str = ""
    """A script."""
    variants: Mapping[str, tuple[str | dict[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    scenario: Scenario
    layers: tuple[Layer, ...]
    """What it builds on first; its own start last."""
    solutions: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Scripts by slug; solution.txt is `solution`."""
    traps: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def fingerprint(self) -> str:
        """Changes when anything does that a run could meet: brief, start, goals, rules, people."""
        told = [self.scenario.model_dump_json()]
        for layer in self.layers:
            told += [layer.start.model_dump_json(), layer.earlier, repr(sorted(layer.files.items()))]
            told.append(repr(sorted(layer.variants.items())))
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]
