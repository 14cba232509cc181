"""A command while it runs: what it was given, what it says, and the world as it changes it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.events import Event, Unsupported
from checkpoint.core.sim.limits import Budget
from checkpoint.core.sim.outcome import Chunk, Stream
from checkpoint.core.sim.parts.files import FileError, Files, decoded, encoded, names_of, text_of
from checkpoint.core.sim.parts.git.repository import Written
from checkpoint.core.sim.world import World

Given = TypeVar("Given")

_WIDE, _NARROWEST = 120, 40
UNSUPPORTED = 2
"""Exit code of what is real but not simulated."""


@dataclass(slots=True)
class Process:
    """Mutable only while its command runs; from outside a command is a function of world and words.

    `spawn` runs other words as a child (a hook, `xargs`, `make`) and gives back its exit code.
    """

    world: World
    words: tuple[str, ...]
    budget: Budget
    spawn: "Spawn"
    stdin: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    tty: bool = False
    chunks: list[Chunk] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    # --- saying --------------------------------------------------------------

    def out(self, text: str) -> None:
        self._say("out", text)

    def err(self, text: str) -> None:
        self._say("err", text)

    def line(self, text: str = "") -> None:
        self._say("out", text + "\n")

    def error(self, text: str) -> None:
        self._say("err", text + "\n")

    def _say(self, stream: Stream, text: str) -> None:
        kept = self.budget.room_for(text)
        if kept:
            self.chunks.append(Chunk(stream, kept))

    def happened(self, event: Event) -> None:
        self.events.append(event)

    def unsupported(self, what: str, instead: str = "") -> int:
        """Say that something real isn't simulated; the caller changes nothing and returns this code.

        `instead` says what to do here for the same end.
        """
        self.happened(Unsupported(what))
        cure = f"; instead, {instead}" if instead else ""
        self.error(f"simulator: {what} is not simulated here; nothing was done{cure}")
        return UNSUPPORTED

    # --- files ---------------------------------------------------------------

    @property
    def files(self) -> Files:
        return self.world.files

    @files.setter
    def files(self, files: Files) -> None:
        self.world = replace(self.world, files=files)

    @property
    def cwd(self) -> str:
        return self.world.shell.cwd

    @property
    def clock(self) -> int:
        return self.world.clock

    @property
    def columns(self) -> int:
        """How wide the terminal is: what the shell's COLUMNS says, if that is a width."""
        told = self.world.shell.value("COLUMNS") or ""
        return int(told) if told.isdecimal() and len(told) < 4 and int(told) >= _NARROWEST else _WIDE

    def wrote(self, kind: str) -> None:
        """Count an object that this command adds to a repository."""
        self.world = self.world.having(self.world.part(Written).one_more(kind))

    def path(self, typed: str) -> str:
        """A path as typed, absolute; a slash at its end stays, for it asks for a folder."""
        names = text_of(names_of(typed, self.cwd))
        return names + "/" if typed.endswith("/") and names != "/" else names

    def read(self, typed: str) -> str:
        """A file's text; the error names the path as it was typed."""
        return decoded(self._named(typed, lambda: self.files.read(self.path(typed))))

    def write(self, typed: str, text: str, mode: int | None = None) -> None:
        path = self.path(typed)
        self.files = self._named(
            typed, lambda: self.files.write(path, encoded(text), mode=mode, time=self.clock)
        )

    def _named(self, typed: str, use: Callable[[], Given]) -> Given:
        try:
            return use()
        except FileError as error:
            raise FileError(typed, error.why) from None


Spawn = Callable[[Process, tuple[str, ...], str], int]
"""(parent, words, stdin) -> exit code; what the child says and changes goes to the parent."""


def failed(process: Process, error: SimError) -> int:
    """Print an error that nobody caught, under the command's name."""
    name = process.words[0].rsplit("/", 1)[-1]
    process.error(error.message if error.message.startswith("simulator:") else f"{name}: {error.message}")
    return error.code
