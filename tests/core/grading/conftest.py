"""A grader, and a small rubric whose verdicts are easy to foresee."""

from collections.abc import Callable

import pytest

from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric, Way
from checkpoint.core.grading.verdict import CriterionVerdict, Verdict

LOCKS = Rubric(
    prompt="What does the lock do, and what makes a plan stale?",
    concepts={
        "lock": ("lock", "locking"),
        "prevents": ("prevent", "prevents", "stop", "help"),
        "old-state": ("old state", "earlier state", "previous state"),
        "new-state": ("current state", "latest state"),
        "made": ("made", "computed", "based"),
        "guard": ("`guard-plan.sh`", "plan guard"),
        "rotate": ("rotate", "rotation", "revoke"),
        "notify": ("notify", "tell the owner"),
        "rewrite": ("rewrite history", "rewriting history"),
    },
    sides={"stale": ("stale",), "fresh": ("fresh",)},
    criteria=(
        Criterion(
            id="lock",
            claim="The lock does not prevent stale plans.",
            must=True,
            ways=(Way(all=("lock", "prevents"), denied=True),),
            against=(Way(all=("lock", "prevents"), within="clause"),),
        ),
        Criterion(
            id="stale",
            claim="A stale plan was made from an earlier state.",
            ways=(Way(all=("made", "old-state"), side="stale"),),
            against=(Way(all=("made", "new-state"), side="stale"),),
        ),
        Criterion(
            id="fresh",
            claim="A fresh plan was made from the current state.",
            ways=(
                Way(all=("made", "new-state"), side="fresh"),
                Way(all=("made", "today"), side="fresh", partial=True),
            ),
            against=(Way(all=("made", "old-state"), side="fresh"),),
        ),
        Criterion(id="guard", claim="guard-plan.sh refuses it.", ways=(("guard", "refuses"),)),
        Criterion(
            id="rotate",
            claim="Rotate the key first.",
            bonus=True,
            ways=(("rotate",),),
            before=("notify-owner",),
            never_before=("rewrite",),
        ),
        Criterion(id="notify-owner", claim="Notify the owner.", bonus=True, ways=(("notify",),)),
    ),
    misconceptions=(
        Misconception(
            id="lock-stops",
            claim="The lock prevents stale plans.",
            critical=True,
            ways=(Way(all=("lock", "prevents"), within="clause"),),
        ),
        Misconception(
            id="late", claim="Rewrite the history, then rotate.", raised_by="rotate", ways=(("bfg",),)
        ),
    ),
)


@pytest.fixture(scope="session")
def grader() -> LexicalGrader:
    return LexicalGrader()


@pytest.fixture(scope="session")
def verdict(grader: LexicalGrader) -> Callable[[str], Verdict]:
    """The verdict on an answer to the small question."""
    return lambda answer: grade(grader, LOCKS, answer)


@pytest.fixture(scope="session")
def on(verdict: Callable[[str], Verdict]) -> Callable[[str, str], CriterionVerdict]:
    """The verdict on one criterion: `on("lock", answer)`."""
    return lambda name, answer: next(one for one in verdict(answer).criteria if one.id == name)


@pytest.fixture(scope="session")
def outcome(on: Callable[[str, str], CriterionVerdict]) -> Callable[[str, str], str]:
    return lambda name, answer: on(name, answer).outcome.value


@pytest.fixture(scope="session")
def ideas(verdict: Callable[[str], Verdict]) -> Callable[[str], set[str]]:
    """The wrong ideas found in an answer."""
    return lambda answer: {found.id for found in verdict(answer).misconceptions}
