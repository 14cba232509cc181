"""A bad change as its author writes it: the world, the lines that send it, and what it is to arrive."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import Field, field_validator

from checkpoint.core.sim.scenario.conditions import Condition
from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.material import Layer, Material
from checkpoint.core.sim.scenario.opening import Opening, opened
from checkpoint.core.sim.scenario.types import Debrief, Meanwhile, Person, Scenario, Slug, Start, Text
from checkpoint.core.sim.scenario.variants import filled_deep, values_of
from checkpoint.core.values import Value


class Leg(Value):
    """Lines that somebody types at one stage to bring the change on. Whoever is told no types no more."""

    at: Slug
    """The stage."""
    does: Text
    """A script."""
    without: Slug = ""
    """Typed only where this guardrail is switched off: what people do by hand when it isn't there."""


class Change(Value):
    """changes/<slug>.yaml: one way in which things go wrong, to be sent through any set of guardrails."""

    slug: Slug
    title: str
    summary: str
    """A few words, for lists."""
    story: Text
    """Who sends it, and what they believe."""
    place: int = 100
    """Where it stands in lists: smaller first."""
    guardrails: tuple[Slug, ...] = ()
    """Those that catch it, each also alone; the first one catches it where all are on."""
    question: Slug = ""
    scenario: Slug = ""
    """The exercise that practises it."""
    lessons: tuple[Slug, ...] = ()
    people: tuple[Person, ...] = ()
    start: Start = Start()
    before: Text = ""
    """A script: what was typed before, with every guardrail on."""
    meanwhile: tuple[Meanwhile, ...] = ()
    legs: tuple[Leg, ...] = Field(min_length=1)
    settles: str = "15m"
    """How long after the last line one looks whether it arrived."""
    arrived: tuple[Condition, ...] = Field(min_length=1)
    """All of these hold: the harm is done, and stays."""
    harm: str
    """What it has done where it arrived, in a sentence."""
    left: str
    """What is left to do then, in a sentence."""
    stopped_by: str = ""
    """What stops it where every guardrail is off: a tool's own check. Empty where it arrives then."""
    blind: dict[Slug, str] = Field(default_factory=dict)
    """Why a guardrail doesn't see it, by guardrail, each in a sentence."""

    @field_validator("settles")
    @classmethod
    def _is_time(cls, given: str) -> str:
        seconds_in(given)
        return given


SEED = "1"
"""The start that everybody's sending begins with: the same change gives the same result for ever."""


Opens = Callable[[Material, str], Opening]


@dataclass(frozen=True, slots=True)
class Sendable:
    """A change with the worlds that it builds on, outermost first."""

    change: Change
    below: tuple[Layer, ...] = ()

    def material(self) -> Material:
        """The start, as that of a scenario without goals."""
        change = self.change
        said = Debrief(clean="-", costly="-", unfinished="-")
        facts = Scenario(
            slug=change.slug,
            title=change.title,
            summary=change.summary,
            minutes=1,
            brief=change.story,
            people=change.people,
            meanwhile=change.meanwhile,
            start=change.start,
            goals=(),
            debrief=said,
        )
        return Material(facts, (*self.below, Layer(change.start, earlier=change.before)))

    def made_ready(self, seed: str = SEED, opens: Opens = opened) -> tuple[Opening, Change]:
        """The world in which it is sent, and the change with that seed's names. Raises OpeningError.

        `opens` may know worlds that were made before.
        """
        material = self.material()
        filled = filled_deep(self.change.model_dump(exclude_unset=True), values_of(material, seed))
        return opens(material, seed), Change.model_validate(filled)

    def fingerprint(self) -> str:
        """Changes when anything does that a sending could meet."""
        told = f"{self.material().fingerprint()}\0{self.change.model_dump_json()}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]
