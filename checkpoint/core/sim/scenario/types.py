"""A scenario as its author writes it: brief, start, goals, rules, hints, solutions and traps."""

from typing import Any, Literal

from pydantic import Field, field_validator

from checkpoint.core.sim.scenario.conditions import Condition
from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.matching import Match
from checkpoint.core.values import Value

Slug = str
LEVELS = ("first", "second", "third")
"""How hard an exercise is, in the order in which to take them."""
Text = str
"""Markdown."""


class Goal(Value):
    """Something the learner brings about: met while all of `needs` hold, lost once one of `lost_if` does."""

    id: Slug
    title: str
    needs: tuple[Condition, ...] = Field(min_length=1)
    lost_if: tuple[Condition, ...] = ()
    because: str = ""
    """What made it impossible, said when it is lost."""
    guardrail: Slug = ""
    skills: tuple[str, ...] = ()
    """Skills that it takes: slugs of skills.yaml, or ids of criteria (`Q2.3`), which stand for theirs."""
    hints: tuple[Text, ...] = ()
    """From a nudge to nearly the command; each costs nothing and is recorded."""


class Rule(Value):
    """Something that must not happen on the way. Broken for good once one of `broken_by` holds."""

    id: Slug
    title: str
    """As a duty: "Production is changed through Git only"."""
    broken_by: tuple[Condition, ...] = Field(min_length=1)
    because: str
    """What it does, said when it is broken: what happened, then what that leads to."""
    cost: str = ""
    """What it costs at work, for the ledger of damage."""
    guardrail: Slug = ""
    skills: tuple[str, ...] = ()


class Person(Value):
    """Somebody of the story."""

    name: Slug
    shown: str = ""
    """As people call them."""
    role: str
    email: str = ""


class Meanwhile(Value):
    """What somebody else does on the scenario's clock."""

    id: Slug
    who: Slug
    after: str = "0s"
    """How long after the start, or after the event of `when`."""
    when: Match | None = None
    """Begins to count at an event of this kind."""
    unless: Match | None = None
    """It doesn't come to it any more once such an event has happened."""
    again: bool = False
    """Each time that the event happens, and not only the first."""
    does: Text = ""
    """A script of steps on their own machine; `{number}` is the fact `number` of the event of `when`."""
    says: str = ""
    """A message that the learner reads; facts of the event as in `does`."""
    state: dict[str, Any] = Field(default_factory=dict)
    """Systems that change, as in a setup."""

    @field_validator("after")
    @classmethod
    def _is_time(cls, given: str) -> str:
        if "@" not in given:
            seconds_in(given)
        return given


class Trap(Value):
    """A plausible wrong way; its lines are in `traps/<slug>.txt`."""

    slug: Slug
    title: str
    breaks: tuple[Slug, ...] = ()
    """Rules that it breaks."""
    loses: tuple[Slug, ...] = ()
    """Goals that it makes impossible."""
    leaves: tuple[Slug, ...] = ()
    """Goals that stay open."""


class Solution(Value):
    """A right way besides `solution.txt`; its lines are in `solutions/<slug>.txt`."""

    slug: Slug
    title: str


class Start(Value):
    """The world before the first line. Files lie in `start/`, earlier lines in `start.txt`."""

    base: Slug = ""
    """The world that this one builds on: a folder of `worlds/` beside `scenarios/`."""
    user: str = ""
    home: str = ""
    host: str = ""
    env: dict[str, str] = Field(default_factory=dict)
    cwd: str = ""
    """The folder in which the learner begins, below home."""
    ago: str = ""
    """How long before the learner comes the earlier lines begin."""
    state: dict[str, Any] = Field(default_factory=dict)
    """Systems: remotes, kubernetes, flux, github, registry, issuer, terraform."""
    off: tuple[Slug, ...] = ()
    """Guardrails that this world doesn't have."""


class Debrief(Value):
    """What is said at the end, by how it went."""

    clean: Text
    """All goals met, no rule broken."""
    costly: Text
    """All goals met, but a rule was broken."""
    unfinished: Text
    """A goal is open or lost."""


class Scenario(Value):
    """scenario.yaml: an exercise in the simulated world."""

    slug: Slug
    title: str
    summary: str
    """One or two sentences for lists."""
    minutes: int = Field(gt=0)
    brief: Text
    people: tuple[Person, ...] = ()
    deadline: str = ""
    """Time that the story gives, on the scenario's clock; shown, never enforced."""
    question: Slug = ""
    lessons: tuple[Slug, ...] = ()
    guardrails: tuple[Slug, ...] = ()
    """The first one is what the exercise is about."""
    stages: tuple[Slug, ...] = ()
    level: Literal["first", "second", "third"] = "first"
    tools: tuple[str, ...] = ()
    """What can be typed besides the shell's own commands; none named: every tool."""
    variants: dict[Slug, tuple[str | dict[str, str], ...]] = Field(default_factory=dict)
    """What differs from try to try: `@name@` stands for the one of its list that the seed selects."""
    start: Start = Start()
    goals: tuple[Goal, ...]
    rules: tuple[Rule, ...] = ()
    scope: tuple[Match, ...] = ()
    """Changes that the task asks for; every other write is told as touched besides."""
    meanwhile: tuple[Meanwhile, ...] = ()
    solutions: tuple[Solution, ...] = ()
    traps: tuple[Trap, ...] = ()
    debrief: Debrief
