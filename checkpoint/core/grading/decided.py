"""A verdict with what people decided about it: their outcomes in the place of the grader's."""

from collections.abc import Mapping, Set

from checkpoint.core.grading.difference import Judged
from checkpoint.core.grading.rubric import Rubric
from checkpoint.core.grading.verdict import (
    CriterionVerdict,
    MisconceptionFound,
    Outcome,
    level_of,
    score_of,
)


def decided(
    rubric: Rubric, judged: Judged, outcomes: Mapping[str, Outcome], held: Mapping[str, bool]
) -> Judged:
    """`outcomes` by criterion, and by misconception whether the answer holds it.

    Only criteria that the verdict knows count: what the rubric asks for since, nobody has judged.
    """
    known = {name: outcomes.get(name, outcome) for name, outcome in judged.outcomes.items()}
    lost = {name for name, holds in held.items() if not holds}
    ideas = frozenset(judged.misconceptions - lost | (held.keys() - lost))
    same = rubric.model_copy(update={"criteria": tuple(c for c in rubric.criteria if c.id in known)})
    criteria = tuple(CriterionVerdict(c.id, known[c.id], known[c.id], 1.0) for c in same.criteria)
    found = tuple(MisconceptionFound(name, 1.0, ()) for name in sorted(ideas))
    score = score_of(same, criteria)
    return Judged(level_of(same, score, criteria, found), score, known, ideas)


def still_open(judged: Judged, required: Set[str], flagged: bool, by_people: Set[str]) -> frozenset[str]:
    """Criteria that wait for a person: those the grader left open, or all required where it flagged the
    answer as a whole."""
    left = {name for name, outcome in judged.outcomes.items() if outcome is Outcome.UNSCORED}
    asked = left or (required & judged.outcomes.keys() if flagged else set())
    return frozenset(asked - by_people)
