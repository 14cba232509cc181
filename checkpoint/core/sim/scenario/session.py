"""A learner's try at a scenario: what was typed, what became of it, and how the goals stand.

A session is a value: `taken` and `undone` give another one, and every earlier moment is still there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from checkpoint.core.sim.commands import TOOLS, narrowed
from checkpoint.core.sim.events import Event
from checkpoint.core.sim.outcome import Chunk
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.scenario.conditions import all_of, any_of
from checkpoint.core.sim.scenario.opening import Opening
from checkpoint.core.sim.scenario.seen import Log, Seen
from checkpoint.core.sim.scenario.types import Goal, Rule, Scenario
from checkpoint.core.sim.shell.interpret import Tools
from checkpoint.core.sim.world import World

State = Literal["met", "open", "failed"]
Ending = Literal["clean", "costly", "unfinished"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a session stands after a step; `steps` counts from 0, the start.

    `met`, `lost`, `broken`: goals and rules, each with the step at which it became so.
    """

    world: World
    log: Log = Log()
    steps: int = 0
    number: int = 0
    """The how many-eth line it was, those counted that were taken back since."""
    given: Step | None = None
    """The step that led here."""
    met: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    lost: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    broken: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Session:
    """`trail` holds every moment that undo can go back to, the start first."""

    opening: Opening
    trail: tuple[Moment, ...]
    hints: tuple[str, ...] = ()
    """The goal of each hint that was asked for, in their order. Undo doesn't give them back."""
    undone: int = 0
    """How many steps were taken back."""
    lines: int = 0
    """How many lines were typed, the terminal's own words and what was taken back among them."""

    @property
    def scenario(self) -> Scenario:
        return self.opening.scenario

    @property
    def now(self) -> Moment:
        return self.trail[-1]

    def state(self, goal: str) -> State:
        if goal in self.now.lost:
            return "failed"
        return "met" if goal in self.now.met else "open"

    def states(self) -> dict[str, State]:
        """By the goal's id, in the author's order."""
        return {goal.id: self.state(goal.id) for goal in self.scenario.goals}

    @property
    def ending(self) -> Ending:
        """How it would end if it ended now."""
        if any(state != "met" for state in self.states().values()):
            return "unfinished"
        return "costly" if self.now.broken else "clean"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step gave, besides the session after it."""

    chunks: tuple[Chunk, ...] = ()
    code: int = 0
    events: tuple[Event, ...] = ()
    faulted: bool = False
    """Whether the simulator failed at it, so that it changed nothing."""

    def text(self, stream: str) -> str:
        return "".join(chunk.text for chunk in self.chunks if chunk.stream == stream)


def begun(opening: Opening) -> Session:
    """Nothing typed yet."""
    return Session(opening, (_judged(opening, Moment(opening.world)),))


def taken(session: Session, given: Step, *, tty: bool = False) -> tuple[Session, Answer]:
    """The session after a step in the world. The terminal's own words are `own_words.said`'s."""
    before = session.now
    made = step(before.world, given, tty=tty, tools=tools_of(session.scenario))
    world, events = made.world, made.events
    steps = before.steps + 1
    log = before.log.having(events, steps, world.clock)
    after = replace(before, world=world, steps=steps, log=log, number=session.lines + 1, given=given)
    moment = _judged(session.opening, after)
    session = replace(session, trail=(*session.trail, moment), lines=session.lines + 1)
    return session, Answer(made.chunks, made.code, events)


@lru_cache(maxsize=64)
def _tools(names: tuple[str, ...]) -> Tools:
    return narrowed(names)


def tools_of(scenario: Scenario) -> Tools:
    """What can be typed in this exercise; without goals it is none, and a machine like any other."""
    return _tools(scenario.tools) if scenario.goals else TOOLS


def undone(session: Session, count: int = 1) -> Session:
    """The session some steps ago; never before the start."""
    kept = max(1, len(session.trail) - count)
    back = len(session.trail) - kept
    return replace(session, trail=session.trail[:kept], undone=session.undone + back)


def just_broken(session: Session) -> list[str]:
    """Rules that the latest line broke; none where it was no step in the world."""
    now = session.now
    if now.number != session.lines:
        return []
    return [rule for rule, step in now.broken.items() if step == now.steps]


def _judged(opening: Opening, moment: Moment) -> Moment:
    seen = Seen(opening.world, moment.world, moment.log)
    scenario = opening.scenario
    broken = _kept(
        moment.broken, [rule.id for rule in scenario.rules if _is_broken(rule, seen)], moment.steps
    )
    lost = _kept(
        moment.lost, [goal.id for goal in scenario.goals if any_of(goal.lost_if, seen)], moment.steps
    )
    holding = [goal.id for goal in scenario.goals if goal.id not in lost and _is_met(goal, seen)]
    met = {name: moment.met.get(name, moment.steps) for name in holding}
    return replace(moment, broken=broken, lost=lost, met=MappingProxyType(met))


def _kept(before: Mapping[str, int], now: list[str], steps: int) -> Mapping[str, int]:
    """What was broken or lost stays so."""
    return MappingProxyType({**dict.fromkeys(now, steps), **before})


def _is_broken(rule: Rule, seen: Seen) -> bool:
    return any_of(rule.broken_by, seen)


def _is_met(goal: Goal, seen: Seen) -> bool:
    return all_of(goal.needs, seen)
