"""A verdict becomes a sentence, which never is the answer itself."""

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
