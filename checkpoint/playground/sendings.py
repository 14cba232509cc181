"""Changes sent by this process: one sender for each, which takes up what was worked out before."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import RLock

from checkpoint.core.content.places import line_of
from checkpoint.core.sim.codec import engine
from checkpoint.core.sim.sending.change import Sendable
from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.matrix import Row, missed_by, next_ones, row
from checkpoint.core.sim.sending.sender import Sender
from checkpoint.core.sim.sending.sent import Act, Sent
from checkpoint.library import get_library
from checkpoint.openings import opening_of
from checkpoint.playground import prepared

SENDING = 1
"""Raised whenever the same change gives another result than before, though the simulator didn't change."""


@dataclass(frozen=True, slots=True)
class Result:
    """A change sent through a set of guardrails, with what would come if they stood otherwise."""

    sent: Sent
    next_ones: tuple[str, ...]
    """Who would catch it after the one that did, each where those before are off too."""
    last: Sent
    """What becomes of it where all those are off."""
    missed_by: tuple[str, ...]
    """Guardrails that are off and would have caught it."""
    otherwise: dict[str, Act]
    """By a guardrail that is off: what it would have done."""

    @property
    def harmless(self) -> bool:
        """It went on, and whoever caught it had made it harmless without saying no."""
        by = next((one for one in self.sent.acts if one.guardrail == self.sent.caught_by), None)
        return by is not None and not by.refused and not self.sent.undone


@dataclass
class Sending:
    """One change of the course being served; safe between threads."""

    sendable: Sendable
    line: Line
    fingerprint: str
    _sender: Sender | None = None
    _row: Row | None = None
    _lock: RLock = field(default_factory=RLock)

    def result(self, off: Iterable[str]) -> Result:
        with self._lock:
            sender = self._ready()
            sent = sender.sent(off)
            after = next_ones(sender, sent)
            caught = (sent.caught_by, *after) if sent.caught_by else ()
            return Result(
                sent,
                after,
                sender.sent((*sent.off, *caught)),
                missed_by(sender, sent),
                {slug: self._acting(sender, sent, slug) for slug in sent.off},
            )

    def row(self) -> Row | None:
        """The change's row of the matrix, if it is worked out by now."""
        if self._row is None:
            found = prepared.read(self.fingerprint)
            self._row = found.row if found else None
        return self._row

    def work_out(self, *, whole: bool = False) -> None:
        """The row, worked out here and now and kept for every process; `whole`: and every other way too."""
        with self._lock:
            sender = self._ready()
            self._row = row(sender, self.sendable.change.slug, self.line)
            if whole:
                sender.walk_every_way()
            found = prepared.Prepared(row=self._row, sent=tuple(sender.known()), whole=whole)
            prepared.write(self.fingerprint, found)

    def _ready(self) -> Sender:
        if self._sender is None:
            found = prepared.read(self.fingerprint)
            known = found.sent if found else ()
            self._sender = Sender(self.sendable, self.line, known, opens=opening_of)
        return self._sender

    def _acting(self, sender: Sender, sent: Sent, slug: str) -> Act:
        other = sender.sent(one for one in sent.off if one != slug)
        return next(one for one in other.acts if one.guardrail == slug)


def sending_of(slug: str) -> Sending:
    """Raises KeyError for a change that isn't there."""
    return sendings()[slug]


def sendings() -> dict[str, Sending]:
    """Every change of the course being served, in its order."""
    return _sendings(get_library().fingerprint)


@lru_cache(maxsize=2)
def _sendings(_fingerprint: str) -> dict[str, Sending]:
    library = get_library()
    line = line_of(library)
    return {slug: Sending(one, line, _name(one, line)) for slug, one in library.changes.items()}


def _name(sendable: Sendable, line: Line) -> str:
    """Changes when a result could: change, worlds, line, simulator, what is kept."""
    layout = json.dumps(prepared.Prepared.model_json_schema(), sort_keys=True)
    told = "\0".join((sendable.fingerprint(), repr(line), engine(), str(SENDING), layout))
    return f"{sendable.change.slug}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
