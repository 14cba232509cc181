"""How ways are found: distance, exclusions, pronouns, clauses."""

import pytest

from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Rubric, Way

CONCEPTS = {"flux": ("flux",), "applies": ("apply", "applies", "reconcile"), "ci": ("ci", "github actions")}


def outcome(answer: str, *ways: Way) -> str:
    rubric = Rubric(
        prompt="Who does it?",
        concepts=CONCEPTS,
        criteria=(Criterion(id="a", claim="Flux applies it.", ways=ways),),
    )
    return grade(LexicalGrader(), rubric, answer).criteria[0].guess.value


FLUX_APPLIES = Way(all=("flux", "applies"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Flux applies it.", "met"),
        ("It is applied by Flux.", "met"),
        ("Flux watches the repository. It applies what is there.", "met"),
        ("Flux watches the repository. Somebody applies what is there.", "missing"),
        ("Flux is nice and " + "really very nice indeed, you know, " * 6 + "somebody applies it.", "missing"),
        ("Flux does not apply it.", "contradicted"),
        ("Not CI but Flux applies it.", "met"),
        ("Flux applies it instead of CI.", "met"),
        ("CI applies it instead of Flux.", "contradicted"),
    ],
)
def test_concepts_have_to_meet_in_a_sentence(answer: str, expected: str) -> None:
    assert outcome(answer, FLUX_APPLIES) == expected


def test_a_clause_is_narrower_and_a_passage_and_the_answer_are_wider() -> None:
    split = "Flux is there, but somebody applies it."
    assert outcome(split, FLUX_APPLIES) == "met"
    assert outcome(split, Way(all=("flux", "applies"), within="clause")) == "missing"
    two = "Flux is there. Somebody applies it."
    assert outcome(two, FLUX_APPLIES) == "missing"
    assert outcome(two, Way(all=("flux", "applies"), within="passage")) == "met"
    far = "Flux is there. The sun is out. Somebody applies it."
    assert outcome(far, Way(all=("flux", "applies"), within="passage")) == "missing"
    assert outcome(far, Way(all=("flux", "applies"), within="answer")) == "met"


def test_exclusions_look_at_the_clause_or_the_whole_answer() -> None:
    beside = Way(all=("flux", "applies"), unless=("ci",))
    assert outcome("Flux applies it like CI.", beside) == "missing"
    assert outcome("CI builds it. Flux applies it.", beside) == "met"
    anywhere = Way(all=("flux", "applies"), unless_anywhere=("ci",))
    assert outcome("CI builds it. Flux applies it.", anywhere) == "missing"


def test_order_nearness_and_the_opening_can_be_asked_for() -> None:
    assert outcome("It is applied by Flux.", Way(all=("flux", "applies"), ordered=True)) == "missing"
    assert outcome("Flux quickly and gladly applies it.", Way(all=("flux", "applies"), near=2)) == "missing"
    assert outcome("Somebody. Flux applies it.", Way(all=("flux", "applies"), opening=True)) == "missing"
    assert outcome("Flux applies it. Somebody.", Way(all=("flux", "applies"), opening=True)) == "met"


def test_a_firm_way_is_not_turned_round_by_a_denial() -> None:
    assert outcome("Flux does not apply it.", Way(all=("flux", "applies"), firm=True)) == "missing"


def test_a_concept_can_include_another() -> None:
    rubric = Rubric(
        prompt="Who?",
        concepts={"tools": ("<flux>", "argo"), "flux": ("flux", "<tools>")},
        criteria=(Criterion(id="a", claim="A tool.", ways=(("tools",),)),),
    )
    answers = {
        a: grade(LexicalGrader(), rubric, a).level.value for a in ("With argo.", "With flux.", "By hand.")
    }
    assert answers == {"With argo.": "ready", "With flux.": "ready", "By hand.": "revisit"}
