"""What led to a verdict, in words for people who write rubrics; a grader may offer it, none has to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.verdict import Span, Verdict


class Speaks(StrEnum):
    """Which way a feature pulls."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a grader found or missed. `kind` is a word for it (way, stance, gate, likeness),
    `says` one or two sentences, `evidence` the places in the answer it is about."""

    kind: str
    says: str
    speaks: Speaks = Speaks.NEITHER
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with its features: of the whole answer, and by criterion and misconception id."""

    verdict: Verdict
    answer: tuple[Feature, ...] = ()
    criteria: Mapping[str, tuple[Feature, ...]] = field(default_factory=dict)
    misconceptions: Mapping[str, tuple[Feature, ...]] = field(default_factory=dict)


@runtime_checkable
class Explaining(Protocol):
    """A grader that can say what led to its verdict, which is the same one that it grades with."""

    def features(self, rubric: Rubric, answer: str) -> Explanation: ...


def explanation(grader: Grader, rubric: Rubric, answer: str) -> Explanation:
    """What the grader says about its verdict; a grader that says nothing gives the verdict alone."""
    if isinstance(grader, Explaining):
        return grader.features(rubric, answer)
    return Explanation(grade(grader, rubric, answer))
