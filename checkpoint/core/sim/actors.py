"""Everybody else: what is planned on the scenario's clock and happens between the learner's lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.faults import noted
from checkpoint.core.sim.world import World


@dataclass(frozen=True, slots=True)
class Due:
    """Something that happens at a time. `actor` names who does it, `what` says what, in their terms."""

    at: int
    actor: str
    what: str
    every: int = 0
    """Seconds until it happens again; 0 for once."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A world's part: everything that is still to happen."""

    due: tuple[Due, ...] = ()


Act = Callable[[World, Due], tuple[World, tuple[Event, ...]]]

ACTORS: dict[str, Act] = {}
"""By name. A part's module adds the actors that belong to it."""


Witness = Callable[[World, tuple[Event, ...]], World]

WITNESSES: list[Witness] = []
"""Whoever is told at once what has happened, and may plan what to do about it."""


def witnessed(world: World, events: tuple[Event, ...]) -> World:
    """The world in which everybody has noticed what happened, at its time."""
    for one in WITNESSES if events else ():
        world = one(world, events)
    return world


def plan(world: World, due: Due) -> World:
    """The world in which this is going to happen."""
    return world.having(Schedule((*world.part(Schedule).due, due)))


EVERY_TIME, LONG = 60, 24
"""So many times something that repeats happens while one step passes; more would be too many, then so few."""


def _stride(every: int, passed: int) -> int:
    """Seconds until it happens again: its interval, or a multiple of it in a long wait.

    What repeats looks at the world as it is then, so looking less often comes to the same.
    """
    times = passed // every
    return every if times <= EVERY_TIME else every * -(-times // LONG)


def catch_up(
    world: World, actors: Mapping[str, Act] = ACTORS, *, noticed: bool = True
) -> tuple[World, tuple[Event, ...]]:
    """Let everything happen that is due by the world's clock, in the order of its time.

    Each thing happens at its own time: while it does, the clock shows that. It is `noticed` at once, but
    for a command that waits: what happens meanwhile is told with the rest of its events.
    """
    now = world.clock
    begun = min((one.at for one in world.part(Schedule).due), default=now)
    events: list[Event] = []
    for _ in range(limits.TURNS):
        waiting = [one for one in world.part(Schedule).due if one.at <= now]
        if not waiting:
            break
        first = min(waiting, key=lambda one: one.at)
        rest = tuple(one for one in world.part(Schedule).due if one is not first)
        if first.every:
            rest += (replace(first, at=first.at + _stride(first.every, now - begun)),)
        world = replace(world.having(Schedule(rest)), clock=first.at)
        world, happened = _acted(actors[first.actor], world, first, noticed)
        events += happened
    return replace(world, clock=now), tuple(events)


def _acted(act: Act, world: World, due: Due, noticed: bool) -> tuple[World, tuple[Event, ...]]:
    """Somebody who fails changes nothing, as a command that fails; nor does a fault of ours, which would
    otherwise come back with every later line."""
    try:
        after, happened = act(world, due)
        return witnessed(after, happened) if noticed else after, happened
    except SimError:
        return world, ()
    except Exception as error:
        noted(error)
        return world, ()
