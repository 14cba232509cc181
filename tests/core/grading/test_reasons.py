"""A verdict becomes a sentence, which never is the answer itself."""

from collections.abc import Callable

import pytest

from checkpoint.core.grading.reasons import Reason, explain
from checkpoint.core.grading.rubric import Criterion, Feedback
from checkpoint.core.grading.verdict import CriterionVerdict, Outcome

OWN = Criterion(id="a", claim="The whole model sentence.", feedback=Feedback(missing="You do not say where."))


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_verdict_has_a_sentence_without_the_claim(outcome: Outcome, reason: Reason) -> None:
    guess = Outcome.PARTIAL if outcome is Outcome.UNSCORED else outcome
    said = explain(OWN, CriterionVerdict("a", outcome, guess, 0.5, reason=reason.value))
    assert said.endswith(".")
    assert OWN.claim not in said


def test_the_authors_words_come_before_general_ones() -> None:
    missing = CriterionVerdict("a", Outcome.MISSING, Outcome.MISSING, 0.9, reason="absent")
    assert explain(OWN, missing) == "You do not say where."


def test_a_guess_and_a_late_step_have_sentences_of_their_own() -> None:
    hedged = CriterionVerdict("a", Outcome.PARTIAL, Outcome.PARTIAL, 0.7, reason="hedged")
    late = CriterionVerdict("a", Outcome.PARTIAL, Outcome.PARTIAL, 0.7, reason="out-of-order")
    assert "guess" in explain(OWN, hedged)
    assert "before" in explain(OWN, late)


ANSWER = "Perhaps the lock serialises writers. The lock\ndoes not. See <b>run.sh</b>, I guess."


@pytest.mark.parametrize(
    ("reason", "evidence", "said"),
    [
        ("hedged", ((0, 35),), "You say “Perhaps the lock serialises writers” as a guess."),
        (
            "conflict",
            ((0, 35), (37, 54)),
            "“Perhaps the lock serialises writers” and “The lock does not” can't",
        ),
        (
            "exchanged",
            ((37, 54),),
            "“The lock does not” has the right words, but the wrong one seems to act.",
        ),
        ("disowned", ((0, 35),), "You put “Perhaps the lock serialises writers” as a mere thought"),
        ("denied", ((37, 54),), "“The lock does not” has the right words, but its verb is denied."),
    ],
)
def test_the_learners_own_words_are_quoted(
    reason: str, evidence: tuple[tuple[int, int], ...], said: str
) -> None:
    found = CriterionVerdict("a", Outcome.UNSCORED, Outcome.PARTIAL, 0.5, evidence, reason)
    assert explain(OWN, found, ANSWER).startswith(said)


def test_what_could_be_markup_is_not_quoted_and_what_is_long_is_cut() -> None:
    marked = CriterionVerdict("a", Outcome.PARTIAL, Outcome.PARTIAL, 0.7, ((56, 73),), "hedged")
    assert (
        explain(OWN, marked, ANSWER)
        == "You say it, but as a guess. Say it outright, or say what would tell you."
    )
    long = "Perhaps " + "it runs again " * 9
    found = CriterionVerdict("a", Outcome.PARTIAL, Outcome.PARTIAL, 0.7, ((0, len(long)),), "hedged")
    assert " …” as a guess" in explain(OWN, found, long)
    assert len(explain(OWN, found, long)) < 150


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("My uncle swears that the plan guard refuses it.", "disowned"),
        ("The plan guard refusing it does not see the cluster.", "denied"),
        ("Nothing of the kind.", "absent"),
    ],
)
def test_what_is_missing_says_whether_the_words_were_there(
    on: Callable[[str, str], CriterionVerdict], answer: str, reason: str
) -> None:
    found = on("guard", answer)
    assert (found.outcome, found.reason) == (Outcome.MISSING, reason)
    assert bool(found.evidence) == (reason != "absent")
