"""One change sent through any set of guardrails, each way that differs walked once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from checkpoint.core.sim.scenario.opening import Opening, opened
from checkpoint.core.sim.sending.change import Change, Opens, Sendable
from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.send import arrived_without, send
from checkpoint.core.sim.sending.sent import Sent

Off = tuple[str, ...]


class Sender:
    """Remembers what became of a change. `known` are results from before, of the same change and line.

    A guardrail that left no trace on a way changes nothing by being switched off, so most sets of
    guardrails come to the same as a smaller one.
    """

    def __init__(
        self,
        sendable: Sendable,
        line: Line,
        known: Iterable[Sent] = (),
        walked: Callable[[], None] = lambda: None,
        opens: Opens = opened,
    ) -> None:
        self._sendable, self._line, self._walked, self._opens = sendable, line, walked, opens
        self._sent: dict[Off, Sent] = {one.off: one for one in known}
        self._arrived: dict[Off, bool] = {}
        """Of sets that were only asked about."""

    @cached_property
    def ready(self) -> tuple[Opening, Change]:
        """The world in which it is sent, and the change in its names. Raises OpeningError."""
        return self._sendable.made_ready(opens=self._opens)

    def sent(self, off: Iterable[str] = ()) -> Sent:
        """What becomes of it with these guardrails switched off. Raises OpeningError."""
        wanted, used = set(off), self._in_order(())
        while True:
            found = self._exactly(used)
            more = self._in_order({*used, *(wanted & set(found.asked))})
            if more == used:
                return _told_for(found, self._in_order(wanted))
            used = more

    def walk_every_way(self) -> None:
        """Find out about every set that comes to something of its own."""
        waiting: list[Off] = [()]
        seen = set(waiting)
        while waiting:
            off = waiting.pop()
            for slug in self._exactly(off).asked:
                more = self._in_order({*off, slug})
                if more not in seen:
                    seen.add(more)
                    waiting.append(more)

    def known(self) -> Iterator[Sent]:
        """Everything found out so far, in a fixed order."""
        yield from (self._sent[off] for off in sorted(self._sent))

    def _exactly(self, off: Off) -> Sent:
        if off not in self._sent:
            self._walked()
            opening, change = self.ready
            self._sent[off] = send(opening, change, off, self._line, self._arrives)
        return self._sent[off]

    def _arrives(self, away: frozenset[str]) -> bool:
        off = self._in_order(away)
        if off in self._sent:
            return self._sent[off].arrived
        if off not in self._arrived:
            self._walked()
            opening, change = self.ready
            self._arrived[off] = arrived_without(opening, change, away)
        return self._arrived[off]

    def _in_order(self, names: Iterable[str]) -> Off:
        wanted = set(names)
        return tuple(slug for slug in self._line.guardrails if slug in wanted)


def _told_for(found: Sent, off: Off) -> Sent:
    """The same result, with those that were switched off besides told so."""
    if found.off == off:
        return found
    away = set(off)
    acts = tuple(
        one.model_copy(update={"did": "off"}) if one.guardrail in away else one for one in found.acts
    )
    return found.model_copy(update={"off": off, "acts": acts})
