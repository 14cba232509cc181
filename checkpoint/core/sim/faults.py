"""What goes wrong in the simulator itself: told to whoever answers for it, never to whoever typed.

A fault is an exception of ours that nobody foresaw. It takes back what led to it and nothing else: a session
stays as it was before the line, a world as it was before what somebody else was about to do in it.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

SHOWN = 12
"""Places of a fault that are told, the last ones: a stack that is full has a thousand."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What kind of exception it was, and where. Its message is left out: it may hold what was typed."""

    kind: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([*(f"  {place}" for place in self.places), self.kind])


_GATHERED: ContextVar[list[Fault] | None] = ContextVar("gathered", default=None)
"""Where the faults of what is played now go; a line that is only played again tells nobody."""


@contextmanager
def gathered() -> Iterator[list[Fault]]:
    """The faults of everything that is played inside, filled as they come."""
    found: list[Fault] = []
    token = _GATHERED.set(found)
    try:
        yield found
    finally:
        _GATHERED.reset(token)


def noted(error: Exception) -> None:
    """Tell of a fault where somebody gathers them.

    Raises it again where it is the machine's and not ours: a line for which there was no memory is played
    later.
    """
    if isinstance(error, MemoryError):
        raise error
    found = _GATHERED.get()
    if found is not None:
        found.append(fault_of(error))


def fault_of(error: Exception) -> Fault:
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN:]
    places = tuple(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return Fault(type(error).__name__, places)
