"""The world of a scenario before the learner's first line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checkpoint.core.sim.actors import catch_up
from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.forge.noticing import noticed
from checkpoint.core.sim.run import step
from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.material import Layer, Material
from checkpoint.core.sim.scenario.people import played, uncounted, with_intents
from checkpoint.core.sim.scenario.script import LEARNER, Scripted, ScriptError, steps_of
from checkpoint.core.sim.scenario.types import Debrief, Scenario, Start
from checkpoint.core.sim.scenario.variants import filled_in, number
from checkpoint.core.sim.start import SetupError, changed_by, with_files, world_from
from checkpoint.core.sim.world import World

DAY = 86_400
COLUMNS = 74
"""How wide the terminal on the page is."""
AGO = "2d"
"""How long before the learner comes the earlier lines begin, where nobody says."""


class OpeningError(ValueError):
    """An author's start can't be made; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Opening:
    scenario: Scenario
    seed: str
    world: World


def opened(material: Material, seed: str = "1", off: frozenset[str] = frozenset()) -> Opening:
    """The start that a seed makes, with some guardrails switched off. Raises OpeningError.

    Earlier lines are typed with every guardrail of the world on, so that switching one off changes what the
    learner meets and not what they find.
    """
    made = filled_in(material, seed)
    scenario, start = made.scenario, _merged(made.layers)
    try:
        world = _earlier(_bare(scenario, start, seed), made.layers)
        world = _settled(world, _epoch(scenario, seed), start)
        world = replace(world, off=frozenset(start.off) | off)
        return Opening(scenario, seed, with_intents(world, scenario.meanwhile))
    except (SimError, SetupError, ScriptError, OpeningError) as error:
        raise OpeningError(f"the start of {scenario.slug} can't be made: {error}") from None


def without_scenario(world: World) -> Opening:
    """A world to type in, with nothing to reach."""
    said = Debrief(clean="-", costly="-", unfinished="-")
    facts = Scenario(slug="world", title="A world", summary="-", minutes=1, brief="-", goals=(), debrief=said)
    return Opening(facts, "1", world)


def _merged(layers: tuple[Layer, ...]) -> Start:
    """What the layers say of the learner and the machine, the last word winning."""
    told = [one.start for one in layers]
    last = {name: value for one in told for name, value in one.model_dump(exclude_unset=True).items()}
    last["env"] = {name: value for one in told for name, value in one.env.items()}
    last["off"] = tuple(slug for one in told for slug in one.off)
    return Start.model_validate(last)


def _epoch(scenario: Scenario, seed: str) -> int:
    """When the learner comes: a working hour, not the same for every seed."""
    return World().clock + number(seed, "day", 20) * DAY + number(seed, f"minute {scenario.slug}", 120) * 60


def _bare(scenario: Scenario, start: Start, seed: str) -> World:
    user = start.user or "learner"
    home = start.home or f"/home/{user}"
    facts = {
        "user": user,
        "home": home,
        "env": start.env,
        "epoch": _epoch(scenario, seed) - seconds_in(start.ago or AGO),
        "suite": f"{scenario.slug}/{seed}",
    }
    world = world_from(facts)
    world = replace(world, shell=world.shell.holding("COLUMNS", str(COLUMNS)))
    return replace(world, host=start.host) if start.host else world


def _earlier(world: World, layers: tuple[Layer, ...]) -> World:
    for layer in layers:
        world = changed_by(with_files(world, _placed(layer.files)), layer.start.state)
        for one in steps_of(layer.earlier):
            world = _typed(world, one)
    return world


SCRIPT = "#checkpoint:script "
"""Begins a file that stands for a script whose text the simulator knows; its name and variant follow."""


def _placed(files: Mapping[str, str]) -> dict[str, object]:
    """Scripts can be run."""
    return {path: _fact(text) for path, text in files.items()}


def _fact(text: str) -> object:
    if text.startswith(SCRIPT):
        name, _, variant = text.removeprefix(SCRIPT).strip().partition(" ")
        return {"external": name, "variant": variant or "baseline", "mode": 0o755}
    return {"text": text, "mode": 0o755} if text.startswith("#!") else text


def _typed(world: World, one: Scripted) -> World:
    """A line of the earlier script has to succeed: what it prepares is missing otherwise."""
    if one.who != LEARNER and one.step.kind != "wait":
        return played(replace(world, clock=world.clock + 60), one.who, [one])[0]
    made = step(world, one.step)
    if made.code:
        told = (made.stderr or made.stdout).strip().splitlines() or ["nothing was said"]
        raise OpeningError(f"line {one.line} of the earlier lines ends with {made.code}: {told[-1]}")
    return made.world


def _settled(world: World, epoch: int, start: Start) -> World:
    """The moment at which the learner sits down: nothing typed yet, everybody's past acts done."""
    world = catch_up(replace(world, clock=max(epoch, world.clock)))[0]
    world = uncounted(noticed(world)[0])
    home = world.shell.home
    cwd = f"{home}/{start.cwd}".rstrip("/") if start.cwd else home
    return replace(world, shell=replace(world.shell, cwd=cwd, before="", status=0, history=()))
