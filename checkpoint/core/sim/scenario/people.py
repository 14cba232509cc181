"""The other people of a story: each has a machine of their own, and acts on the scenario's clock."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from immutables import Map

from checkpoint.core.sim.actors import ACTORS, WITNESSES, Due, plan
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.events import Event, Other, Said
from checkpoint.core.sim.parts.files import Files
from checkpoint.core.sim.parts.forge import Forge
from checkpoint.core.sim.parts.git.repository import Written
from checkpoint.core.sim.parts.sops.generated import Generated
from checkpoint.core.sim.run import Step, saved
from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.matching import match_from, matches, text_of
from checkpoint.core.sim.scenario.script import Scripted, steps_of
from checkpoint.core.sim.scenario.types import Meanwhile
from checkpoint.core.sim.shell.interpret import run_line
from checkpoint.core.sim.start import changed_by
from checkpoint.core.sim.world import Shell, World

ACTOR = "people"


@dataclass(frozen=True, slots=True)
class Desk:
    """A person's machine. What lies elsewhere (servers, clusters, states) everybody shares."""

    files: Files
    shell: Shell
    host: str


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody is going to do: `Meanwhile`, with its time in seconds and its data as JSON."""

    id: str
    who: str
    after: int
    when: str = ""
    unless: str = ""
    again: bool = False
    does: str = ""
    says: str = ""
    state: str = ""

    def about(self, facts: Mapping[str, object]) -> "Intent":
        """With `{number}`, `{head}` and so on replaced by what the event says that set it off."""
        return replace(self, does=_told(self.does, facts), says=_told(self.says, facts))


def _told(text: str, facts: Mapping[str, object]) -> str:
    return _FACT.sub(lambda match: str(facts.get(match[1], match[0])), text)


_FACT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class People:
    """A world's part."""

    desks: Map[str, Desk] = Map()
    intents: Map[str, Intent] = Map()
    waiting: frozenset[str] = frozenset()
    """Intents that an event sets off."""
    given_up: frozenset[str] = frozenset()
    """Intents that an event has made pointless."""


def with_intents(world: World, told: Iterable[Meanwhile]) -> World:
    """The world in which all this is going to happen, counted from its clock."""
    for one in told:
        intent = Intent(
            one.id,
            one.who,
            seconds_in(one.after),
            text_of(one.when) if one.when else "",
            text_of(one.unless) if one.unless else "",
            one.again,
            one.does,
            one.says,
            json.dumps(one.state, sort_keys=True) if one.state else "",
        )
        people = world.part(People)
        people = replace(people, intents=people.intents.set(one.id, intent))
        if one.when is not None:
            people = replace(people, waiting=people.waiting | {one.id})
        world = world.having(people)
        if one.when is None:
            world = plan(world, Due(world.clock + intent.after, ACTOR, one.id))
    return world


def noticed(world: World, events: tuple[Event, ...]) -> World:
    """Let people plan what they do about what happened, and drop what it made pointless."""
    if not world.part(People).intents:
        return world
    world = _without_pointless(world, events)
    for one in _waiting(world):
        event = _cause(one, events)
        if event is not None:
            world = _planned(world, one, event)
    return world


def _without_pointless(world: World, events: tuple[Event, ...]) -> World:
    """Nobody does any more what these events have made pointless."""
    people = world.part(People)
    pointless = {
        one.id
        for one in people.intents.values()
        if one.unless and one.id not in people.given_up and _happened(one.unless, events)
    }
    return world.having(replace(people, given_up=people.given_up | pointless)) if pointless else world


def _waiting(world: World) -> list[Intent]:
    people = world.part(People)
    return [people.intents[name] for name in sorted(people.waiting)]


def _cause(intent: Intent, events: tuple[Event, ...]) -> Event | None:
    return _happened(intent.when, events)


def _happened(match: str, events: tuple[Event, ...]) -> Event | None:
    return next((one for one in events if matches(match_from(match), one)), None)


def _planned(world: World, intent: Intent, cause: Event) -> World:
    people = world.part(People)
    if not intent.again:
        world = world.having(replace(people, waiting=people.waiting - {intent.id}))
    event = cause.event if isinstance(cause, Other) else cause
    facts = {name: value for name, value in event.told().items() if isinstance(value, str | int)}
    what = f"{intent.id} {json.dumps(facts, sort_keys=True)}"
    return plan(world, Due(world.clock + intent.after, ACTOR, what))


def act(world: World, due: Due) -> tuple[World, tuple[Event, ...]]:
    """An intent becomes an act: systems change, lines are typed at the person's desk, a message is sent."""
    name, _, facts = due.what.partition(" ")
    people = world.part(People)
    if name in people.given_up:
        return world, ()
    intent = people.intents[name].about(json.loads(facts or "{}"))
    if intent.state:
        world = changed_by(world, json.loads(intent.state))
    world, events = played(world, intent.who, steps_of(intent.does))
    told: tuple[Event, ...] = tuple(Other(intent.who, one) for one in events)
    if intent.says:
        told += (Said(intent.who, intent.says),)
    return _without_pointless(world, told), told


def played(world: World, who: str, steps: Iterable[Scripted]) -> tuple[World, tuple[Event, ...]]:
    """The steps typed at somebody's desk, at the world's time."""
    steps = tuple(steps)
    if not steps:
        return world, ()
    mine, forge = Desk(world.files, world.shell, world.host), world.part(Forge)
    written, generated = world.part(Written), world.part(Generated)
    world = _seated(uncounted(world).having(forge.seen_by(who)), _desk(world, who))
    events: tuple[Event, ...] = ()
    for one in steps:
        world, happened = _done(world, one.step)
        events += happened
    people = world.part(People)
    desk = Desk(world.files, world.shell, world.host)
    back = replace(world.part(Forge), viewer=forge.viewer, permission=forge.permission)
    world = world.having(replace(people, desks=people.desks.set(who, desk))).having(back)
    return _seated(world.having(written).having(generated), mine), events


def uncounted(world: World) -> World:
    """With nothing counted against a session's limits: what somebody else makes is not the learner's."""
    return world.having(Written()).having(Generated())


def _done(world: World, step: Step) -> tuple[World, tuple[Event, ...]]:
    if step.kind == "wait":
        return replace(world, clock=world.clock + step.seconds), ()
    if step.kind == "write":
        return saved(world, step).world, ()
    made = run_line(world, step.line, TOOLS)
    return made.world, made.events


def _seated(world: World, desk: Desk) -> World:
    return replace(world, files=desk.files, shell=desk.shell, host=desk.host)


def _desk(world: World, who: str) -> Desk:
    found = world.part(People).desks.get(who)
    if found is not None:
        return found
    home = f"/home/{who}"
    environment = {"HOME": home, "USER": who, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "GH_TOKEN": "gho_"}
    shell = Shell(home, who, home, variables=Map(environment), exported=frozenset(environment))
    files = Files().make_folders(home, time=world.clock).make_folder("/tmp", time=world.clock)  # noqa: S108
    return Desk(files, shell, f"{who}-laptop")


ACTORS[ACTOR] = act
WITNESSES.append(noticed)
