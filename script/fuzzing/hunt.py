"""Plays drawn sessions, watches for what must not happen, and shortens what made it happen."""

import json
import re
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from checkpoint.core.sim import limits
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.completion import completed
from checkpoint.core.sim.faults import gathered
from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.parts.git.hosting import Hosting
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.scenario.desk import listed_files, opened_file
from checkpoint.core.sim.scenario.opening import without_scenario
from checkpoint.core.sim.scenario.own_words import prompt_of
from checkpoint.core.sim.scenario.panel import panel_of
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.scenario.telling import told_in_words
from checkpoint.core.sim.table import Command
from checkpoint.core.sim.world import World
from script.fuzzing.lines import RECORDED, RECORDINGS, drawn
from script.fuzzing.words import every_row
from tests.fidelity.adapter import Session

LENGTH = 20
"""Steps of a session."""
_NO_TEXT = re.compile(r"(?<!\\)(?:\\\\)*\\ud[89a-f]")
"""A byte that is no text, as `repr` shows it."""
SPARE = 500
"""Characters that the simulator's own word about a limit may add to the output."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong, and the steps behind a setup that make it happen."""

    problem: str
    suite: str
    steps: tuple[Step, ...]

    def told(self) -> str:
        lines = [f"{self.problem}  (setup {self.suite})"]
        return "\n".join(lines + ["    " + json.dumps(as_input(one)) for one in self.steps])


def as_input(one: Step) -> dict[str, object]:
    """A step as `manage.py simulate` reads it."""
    if one.kind == "write":
        return {"write": {"path": one.path, "content": one.content}}
    if one.kind == "wait":
        return {"wait": f"{one.seconds}s"}
    return {"run": one.line, "stdin": one.stdin} if one.stdin else {"run": one.line}


def broken(made: Outcome) -> str:
    """The limit that an outcome breaks, or nothing."""
    files, hosted = made.world.files, made.world.part(Hosting).files
    shell = made.world.shell
    checks = {
        "too much output": len(made.stdout) + len(made.stderr) <= limits.OUTPUT + SPARE,
        "files too big": files.size <= limits.FILE_SYSTEM and hosted.size <= limits.FILE_SYSTEM,
        "too many files": files.count <= limits.FILES,
        "bad exit code": 0 <= made.code <= 255,
        "variables too big": sum(map(len, shell.variables.values())) <= limits.FILE_SYSTEM,
    }
    return next((problem for problem, fine in checks.items() if not fine), "")


def problem_of(world: World, one: Step, slow: float = 0) -> tuple[World, str]:
    """The world after a step, and what went wrong with it: an exception, a limit, or much time."""
    start = time.process_time()
    try:
        with gathered() as faults:
            made = step(world, one)
        took = time.process_time() - start
        looked_at(made, one)
    except Exception as error:
        return world, _named(error)
    if faults:
        return world, f"{faults[0].kind} at {faults[0].places[-1]}"
    if slow and took > slow:
        return made.world, "slow"
    return made.world, broken(made)


def looked_at(made: Outcome, one: Step) -> None:
    """What the pages of a run read of the world after a step. Raises what they would raise."""
    session = begun(without_scenario(made.world))
    files = listed_files(made.world)
    opened = [opened_file(made.world, path) for path in [*files[:3], one.path or "a"]]
    read = (
        *(prompt_of(session), panel_of(made.world), files, opened, [one.difference for one in opened]),
        completed(made.world, one.line[:200].encode("utf-8", "replace").decode(), TOOLS),
        *(told_in_words(event) for event in made.events),
    )
    if _NO_TEXT.search(repr(read)):
        raise ValueError("no page can be sent with this")
    json.dumps([event.told() for event in made.events])


def _named(error: Exception) -> str:
    """The exception with its place, which says little where the stack was full."""
    frames = traceback.extract_tb(error.__traceback__)
    frame = frames[-1] if not isinstance(error, RecursionError) else frames[min(20, len(frames) - 1)]
    place = f"{frame.filename.rpartition('/core/sim/')[2]}:{frame.name}"
    return f"{type(error).__name__} at {place}: {str(error)[:80]}"


def start_of(suite: str) -> World:
    """A recording's setup with what others do in front of it."""
    session = Session(json.loads((RECORDINGS / "setups" / f"{suite}.json").read_text()))
    for row in RECORDED:
        if row["suite"] == suite and row["kind"] == "setup":
            session.setup(row)
    return session.world


def rows_of(tool: str) -> list[Command]:
    """The rows of one tool, or of all."""
    return [row for row in every_row() if not tool or row.path.split(" ")[0] == tool]


def hunted(seed: int, lines: int, tool: str = "", slow: float = 0) -> Iterator[tuple[int, Finding | None]]:
    """(steps played, what was found in them) session by session; each one draws its own luck."""
    starts: dict[str, World] = {}
    suites = list(dict.fromkeys(row["suite"] for row in RECORDED))
    rows = rows_of(tool)
    played = number = 0
    while played < lines:
        random = Random(f"{seed}/{number}")
        suite = random.choice(suites)
        if suite not in starts:
            starts[suite] = start_of(suite)
        count, found = session(random, starts[suite], rows, suite, slow)
        played, number = played + count, number + 1
        yield count, found


def session(
    random: Random, world: World, rows: list[Command], suite: str, slow: float
) -> tuple[int, Finding | None]:
    """Play one session up to its first problem."""
    start, done = world, []
    recorded = [row["command"] for row in RECORDED if row["suite"] == suite]
    for _ in range(LENGTH):
        one = drawn(random, world, rows, recorded)
        done.append(one)
        world, problem = problem_of(world, one, slow)
        if problem:
            return len(done), Finding(problem, suite, shortened(start, tuple(done), problem, slow))
    return len(done), None


# --- shortening -----------------------------------------------------------------


def shows(start: World, steps: tuple[Step, ...], problem: str, slow: float) -> bool:
    """Whether these steps still lead to the problem, at the last of them."""
    world, found = start, ""
    for one in steps:
        world, found = problem_of(world, one, slow)
        if found:
            break
    return found.partition(": ")[0] == problem.partition(": ")[0]


def shortened(start: World, steps: tuple[Step, ...], problem: str, slow: float = 0) -> tuple[Step, ...]:
    """The fewest steps, and the shortest last line, that still show the problem."""
    at = 0
    while at < len(steps) - 1:
        fewer = steps[:at] + steps[at + 1 :]
        if shows(start, fewer, problem, slow):
            steps = fewer
        else:
            at += 1
    for place in range(len(steps)):
        for name in ("line", "content", "stdin"):
            steps = _shorter(start, steps, place, name, problem, slow)
    return steps


def _shorter(
    start: World, steps: tuple[Step, ...], place: int, name: str, problem: str, slow: float
) -> tuple[Step, ...]:
    """One text of one step with pieces left out, first halves, then ever smaller ones."""
    size = max(1, len(getattr(steps[place], name)) // 2)
    tries = 0
    while size and tries < 400:
        at = 0
        while at < len(getattr(steps[place], name)) and tries < 400:
            text = getattr(steps[place], name)
            fewer = replace(steps[place], **{name: text[:at] + text[at + size :]})
            trial = (*steps[:place], fewer, *steps[place + 1 :])
            tries += 1
            if shows(start, trial, problem, slow):
                steps = trial
            else:
                at += size
        size //= 2
    return steps
