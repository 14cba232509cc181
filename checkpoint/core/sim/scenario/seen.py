"""What goals look at: the world as it is, as it was at the start, and everything that happened between."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from immutables import Map

from checkpoint.core.sim.events import Event, Other
from checkpoint.core.sim.scenario.matching import Match, matches
from checkpoint.core.sim.world import World


@dataclass(frozen=True, slots=True)
class Logged:
    """An event, the step in which it happened (from 1) and its place in the whole log."""

    place: int
    step: int
    clock: int
    event: Event


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that happened, findable by the kind of event; what others did under its own kind."""

    length: int = 0
    by_kind: Map[str, tuple[Logged, ...]] = Map()

    def having(self, events: Iterable[Event], step: int, clock: int) -> "Log":
        log = self
        for event in events:
            kind = event.event.kind if isinstance(event, Other) else event.kind
            told = (*log.by_kind.get(kind, ()), Logged(log.length, step, clock, event))
            log = replace(log, length=log.length + 1, by_kind=log.by_kind.set(kind, told))
        return log

    def matching(self, match: Match) -> Iterator[Logged]:
        """In the order in which they happened."""
        kind = str(match["kind"])
        return (one for one in self.by_kind.get(kind, ()) if matches(match, one.event))

    def every(self) -> list[Logged]:
        """All of them in their order."""
        return sorted((one for told in self.by_kind.values() for one in told), key=lambda one: one.place)


@dataclass(frozen=True, slots=True)
class Seen:
    start: World
    world: World
    log: Log
