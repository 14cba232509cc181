"""What a command gives: another world, what it printed, an exit code and what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from checkpoint.core.sim.events import Event
from checkpoint.core.sim.world import World

Stream = Literal["out", "err"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of text on one of the two streams, in the order in which it was printed."""

    stream: Stream
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    world: World
    chunks: tuple[Chunk, ...] = ()
    code: int = 0
    events: tuple[Event, ...] = ()

    @property
    def stdout(self) -> str:
        return text_on("out", self.chunks)

    @property
    def stderr(self) -> str:
        return text_on("err", self.chunks)

    @property
    def terminal(self) -> str:
        """Both streams as a terminal shows them."""
        return "".join(chunk.text for chunk in self.chunks)


def text_on(stream: Stream, chunks: Iterable[Chunk]) -> str:
    return "".join(chunk.text for chunk in chunks if chunk.stream == stream)
