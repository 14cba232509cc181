"""The one public function of grading, behind which graders may change."""

from typing import Protocol

from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.verdict import Verdict


class Grader(Protocol):
    """Grades one answer; the same answer and rubric always give the same verdict."""

    name: str
    """name/version, stored with every verdict."""

    def grade(self, rubric: Rubric, answer: str) -> Verdict: ...


def grade(grader: Grader, rubric: Rubric, answer: str) -> Verdict:
    """Grade an answer of any length and content; never raises for what a learner wrote."""
    return grader.grade(rubric, answer)
