"""What a cohort leaves out most: criteria of latest answers, and goals that no run met."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from checkpoint.cohorts.crowd import is_told
from checkpoint.cohorts.trends import Counts
from checkpoint.core.content.skills import Played
from checkpoint.core.content.types import Question
from checkpoint.core.sim.scenario.types import Goal
from checkpoint.core.sim.scenario.variants import filled, values_of
from checkpoint.library import get_library

MOST_LISTED = 6
FEW = 3
"""Shares of fewer say little, and stand behind the others."""
BAR = 200
FEWEST_FOR_PERCENT = 10
MISSED = ("partial", "missing", "contradicted")

EverybodysRuns = Mapping[int, Collection[Played]]
"""What runs came to, by user id."""
RunsAlike = Mapping[frozenset[Played], int]
"""How many learners have runs that came to the same."""


def share(part: int, whole: int) -> str:
    """A percentage for ten or more, words for fewer: small groups are people.

    >>> share(7, 14), share(2, 5)
    ('50%', '2 of 5')
    """
    return f"{round(100 * part / whole)}%" if whole >= FEWEST_FOR_PERCENT else f"{part} of {whole}"


class Missed(NamedTuple):
    """A criterion or a goal with how many of those who tried left it out."""

    asked: str
    """Of the address that lists them: `missed=Q1.2` or `goal=stale-plan.seen`."""
    heading: str
    home: str
    """What it belongs to in short: Q1, S2."""
    slug: str
    """Of its question or scenario."""
    missed: int
    of: int

    @property
    def width(self) -> int:
        return round(BAR * self.missed / self.of)

    @property
    def share(self) -> str:
        return share(self.missed, self.of)


class Misses(NamedTuple):
    """The largest share first, the course's order among equals."""

    listed: tuple[Missed, ...]
    hidden: int
    """Not listed because too few people tried."""


def missed_criteria(counts: Counts, *, names: bool) -> Misses:
    """Missing or only touched in the latest answers."""
    found = []
    for slug, question in get_library().questions.items():
        answered = counts[slug].items()
        of = sum(alike.learners for _, alike in answered)
        for index, criterion in enumerate(question.required):
            missed = sum(alike.learners for judged, alike in answered if judged.outcomes[index] in MISSED)
            if missed:
                asked = f"missed={criterion.id}"
                found.append(Missed(asked, criterion.heading, question.id, slug, missed, of))
    return _most(found, names)


def missed_goals(alike: RunsAlike, *, names: bool) -> Misses:
    """Met in none of the runs of somebody who tried the scenario."""
    tried, met = goals_met(alike)
    found = []
    for number, (slug, material) in enumerate(get_library().scenarios.items(), start=1):
        for goal in material.scenario.goals:
            missed = tried[slug] - met[slug, goal.id]
            if missed:
                asked = f"goal={slug}.{goal.id}"
                found.append(Missed(asked, title_of(slug, goal), f"S{number}", slug, missed, tried[slug]))
    return _most(found, names)


def title_of(scenario: str, goal: Goal) -> str:
    """With the names of one of the scenario's variants, where they differ from run to run."""
    return _titles(get_library().fingerprint, scenario)[goal.id]


@lru_cache(maxsize=256)
def _titles(_fingerprint: str, scenario: str) -> Mapping[str, str]:
    material = get_library().scenarios[scenario]
    values = values_of(material, "1")
    return {goal.id: filled(goal.title, values) for goal in material.scenario.goals}


def runs_alike(played: EverybodysRuns) -> RunsAlike:
    return Counter(frozenset(runs) for runs in played.values())


def goals_met(alike: RunsAlike) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How many learners tried each scenario, and how many met each of its goals in some run."""
    tried: Counter[str] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    for runs, learners in alike.items():
        for slug, goals in _goals_of(runs).items():
            tried[slug] += learners
            for goal in goals:
                met[slug, goal] += learners
    return tried, met


@lru_cache(maxsize=4096)
def _goals_of(runs: frozenset[Played]) -> Mapping[str, frozenset[str]]:
    """Of each scenario tried, every goal that some run met."""
    found: dict[str, frozenset[str]] = {}
    for run in runs:
        found[run.scenario] = found.get(run.scenario, frozenset()) | run.met
    return found


def scenarios_solved(alike: RunsAlike) -> tuple[int, ...]:
    """For each scenario, how many learners met all its goals in one run."""
    solved: Counter[str] = Counter()
    fingerprint = get_library().fingerprint
    for runs, learners in alike.items():
        for slug in _solved_in(fingerprint, runs):
            solved[slug] += learners
    return tuple(solved[slug] for slug in get_library().scenarios)


@lru_cache(maxsize=4096)
def _solved_in(_fingerprint: str, runs: frozenset[Played]) -> frozenset[str]:
    return frozenset(run.scenario for run in runs if _is_whole(run))


def _is_whole(run: Played) -> bool:
    material = get_library().scenarios.get(run.scenario)
    return material is not None and run.met >= {goal.id for goal in material.scenario.goals}


def _most(found: list[Missed], names: bool) -> Misses:
    told = [one for one in found if is_told(one.of, names=names)]
    listed = sorted(told, key=lambda one: (one.of < FEW, -one.missed / one.of))[:MOST_LISTED]
    return Misses(tuple(listed), len(found) - len(told))


def question_of(criterion_id: str) -> tuple[Question, int] | None:
    """The question of a required criterion, and its place among the required ones."""
    for question in get_library().questions.values():
        for index, criterion in enumerate(question.required):
            if criterion.id == criterion_id:
                return question, index
    return None
