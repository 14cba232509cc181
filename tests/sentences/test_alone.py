"""Criteria that are only sentences, judged with the sentence model."""

import json
from importlib.resources import files

import pytest

from checkpoint.core.grading.alone import ByModel
from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.judgement import Model
from checkpoint.core.grading.rubric import Criterion, Misconception, Rubric
from checkpoint.core.grading.semantic import SemanticGrader
from checkpoint.core.grading.verdict import CriterionVerdict, Outcome

RUBRIC = Rubric(
    prompt="Why does the kettle stop heating by itself?",
    criteria=(Criterion(id="a", claim="Steam reaches a strip of metal that bends and opens the circuit."),),
    misconceptions=(Misconception(id="x", claim="A timer switches the kettle off."),),
)


@pytest.fixture(scope="module")
def grader(encoder: Encoder) -> Grader:
    weights = json.loads((files("checkpoint") / "weights" / "claims.json").read_text())
    return SemanticGrader(encoder, ByModel(encoder, Model(weights)))


def judged(grader: Grader, answer: str, rubric: Rubric = RUBRIC) -> CriterionVerdict:
    return grade(grader, rubric, answer).criteria[0]


def test_the_claim_in_its_own_words_is_met(grader: Grader) -> None:
    assert judged(grader, RUBRIC.criteria[0].claim).outcome is Outcome.MET


def test_a_paraphrase_is_guessed_met(grader: Grader) -> None:
    answer = "The hot vapour warms a metal strip, it bends, and so the circuit is broken."
    assert judged(grader, answer).guess is Outcome.MET


@pytest.mark.parametrize("answer", ["I don't know.", "Because the water is blue.", "?", ""])
def test_an_answer_about_something_else_is_missing(grader: Grader, answer: str) -> None:
    verdict = judged(grader, answer)
    assert verdict.outcome is Outcome.MISSING
    assert verdict.evidence == ()


def test_evidence_is_the_sentence_that_says_it(grader: Grader) -> None:
    answer = "Kettles are useful. Steam reaches a metal strip, which bends and opens the circuit. I like tea."
    ((start, end),) = judged(grader, answer).evidence
    assert answer[start:end] == "Steam reaches a metal strip, which bends and opens the circuit"


def test_a_wrong_idea_is_found_where_it_is_said(grader: Grader) -> None:
    found = grade(grader, RUBRIC, "There is a timer that switches the kettle off.").misconceptions
    assert [one.id for one in found] == ["x"]


def test_a_wrong_idea_denied_is_not_found(grader: Grader) -> None:
    assert grade(grader, RUBRIC, "No timer switches the kettle off.").misconceptions == ()
