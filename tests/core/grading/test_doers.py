"""Who does what to what, against right sentences."""

import pytest

from checkpoint.core.grading.doers import Doers
from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Rubric
from checkpoint.core.grading.text import read
from checkpoint.core.grading.usage import ENOUGH

RIGHT = (
    "The cook feeds the guest.",
    "The waiter serves the soup.",
    "The key opens the door.",
    "The pattern matches the name.",
    "The lid puts the pot out of sight.",
)


@pytest.mark.parametrize(
    ("answer", "exchanged"),
    [
        ("The guest feeds the cook.", True),
        ("The door opens the key.", True),
        ("The key is opened by the door.", True),
        ("The door is opened by the key.", False),
        ("The cook feeds the guest.", False),
        ("The door isn't the last thing, since it opens the key.", True),
        ("The key is small, but it opens the door.", False),
        ("If the door is shut, it opens the key.", False),
        ("The soup waits, and the guest feeds the cook.", True),
        ("The name matches the pattern.", False),
        ("The cook serves the guest.", False),
        ("The pot puts the lid to use.", False),
    ],
)
def test_a_deed_turned_round_is_seen(answer: str, exchanged: bool) -> None:
    known = Doers(RIGHT, lambda stem: frozenset({stem}))
    text = read(answer)
    assert known.is_exchanged(text, text.sentences[0]) is exchanged


@pytest.mark.parametrize(
    ("answer", "strange"),
    [
        ("The soup feeds the door, and the guest serves the key.", 2),
        ("The waiter feeds the guest.", 1),
        ("The cook feeds the guest.", 0),
        ("The guest is fed by the cook.", 0),
        ("The cook paints the guest.", 0),
        ("The cook feeds the lion.", 0),
    ],
)
def test_known_things_that_never_do_such_to_each_other_are_counted(answer: str, strange: int) -> None:
    known = Doers((*RIGHT, *RIGHT), lambda stem: frozenset({stem}))
    text = read(answer)
    assert known.strange(text, text.sentences[0]) == strange


def test_a_deed_that_right_sentences_have_both_ways_is_not_turned() -> None:
    both = (*RIGHT, "The door opens the key.")
    text = read("The door opens the key.")
    assert not Doers(both, lambda stem: frozenset({stem})).is_exchanged(text, text.sentences[0])


def test_the_deeds_of_a_rubric_are_no_answers_but_tell_the_roles() -> None:
    padding = tuple(f"Number {number} is a lock of house {number}." for number in range(ENOUGH))
    known = Criterion(
        id="a",
        claim="With the key it is open, door and all.",
        ways=(("key", "open", "door"),),
        phrasings=padding,
    )
    plain = Rubric(prompt="What?", criteria=(known,))
    told = plain.model_copy(update={"deeds": ("The key opens the door.",)})
    turned = "The door opens the key."
    assert grade(LexicalGrader(), plain, turned).criteria[0].outcome.value == "met"
    assert grade(LexicalGrader(), told, turned).criteria[0].outcome.value == "unscored"
    assert grade(LexicalGrader(), told, "The key opens the door.").criteria[0].outcome.value == "met"
