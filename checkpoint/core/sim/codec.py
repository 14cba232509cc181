"""A world as a text and back: canonical JSON, so that any worker can go on from where another stopped.

With the world that a run began with at hand, only what differs from it is told; the rest is named by
addresses made from its content. Keep the text as a text: the order of keys is part of it.
"""

import hashlib
import json
from functools import lru_cache

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.actors import Schedule
from checkpoint.core.sim.facts import BadSnapshot, Json
from checkpoint.core.sim.parts.flux.objects import Flux
from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.parts.forge.scope import Scope
from checkpoint.core.sim.parts.git.hosting import Hosting
from checkpoint.core.sim.parts.git.repository import Written
from checkpoint.core.sim.parts.issuer import Issuer
from checkpoint.core.sim.parts.kubernetes.clusters import Clusters
from checkpoint.core.sim.parts.kubernetes.programs import Programs
from checkpoint.core.sim.parts.registry import Registry
from checkpoint.core.sim.parts.sops.generated import Generated
from checkpoint.core.sim.parts.terraform.stores import Stores
from checkpoint.core.sim.scenario.people import People
from checkpoint.core.sim.shapes import NOTHING, Shape, Shared, layout_of, record, shape_of
from checkpoint.core.sim.world import World

ENGINE = 19
"""Raised whenever the same lines may give other bytes than before; an older snapshot is not continued."""

PARTS: tuple[type, ...] = (
    *(Clusters, Flux, Forge, Generated, Hosting, Issuer, People, Programs, Registry, Schedule, Scope),
    *(Stores, Written),
)
"""Every kind of part that a world may hold."""

_BY_NAME = {kind.__name__: kind for kind in PARTS}


def _parts() -> Shape:
    def tell(value: Map[str, object], shared: Shared) -> Json:
        return {name: shape_of(_BY_NAME[name]).tell(value[name], shared) for name in sorted(value)}

    def read(told: Json, shared: Shared) -> Map[str, object]:
        if not isinstance(told, dict) or not told.keys() <= _BY_NAME.keys():
            raise BadSnapshot(f"parts are {', '.join(_BY_NAME)}")
        return Map({name: shape_of(_BY_NAME[name]).read(one, shared) for name, one in told.items()})

    return Shape(tell, read)


_WORLD = record(World, parts=_parts())


@lru_cache(maxsize=1)
def engine() -> str:
    """What a snapshot was made by: ENGINE and how every kind of part is laid out."""
    layout = layout_of((World, *PARTS))
    return f"{ENGINE}.{hashlib.sha256(layout.encode()).hexdigest()[:8]}"


def shared_with(start: World) -> Shared:
    """What a snapshot needn't tell where this world is known. Make it once for each start."""
    shared = Shared(gathering=True)
    _WORLD.tell(start, shared)
    shared.gathering = False
    return shared


def snapshot(world: World, shared: Shared = NOTHING) -> str:
    """The world as a text; the same world gives the same text."""
    told = {"engine": engine(), "world": _WORLD.tell(world, shared)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def world_of(text: str, shared: Shared = NOTHING) -> World:
    """The world that a snapshot tells of; raises BadSnapshot, also where another engine made it.

    >>> world_of(snapshot(World())) == World()
    True
    """
    if len(text) > limits.SNAPSHOT:
        raise BadSnapshot(f"a snapshot has at most {limits.SNAPSHOT:,} characters")
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or told.keys() != {"engine", "world"}:
            raise BadSnapshot("a snapshot has `engine` and `world`")
        if told["engine"] != engine():
            raise BadSnapshot(f"made by engine {told['engine']}; this one is {engine()}")
        world: World = _WORLD.read(told["world"], shared)
        return world
    except RecursionError:
        raise BadSnapshot("it goes too deep") from None
    except TypeError:
        raise BadSnapshot("a key or a member of a set that can't be one") from None
    except ValueError as error:
        raise error if isinstance(error, BadSnapshot) else BadSnapshot(f"no JSON: {error}") from None
