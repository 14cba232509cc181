"""One step of a run: the clock moves, what others had planned happens, the line is run."""

from dataclasses import dataclass, replace
from typing import Literal

from checkpoint.core.sim import limits, runner  # noqa: F401  the runner is one of the actors
from checkpoint.core.sim.actors import catch_up, witnessed
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.outcome import Chunk, Outcome
from checkpoint.core.sim.parts.files import encoded
from checkpoint.core.sim.shell.expand import home_expanded
from checkpoint.core.sim.shell.interpret import Tools, run_line
from checkpoint.core.sim.world import World

MINUTE = 60
"""Seconds of the scenario's clock that a typed line takes."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a learner did: typed a line, saved a file in the editor, or waited."""

    kind: Literal["run", "write", "wait"]
    line: str = ""
    stdin: str = ""
    path: str = ""
    content: str = ""
    seconds: int = 0


def step(world: World, step: Step, *, tty: bool = False, tools: Tools = TOOLS) -> Outcome:
    """The world after one step. A pure function: the same world and step give the same bytes.

    >>> step(World(), Step("run", "echo hello")).stdout
    'hello\\n'
    """
    if step.kind == "wait":
        return caught_up(replace(world, clock=world.clock + max(0, step.seconds)))
    if step.kind == "write":
        return saved(world, step)
    return typed(
        replace(world, clock=world.clock + MINUTE), step.line, stdin=step.stdin, tty=tty, tools=tools
    )


def typed(world: World, line: str, *, stdin: str = "", tty: bool = False, tools: Tools = TOOLS) -> Outcome:
    """A line at the world's own time: after everything that was due by then, and then what came due while
    it took its time, or at once because of it."""
    first_line = line.partition("\n")[0]
    if len(first_line) > limits.LINE:
        told = f"simulator: a line has at most {limits.LINE // 1024} KB\n"
        return Outcome(world, (Chunk("err", told),), 1)
    before = caught_up(world)
    made = run_line(before.world, line, tools, stdin=stdin[: limits.HERE_DOCUMENT], tty=tty)
    late = caught_up(witnessed(made.world, made.events))
    after = replace(late.world, shell=late.world.shell.remembering(line))
    return Outcome(after, made.chunks, made.code, before.events + made.events + late.events)


def saved(world: World, step: Step) -> Outcome:
    """The editor's save, which makes the folders that are missing; a failure is told like a command's."""
    try:
        path = home_expanded(step.path, world.shell)
        files = world.files.make_folders(path.rpartition("/")[0], time=world.clock)
        files = files.write(path, encoded(step.content), time=world.clock)
    except SimError as error:
        return Outcome(world, (Chunk("err", error.message + "\n"),), error.code)
    return Outcome(replace(world, files=files))


def caught_up(world: World) -> Outcome:
    """The world after what others had planned up to now."""
    after, events = catch_up(world)
    return Outcome(after, (), 0, events)
