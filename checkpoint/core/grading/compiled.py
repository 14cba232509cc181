"""A rubric made ready for reading answers, and the verdicts on one of them while they come about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checkpoint.core.grading.matchers import Hit
from checkpoint.core.grading.quantities import Measures
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric, Way
from checkpoint.core.grading.terms import Terms
from checkpoint.core.grading.usage import Usage, Used
from checkpoint.core.grading.verdict import CriterionVerdict


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion made ready: by its ways, or without any as the judge of sentences wants it."""

    criterion: Criterion
    ways: tuple[Way, ...]
    against: tuple[Way, ...]
    measures: Measures
    """The numbers with a unit that are its point."""
    sentences: Any = None
    chances: bool = False
    """Its right answers say what could or would be: a danger, not a step that is taken."""


@dataclass(frozen=True, slots=True)
class CompiledMisconception:
    """A wrong idea made ready, in the same two manners."""

    misconception: Misconception
    ways: tuple[Way, ...]
    sentences: Any = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rubric made ready for reading answers."""

    rubric: Rubric
    terms: Terms
    criteria: tuple[CompiledCriterion, ...]
    misconceptions: tuple[CompiledMisconception, ...]
    usage: Usage
    contradicting: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each misconception the criteria that its own sentences contradict."""
    more: Any = None
    """What a second look has made ready."""


@dataclass(slots=True)
class Judged:
    """The verdicts so far, and the places that speak for each criterion, by its id."""

    verdicts: dict[str, CriterionVerdict]
    places: dict[str, list[Hit]]
    used: Used
    """The answer's sentences held against how the rubric's own put words together."""
