"""When the forge learns of a push: the moment that it is there, once it has begun to watch."""

from checkpoint.core.sim.events import Event
from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.parts.forge.branches import synchronised
from checkpoint.core.sim.parts.forge.running import queued
from checkpoint.core.sim.parts.git.hosting import Server
from checkpoint.core.sim.world import World


def noticed(world: World) -> tuple[World, list[Event]]:
    """Take up everything that stands on the server and wasn't known; the first time, it starts no run."""
    worlds = [world]
    forge = world.part(Forge)
    repo = Server(lambda: worlds[-1], worlds.append).repository(forge.repo)
    after, events = synchronised(world, forge, repo)
    world = worlds[-1]
    if after != forge:
        world = world.having(after)
    world, more = queued(world)
    return world, [*events, *more]


def told_of_push(world: World, project: str) -> tuple[World, list[Event]]:
    """What comes of a push to a project. What a setup pushes before anybody watches is history already."""
    forge = world.part(Forge)
    return noticed(world) if forge.seen and forge.repo == project else (world, [])
