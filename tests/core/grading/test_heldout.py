"""A rubric without one of its own texts."""

from checkpoint.core.grading.heldout import marked_answers, without
from checkpoint.core.grading.rubric import Criterion, Examples, Misconception, Rubric
from checkpoint.core.grading.verdict import Outcome

RUBRIC = Rubric(
    prompt="Why?",
    concepts={"lock": ("lock",)},
    criteria=(
        Criterion(
            id="a",
            claim="The lock serialises.",
            phrasings=("One writer at a time.",),
            counter_examples=("the lock keeps plans fresh",),
            examples=Examples(met=("one  writer at a time!", "It queues them."), missing=("No idea.",)),
        ),
        Criterion(id="b", claim="B.", examples=Examples(contradicted=("One writer at a time.",))),
    ),
    misconceptions=(
        Misconception(id="x", claim="It keeps plans fresh.", phrasings=("The lock keeps plans fresh.",)),
    ),
)


def test_marked_answers_come_with_their_place_in_the_file() -> None:
    found = list(marked_answers(RUBRIC))
    assert [one.text for one in found] == [
        "one  writer at a time!",
        "It queues them.",
        "No idea.",
        "One writer at a time.",
    ]
    assert found[1].key == ("criteria", 0, "examples", "met", 1)
    assert (found[3].criterion, found[3].outcome) == ("b", Outcome.CONTRADICTED)


def test_a_text_is_taken_out_wherever_it_stands_and_however_it_is_typed() -> None:
    rest = without(RUBRIC, "One writer at a time")
    assert rest.criteria[0].phrasings == ()
    assert rest.criteria[0].examples.met == ("It queues them.",)
    assert rest.criteria[1].examples.contradicted == ()
    assert without(RUBRIC, "The lock keeps plans fresh").misconceptions[0].phrasings == ()
    assert without(RUBRIC, "The lock keeps plans fresh").criteria[0].counter_examples == ()


def test_claims_concepts_and_everything_else_stay() -> None:
    rest = without(RUBRIC, "The lock serialises.")
    assert rest.criteria[0].claim == "The lock serialises."
    assert rest.concepts is RUBRIC.concepts
    assert rest == RUBRIC
