"""Sessions that nobody recorded: lines of every tool on the recordings' setups, right, wrong and odd."""

import json
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World

RECORDINGS = Path(__file__).parents[2] / "fidelity" / "recordings"
ROWS = [json.loads(line) for line in (RECORDINGS / "open.jsonl").read_text().splitlines()]
SUITES = list(dict.fromkeys(row["suite"] for row in ROWS))

PATHS = [path for row in TOOLS.rows.values() for path in (one.path for one in row.walk())]
OPTIONS = sorted(
    {name for row in TOOLS.rows.values() for one in row.walk() for o in one.options for name in o.names}
)
MARKS = ["'", '"', "$(", ")", "|", ">", "<<E", "{", "*", "\\", ";", "&&", "||", "\n", "&", "2>&1", "$?", "--"]
WORDS = [
    "a.txt",
    "HEAD~1",
    "main",
    ".",
    "/",
    "-",
    "web",
    "deploy/web",
    "develop",
    "$HOME",
    "0",
    "é",
    "tfplan",
]


def commands_of(suite: str) -> list[str]:
    return [row["command"] for row in ROWS if row["suite"] == suite and row["kind"] != "setup"]


EVERY_COMMAND = sorted({row["command"] for row in ROWS})

words = st.one_of(st.sampled_from([*PATHS, *OPTIONS, *MARKS, *WORDS]), st.text(max_size=8))
made_up = st.lists(words, max_size=8).map(" ".join)


@st.composite
def spoiled(draw: st.DrawFn, lines: list[str]) -> str:
    """A recorded line with a word put in, left out or changed."""
    split = draw(st.sampled_from(lines)).split(" ")
    place = draw(st.integers(0, len(split)))
    split[place : place + draw(st.integers(0, 1))] = draw(st.lists(words, max_size=1))
    return " ".join(split)


def lines_for(suite: str) -> st.SearchStrategy[str]:
    own = commands_of(suite)
    return st.one_of(st.sampled_from(own), spoiled(own), st.sampled_from(EVERY_COMMAND), made_up)


@st.composite
def steps_for(draw: st.DrawFn, suite: str, most: int = 6) -> list[Step]:
    """What is typed, saved and waited for; often the recorded session's own beginning comes first."""
    own = commands_of(suite)
    begun = own[: draw(st.integers(0, 12))] if draw(st.booleans()) else []
    typed = st.lists(lines_for(suite).map(lambda line: Step("run", line)), min_size=1, max_size=most)
    saved = st.builds(Step, st.just("write"), path=st.sampled_from(WORDS), content=st.text(max_size=40))
    waited = st.builds(Step, st.just("wait"), seconds=st.integers(0, 7200))
    other = draw(st.lists(st.one_of(saved, waited), max_size=1))
    return [*(Step("run", line) for line in begun), *draw(typed), *other]


@cache
def started(suite: str) -> World:
    return world_from(json.loads((RECORDINGS / "setups" / f"{suite}.json").read_text()))


@st.composite
def sessions(draw: st.DrawFn, most: int = 6) -> tuple[World, list[Step]]:
    suite = draw(st.sampled_from(SUITES))
    return started(suite), draw(steps_for(suite, most))


def played(world: World, steps: list[Step]) -> list[Outcome]:
    found = []
    for one in steps:
        found.append(step(world, one))
        world = found[-1].world
    return found


def said(made: Outcome) -> tuple[object, ...]:
    """Everything of an outcome that a learner, a goal or a debrief can see."""
    return made.chunks, made.code, tuple(event.told() for event in made.events)
