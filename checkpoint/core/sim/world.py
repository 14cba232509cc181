"""The whole simulated state. It is a value: a fork, an undo or a reset is another name for one."""

import hashlib
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from immutables import Map

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted, SimError
from checkpoint.core.sim.parts.files import Files
from checkpoint.core.sim.shell.syntax import Command

Part = TypeVar("Part")

_SMALL = 1024
"""Characters up to which a value isn't weighed against all the others."""
_REMEMBERED = 500
"""Lines of history kept."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What lasts from one typed line to the next in the learner's shell."""

    home: str = "/home/learner"
    user: str = "learner"
    cwd: str = "/home/learner"
    before: str = ""
    """The folder that `cd -` goes back to."""
    status: int = 0
    """The exit code of the last command, `$?`."""
    variables: Map[str, str] = Map()
    arrays: Map[str, Map[str, str]] = Map()
    """By name the values by key; an array's number is told in decimal."""
    keyed: frozenset[str] = frozenset()
    """The arrays whose keys are words (`declare -A`)."""
    whole: frozenset[str] = frozenset()
    """Variables that hold whole numbers (`declare -i`)."""
    statuses: tuple[int, ...] = (0,)
    """The exit codes of the last pipeline, `PIPESTATUS`."""
    traps: Map[str, str] = Map()
    """By signal what `trap` has put down for it."""
    aliases: Map[str, str] = Map()
    descriptors: Map[str, str] = Map()
    """Files that `exec` opened for writing, by number."""
    exported: frozenset[str] = frozenset()
    functions: Map[str, Command] = Map()
    """Name to the parsed body."""
    history: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    """What `set` switched on: errexit, nounset, pipefail, xtrace."""
    fixed: frozenset[str] = frozenset()
    """Variables that are read-only."""
    stack: tuple[str, ...] = ()
    """Folders that `pushd` left, the last one first."""
    arguments: tuple[str, ...] = ()
    """The positional parameters that `set --` gave the shell at the prompt."""

    def value(self, name: str) -> str | None:
        """What `$name` gives; of an array its value number 0."""
        found = self.variables.get(name)
        return self.arrays[name].get("0") if found is None and name in self.arrays else found

    def holding(self, name: str, value: str) -> "Shell":
        """With a variable set; Exhausted where the shell would hold too much."""
        if name in self.fixed:
            raise SimError(f"bash: {name}: readonly variable")
        if name in self.arrays:
            return self.keeping(name, self.arrays[name].set("0", value))
        if len(value) > limits.VALUE:
            raise Exhausted(f"a variable holds at most {limits.VALUE // 1024} KB")
        if name not in self.variables and len(self.variables) >= limits.WORDS:
            raise Exhausted(f"there are at most {limits.WORDS:,} variables")
        variables = self.variables.set(name, value)
        if len(value) > _SMALL and sum(map(len, variables.values())) > limits.VARIABLES:
            raise Exhausted(f"all variables together hold at most {limits.VARIABLES // 1024} KB")
        return replace(self, variables=variables)

    def keeping(self, name: str, values: Map[str, str], *, keyed: bool = False) -> "Shell":
        """With an array set; Exhausted where the shell would hold too much."""
        if name in self.fixed:
            raise SimError(f"bash: {name}: readonly variable")
        arrays = self.arrays.set(name, values)
        if sum(map(len, arrays.values())) + len(arrays) > limits.WORDS:
            raise Exhausted(f"there are at most {limits.WORDS:,} values in arrays")
        if any(len(value) > _SMALL for value in values.values()):
            size = sum(len(value) for array in arrays.values() for value in array.values())
            if size > limits.VARIABLES:
                raise Exhausted(f"all arrays together hold at most {limits.VARIABLES // 1024} KB")
        variables = self.variables.delete(name) if name in self.variables else self.variables
        names = self.keyed | {name} if keyed else self.keyed
        return replace(self, arrays=arrays, variables=variables, keyed=names)

    def lacking(self, name: str) -> "Shell":
        """Without a variable or an array of this name."""
        variables = self.variables.delete(name) if name in self.variables else self.variables
        arrays = self.arrays.delete(name) if name in self.arrays else self.arrays
        return replace(
            self, variables=variables, arrays=arrays, keyed=self.keyed - {name}, whole=self.whole - {name}
        )

    def remembering(self, line: str) -> "Shell":
        """With a line at the end of its history, the oldest ones forgotten where there are too many."""
        kept, size = [line[: limits.HISTORY]], len(line)
        for old in reversed(self.history[-_REMEMBERED + 1 :]):
            size += len(old)
            if size > limits.HISTORY:
                break
            kept.append(old)
        return replace(self, history=tuple(reversed(kept)))

    def environment(self) -> dict[str, str]:
        """What a command started here is given."""
        return {name: self.variables[name] for name in sorted(self.exported) if name in self.variables}


@dataclass(frozen=True, slots=True)
class World:
    """Files, shell and clock, and one part for each system: forge, clusters, state backends …

    A part is a frozen dataclass whose fields all have defaults. `part(Forge)` gives the forge of
    this world, or an empty one; `having(forge)` a world with another.
    """

    files: Files = Files()
    shell: Shell = Shell()
    clock: int = 1_795_428_000
    """The scenario's time in epoch seconds."""
    host: str = "workstation"
    seed: str = "checkpoint"
    drawn: int = 0
    """How many ids have been made; the next one depends on it and on nothing else."""
    off: frozenset[str] = frozenset()
    """Guardrails that are switched off, by their slug."""
    parts: Map[str, Any] = field(default_factory=Map)

    def part(self, kind: type[Part]) -> Part:
        found: Part | None = self.parts.get(kind.__name__)
        return kind() if found is None else found

    def having(self, part: object) -> "World":
        return self._with(self.drawn, self.parts.set(type(part).__name__, part))

    def _with(self, drawn: int, parts: Map[str, Any]) -> "World":
        """What `replace` gives, in a third of its time: controllers ask for it dozens of times a line."""
        return World(self.files, self.shell, self.clock, self.host, self.seed, drawn, self.off, parts)

    def draw(self, purpose: str) -> tuple[bytes, "World"]:
        """32 bytes that look random, always the same for the same run; and the world after it."""
        made = hashlib.sha256(f"{self.seed}\n{purpose}\n{self.drawn}".encode()).digest()
        return made, self.having_drawn()

    def having_drawn(self) -> "World":
        """After an id that nobody looks at was made."""
        return self._with(self.drawn + 1, self.parts)

    def draw_uuid(self, purpose: str) -> tuple[str, "World"]:
        made, world = self.draw(purpose)
        return str(uuid.UUID(bytes=made[:16], version=4)), world
