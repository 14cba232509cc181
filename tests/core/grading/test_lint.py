"""Advice about rubrics that could be better."""

from checkpoint.core.grading.lint import lint
from checkpoint.core.grading.rubric import Criterion, Examples, Misconception, Rubric

WHOLE = Criterion(
    id="a",
    claim="The lock serialises writers.",
    weight=50,
    ways=(("lock", "serial"),),
    phrasings=("One after another.", "Nobody writes at once.", "It queues them."),
    counter_examples=("The lock serialises nobody.", "It keeps plans fresh."),
    examples=Examples(met=tuple("abcdefgh"), missing=tuple("ijklmnop")),
)
OTHER = WHOLE.model_copy(update={"id": "b", "claim": "Fresh means made just now.", "ways": ()})
WRONG = Misconception(
    id="x", claim="A locked plan is new.", phrasings=("A plan with a lock is new.", "Locked plans stay new.")
)


def advice(*criteria: Criterion, **more: object) -> list[str]:
    rubric = Rubric(prompt="What does the lock do?", criteria=criteria, **more)  # type: ignore[arg-type]
    return [one.what for one in lint(rubric)]


def test_a_rubric_with_everything_gets_no_advice() -> None:
    concepts = {"lock": ("lock",), "serial": ("serialises", "<queue>"), "queue": ("queue",)}
    assert advice(WHOLE, OTHER, misconceptions=(WRONG,), concepts=concepts) == []


def test_criteria_that_claim_the_same_are_named() -> None:
    twin = WHOLE.model_copy(update={"id": "b"})
    assert advice(WHOLE, twin) == ["the claims of a and b are nearly alike"]


def test_what_there_is_too_little_of_is_named() -> None:
    poor = WHOLE.model_copy(
        update={"phrasings": (), "counter_examples": (), "examples": Examples(met=("a",))}
    )
    assert advice(poor, OTHER) == [
        "a has 0 phrasings, 3 is a good number",
        "a has 0 counter-examples, 2 is a good number",
        "a has 1 marked answers of a kind, 8 is a good number",
        "a has 0 marked answers of a kind, 8 is a good number",
    ]


def test_a_phrasing_that_repeats_the_prompt_is_named() -> None:
    echo = WHOLE.model_copy(update={"phrasings": (*WHOLE.phrasings, "The lock is what a stale plan makes.")})
    rubric = Rubric(prompt="What does the lock do, and what makes a plan stale?", criteria=(echo, OTHER))
    assert [one.key for one in lint(rubric)] == [("criteria", 0, "phrasings", 3)]


def test_a_misconception_nearer_to_a_criterion_is_named() -> None:
    wrong = WRONG.model_copy(update={"phrasings": ("The lock serialises the writers.", *WRONG.phrasings)})
    assert advice(WHOLE, OTHER, misconceptions=(wrong,)) == [
        "x: “The lock serialises the writers.” is nearer to a than to its own sentences"
    ]


def test_a_misconception_that_is_a_counter_example_of_the_nearer_criterion_is_told_apart() -> None:
    text = "The lock serialises the writers."
    wrong = WRONG.model_copy(update={"phrasings": (text, *WRONG.phrasings)})
    told = WHOLE.model_copy(update={"counter_examples": (*WHOLE.counter_examples, text)})
    assert not advice(told, OTHER, misconceptions=(wrong,))


def test_odd_weights_and_idle_concepts_are_named() -> None:
    heavy = WHOLE.model_copy(update={"weight": 80})
    nothing = OTHER.model_copy(update={"weight": 0})
    assert advice(heavy, nothing, concepts={"idle": ("idle",)}) == [
        "a weighs more than all others together",
        "b weighs nothing",
        "no way asks for the concept `idle`",
    ]
