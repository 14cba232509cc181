"""The verdict that counts beside the one that would be given: what a finding keeps of their difference."""

from collections.abc import Mapping
from typing import Any

from checkpoint.core.content.types import Question
from checkpoint.core.grading.difference import Judged, difference
from checkpoint.core.grading.verdict import Level, Outcome
from checkpoint.selfcheck.decisions.counting import facts_of
from checkpoint.selfcheck.models import AttemptVerdict
from checkpoint.selfcheck.rechecks.telling import changes_in_words, falls, rises


def compared(
    question: Question, before: AttemptVerdict, facts: Mapping[str, Any], decided: Mapping[str, str]
) -> dict[str, Any]:
    """Fields of a finding. What people decided counts in both, so it neither falls nor rises.

    A difference in score alone is none that a learner sees.
    """
    old = _counted(question, before, decided)
    new = _counted(question, AttemptVerdict(**facts), decided)
    there, back = difference(old, new), difference(new, old)
    return {
        "level_before": old.level.value,
        "level": new.level.value,
        "falls": falls(question, there),
        "rises": rises(question, there),
        "moved": [[one.criterion, one.before or "", one.after or ""] for one in there.criteria],
        "changes": changes_in_words(question, there),
        "changes_back": changes_in_words(question, back),
        "decided": bool(decided),
    }


def _counted(question: Question, verdict: AttemptVerdict, decided: Mapping[str, str]) -> Judged:
    counted = facts_of(question.slug, verdict, decided)
    outcomes = {name: Outcome(outcome) for name, outcome in counted.outcomes.items()}
    return Judged(Level(counted.level), counted.score, outcomes, frozenset(counted.misconceptions))
