"""Which scenarios the demo's learners tried: by a scenario's own solutions and traps, dealt out by chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from django.utils import timezone

from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.script import steps_of
from checkpoint.core.sim.scenario.variants import filled_in
from checkpoint.demo.people import FIRST_NAMES, Person, chance
from checkpoint.library import get_library

SEED = "1"
"""Everybody plays the same variant: each way is then played once, however many people take it."""
FIRST_DAY, LAST_DAY = 20, 5
"""Days before today between which runs were begun."""
FEWEST, MOST = 0, 4
"""Scenarios that one person tried; playing them takes most of the demo's time."""
FEWEST_OF_FIRST, MOST_OF_FIRST = 2, 7
"""The same for those who make up the demo that people look at."""
MORNING, EVENING = 9 * 60, 18 * 60
"""Minutes of the day."""


Ways = tuple[Sequence[tuple[Step, ...]], Sequence[tuple[Step, ...]]]


@dataclass(frozen=True, slots=True)
class Tried:
    """A run somebody made."""

    scenario: str
    seed: str
    steps: tuple[Step, ...]
    at: datetime
    shared: bool
    finished: bool


def runs_of(person: Person, seed: int, today: date) -> tuple[Tried, ...]:
    """All runs of one person; most fell for something first, and some came back and did it right."""
    dice = chance(seed, person.number, "runs")
    scenarios = list(get_library().scenarios)
    fewest, most = (FEWEST_OF_FIRST, MOST_OF_FIRST) if person.number < len(FIRST_NAMES) else (FEWEST, MOST)
    if person.quiet_for:
        fewest, most = 0, 1
    wanted = dice.sample(scenarios, min(len(scenarios), dice.randint(fewest, most)))
    return tuple(run for slug in wanted for run in _tries(slug, person, today, dice))


def _tries(slug: str, person: Person, today: date, dice: Random) -> list[Tried]:
    """A wrong way, a right way, a wrong way and then a right one, or one that was left in the middle."""
    right, wrong = ways(slug)
    story: list[tuple[Step, ...]] = dice.choice(
        (
            [dice.choice(wrong)],
            [dice.choice(right)],
            [dice.choice(wrong), dice.choice(right)],
            [_begun(right[0])],
        )
    )
    first = len(story) + max(dice.randint(LAST_DAY, FIRST_DAY), person.quiet_for)
    return [
        Tried(
            scenario=slug,
            seed=SEED,
            steps=steps,
            at=_moment(today - timedelta(days=first - later), dice),
            shared=dice.random() < 0.5,
            finished=steps in right or steps in wrong,
        )
        for later, steps in enumerate(story)
    ]


def _begun(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """As far as somebody got before they left."""
    return steps[: max(1, len(steps) // 2)]


def ways(slug: str) -> Ways:
    """The steps of each of a scenario's solutions, and of each of its traps."""
    return _ways(get_library().fingerprint, slug)


@cache
def _ways(_fingerprint: str, slug: str) -> Ways:
    own = filled_in(get_library().scenarios[slug], SEED)
    right, wrong = (tuple(map(_typed, one.values())) for one in (own.solutions, own.traps))
    return right, wrong


def _typed(script: str) -> tuple[Step, ...]:
    """What a learner would have typed: who wants to wait says so."""
    return tuple(
        Step("run", f"sleep {one.step.seconds}") if one.step.kind == "wait" else one.step
        for one in steps_of(script)
    )


def _moment(day: date, dice: Random) -> datetime:
    minute = dice.randint(MORNING, EVENING)
    return datetime.combine(day, time(minute // 60, minute % 60), timezone.get_current_timezone())
