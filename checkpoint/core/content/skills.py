"""Where each skill is said and done, and how far a learner is with both halves of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from checkpoint.core.content.types import Question, Skill
from checkpoint.core.sim.scenario.types import Scenario

Half = Literal["met", "part", "miss", "none", ""]
"""Shown, in part, not shown, not tried; empty where the course doesn't ask for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What a run of a scenario came to: ids of the goals that are met and of the rules that are broken.

    A cohort's many runs share a few of them.
    """

    scenario: str
    met: frozenset[str]
    broken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Practice:
    """A scenario in which a skill is done: the goals that show it, and the rules that deny it."""

    scenario: Scenario
    goals: frozenset[str]
    rules: frozenset[str]
    named: int
    """How many goals name the skill."""

    def shown_in(self, played: Played) -> Half:
        """One run has to show it whole: reaching a goal by breaking the skill's rule is no skill."""
        if self.goals <= played.met and not self.rules & played.broken:
            return "met"
        return "part" if self.goals & played.met else "miss"


@dataclass(frozen=True, slots=True)
class SkillPlace:
    """A skill with the question that asks for it and the scenarios that practise it."""

    skill: Skill
    question: Question | None
    criteria: tuple[int, ...]
    """Places of its criteria among the question's required ones."""
    practices: tuple[Practice, ...]
    """The one that practises it most comes first."""

    @property
    def asked_in(self) -> str:
        """The question's slug, empty without one."""
        return self.question.slug if self.question else ""

    def said(self, outcomes: tuple[str, ...] | None) -> Half:
        """By the outcomes of an answer's required criteria, in the rubric's order; None without an answer."""
        if not self.criteria:
            return ""
        if outcomes is None:
            return "none"
        mine = [outcomes[place] for place in self.criteria]
        if all(outcome == "met" for outcome in mine):
            return "met"
        return "part" if {"met", "partial"} & set(mine) else "miss"

    def done(self, played: Iterable[Played]) -> Half:
        """The best that any run came to."""
        if not self.practices:
            return ""
        found = {
            practice.shown_in(one)
            for one in played
            for practice in self.practices
            if practice.scenario.slug == one.scenario
        }
        order: tuple[Half, ...] = ("met", "part", "miss")
        return next((half for half in order if half in found), "none")


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A learner's two halves of one skill."""

    place: SkillPlace
    said: Half
    done: Half

    @property
    def lacks(self) -> Literal["say", "do", ""]:
        """The half that is missing beside one that is there."""
        if self.said == "met" and self.done not in ("met", ""):
            return "do"
        if self.done == "met" and self.said not in ("met", ""):
            return "say"
        return ""

    @property
    def practice(self) -> Scenario | None:
        """Where to do it: the first of its scenarios."""
        return self.place.practices[0].scenario if self.place.practices else None


def skill_rows(
    places: Iterable[SkillPlace], outcomes: Mapping[str, tuple[str, ...]], played: Collection[Played]
) -> tuple[SkillRow, ...]:
    """One learner's skills, from the outcomes of their latest answer to each question and from their runs.

    Those of which one half is there and the other isn't come first.
    """
    rows = [SkillRow(place, place.said(outcomes.get(place.asked_in)), place.done(played)) for place in places]
    return tuple(sorted(rows, key=lambda row: not row.lacks))


# --- from the course -----------------------------------------------------------


def skill_place(skill: Skill, questions: Iterable[Question], scenarios: Iterable[Scenario]) -> SkillPlace:
    """Everything in the course that asks for a skill."""
    asking = (one for one in questions if {c.id for c in one.criteria} & set(skill.criteria))
    question = next(asking, None)
    required = question.required if question else ()
    practices = filter(None, (_practice(skill, scenario) for scenario in scenarios))
    return SkillPlace(
        skill,
        question,
        tuple(place for place, criterion in enumerate(required) if criterion.id in skill.criteria),
        tuple(sorted(practices, key=lambda practice: -practice.named)),
    )


def _practice(skill: Skill, scenario: Scenario) -> Practice | None:
    """Where only a rule names the skill, it is done by meeting every goal without breaking that rule."""
    names = {skill.slug, *skill.criteria}
    goals = frozenset(goal.id for goal in scenario.goals if names & set(goal.skills))
    rules = frozenset(rule.id for rule in scenario.rules if names & set(rule.skills))
    if not goals and not rules:
        return None
    every = frozenset(goal.id for goal in scenario.goals)
    return Practice(scenario, goals or every, rules, len(goals))
