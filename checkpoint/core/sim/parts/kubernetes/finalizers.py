"""What has to be done when an object is deleted, by the controllers that put a finalizer on it."""

from collections.abc import Callable
from typing import Any

from checkpoint.core.sim.events import Event
from checkpoint.core.sim.parts.kubernetes import kinds
from checkpoint.core.sim.world import World

Finalizer = Callable[[World, str, Any], tuple[World, tuple[Event, ...]]]
"""(world without the object, cluster, object) -> the world after it, and what happened."""

FINALIZERS: dict[str, Finalizer] = {}
"""By the kind's plural. A controller's module adds its own."""


def removed(world: World, cluster: str, item: Any) -> tuple[World, tuple[Event, ...]]:
    """Let the controllers clean up behind an object that is gone."""
    kind = kinds.of(item)
    finalizer = FINALIZERS.get(kind.plural) if kind else None
    return finalizer(world, cluster, item) if finalizer else (world, ())
