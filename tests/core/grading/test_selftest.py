"""A rubric that tests itself: floors, sentences of its own, attacks."""

from checkpoint.core.grading.attacks import attacks
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Examples, Rubric, Way
from checkpoint.core.grading.selftest import self_test
from tests.core.grading.conftest import LOCKS

GRADER = LexicalGrader()
RIGHT = (
    "The lock serialises the writers.",
    "Writers are serialised by the lock.",
    "It serialises writers, the lock.",
)


def rubric(**changes: object) -> Rubric:
    criterion = Criterion(
        id="a",
        claim="The lock serialises the writers.",
        ways=(("lock", "serialises"),),
        examples=Examples(met=RIGHT, missing=("Nobody knows.",)),
    )
    return Rubric(prompt="What is it for?", criteria=(criterion.model_copy(update=changes),))


def words(one: Rubric, **options: object) -> list[str]:
    return [failure.what for failure in self_test(GRADER, one, **options).failures]  # type: ignore[arg-type]


def test_a_rubric_that_reads_its_answers_right_has_no_failures() -> None:
    assert words(rubric()) == []


def test_below_the_floor_every_missed_answer_is_named_with_its_place() -> None:
    wrong = rubric(examples=Examples(met=(*RIGHT, "It queues people up.")))
    test = self_test(GRADER, wrong, floor=0.9)
    assert test.agreement == 0.75
    assert [failure.key for failure in test.failures] == [("floor",), ("criteria", 0, "examples", "met", 3)]
    assert "1 of 4" in test.failures[0].what
    assert "a is missing, marked met: “It queues people up.”" in test.failures[1].what


def test_above_the_floor_a_missed_answer_is_only_mentioned() -> None:
    test = self_test(GRADER, rubric(examples=Examples(met=(*RIGHT, "It queues people up."))), floor=0.7)
    assert test.failures == ()
    assert len(test.tolerated) == 1


def test_own_phrasings_have_to_be_met_and_counter_examples_not() -> None:
    assert words(rubric(phrasings=("One after another.",))) == [
        "a does not recognise its own sentence: “One after another.”"
    ]
    assert words(rubric(counter_examples=("The lock serialises readers.",))) == [
        "a is met by its counter-example: “The lock serialises readers.”"
    ]


def test_a_way_that_asks_for_too_little_falls_to_an_attack() -> None:
    greedy = rubric(ways=(Way(all=("what",)), ("lock", "serialises"), ("correct",)))
    assert any("earns a" in what for what in words(greedy))


def test_a_model_answer_has_to_be_ready_here_and_nowhere_else() -> None:
    assert words(rubric(), model_answer="It depends.") == ["the model answer is revisit, without a"]
    others = {"other": "The lock serialises the writers."}
    assert words(rubric(), others=others) == ["the model answer of `other` is ready here"]


def test_the_same_rubric_always_gets_the_same_attacks() -> None:
    assert attacks(LOCKS) == attacks(LOCKS)
    kinds = {attack.kind for attack in attacks(LOCKS)}
    assert {"a list of keywords", "the prompt repeated", "speech to the grader"} <= kinds
