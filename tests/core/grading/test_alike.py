import pytest

from checkpoint.core.grading.alike import alike, grouped, sketch


def together(one: str, other: str) -> bool:
    return alike(sketch(one), sketch(other)) is not None


def test_the_same_words_in_other_clothes_are_the_same() -> None:
    found = alike(
        sketch("Revoke the key, then tell the owner."), sketch("revoke the keys then TELL the owner")
    )
    assert found is not None and found.is_same


def test_one_word_more_or_less_keeps_a_long_sentence_together() -> None:
    one = "The plan is stale because the state has moved since it was made by somebody."
    other = "The plan is stale because the state has moved since it was made."
    found = alike(sketch(one), sketch(other))
    assert found is not None and not found.is_same and (found.shared, found.of) == (13, 15)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "You apply the plan after review and never before.",
            "You apply the plan before review and never after.",
        ),
        (
            "The plan still matches the state of the cluster.",
            "The plan never matches the state of the cluster.",
        ),
        (
            "The lock prevents a second apply at that time.",
            "The lock does not prevent a second apply at that time.",
        ),
        ("Rotate the key within 5 minutes of the leak.", "Rotate the key within 50 minutes of the leak."),
        ("Tell the owner.", "Revoke the key."),
        ("Something is here.", ""),
    ],
)
def test_what_may_mean_something_else_stays_apart(one: str, other: str) -> None:
    assert not together(one, other)


def test_every_answer_stands_in_one_group_and_the_first_leads() -> None:
    answers = ["a b c d e f", "x y z", "a b c d e g", "x y z", ""]
    groups = grouped(answers)
    assert sorted(place for group in groups for place, _ in group) == [0, 1, 2, 3, 4]
    assert [[place for place, _ in group] for group in groups] == [[0, 2], [1, 3], [4]]
    assert all(group[0][1] is None for group in groups)
