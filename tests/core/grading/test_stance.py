"""Affirming, denying, guessing, reporting and taking back."""

from collections.abc import Callable

import pytest

Outcome = Callable[[str, str], str]
Ideas = Callable[[str], set[str]]


@pytest.mark.parametrize(
    "answer",
    [
        "The lock does not prevent stale plans.",
        "Locking doesn't help.",
        "The lock dont prevent it",
        "A lock never stops an old plan.",
        "The lock can't stop that.",
        "The lock does not prevent a plan that was made before the state changed.",
        "A lock won't help if somebody applied before you got it.",
        "The lock can't stop that, so look at the plan before you apply it.",
        "The lock does not stop plans from before the weekend.",
        "Neither the lock nor anything else prevents it.",
        "People think the lock prevents it, but it does not.",
        "At first I thought the lock prevents this, but I was wrong.",
        "It is a common misconception that the lock prevents stale plans.",
        "I don't think the lock prevents it.",
        "Thinking that the lock prevents it is a mistake.",
        "Believing that a lock stops stale plans would be a mistake.",
        "The lock prevents stale plans. No, that is wrong.",
        "The lock stops stale plans - no wait, it does not stop them.",
    ],
)
def test_a_denied_idea_is_met_where_the_denial_is_the_point(
    outcome: Outcome, ideas: Ideas, answer: str
) -> None:
    assert outcome("lock", answer) == "met"
    assert not ideas(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "The lock prevents stale plans.",
        "The lock stops it, not the review.",
        "It is not true that the lock does not prevent it.",
        "The lock doesn't fail to prevent stale plans, it stops them.",
        "Not only the review but also the lock prevents it.",
    ],
)
def test_affirming_what_is_false_contradicts_and_is_a_wrong_idea(
    outcome: Outcome, ideas: Ideas, answer: str
) -> None:
    assert outcome("lock", answer) == "contradicted"
    assert ideas(answer) == {"lock-stops"}


@pytest.mark.parametrize(
    "answer",
    ["Some people say that the lock prevents it.", "My colleague thinks the lock stops stale plans."],
)
def test_what_others_say_is_nobodys_claim_here(outcome: Outcome, ideas: Ideas, answer: str) -> None:
    assert outcome("lock", answer) == "missing"
    assert not ideas(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Maybe the lock does not prevent it.",
        "I guess locking doesn't help",
        "I'd guess that the lock does not prevent it.",
        "The lock doesn't prevent it, but I'm not sure.",
        "The lock does not prevent it?",
        "The lock does not prevent it. Not sure though.",
        "the lock does not prevent that i think",
    ],
)
def test_a_guess_is_partly(outcome: Outcome, answer: str) -> None:
    assert outcome("lock", answer) == "partial"


@pytest.mark.parametrize(
    "answer",
    [
        "I think the lock does not prevent it.",
        "The lock does not prevent it; whether it might be slow is another matter.",
        "In my opinion the lock doesn't help here at all.",
    ],
)
def test_an_opinion_is_not_a_guess(outcome: Outcome, answer: str) -> None:
    assert outcome("lock", answer) == "met"


DENYING = [
    "It is false that {}.",
    "It's a myth that {}.",
    "It is not the case that {}.",
    "It would be wrong to say that {}.",
    "Nobody can seriously claim that {}.",
    "I disagree that {}.",
    "I doubt that {}.",
    "The idea that {} is simply untrue.",
    "That {} is a misconception.",
    "Myth: {}.",
    "{}, which is nonsense.",
    "{}. No, that is wrong.",
    "{}. The opposite is true.",
    "{}? Not at all.",
    "My colleague says that {}, but he is wrong.",
    "A colleague believes that {}. I disagree.",
    "Whoever says that {} is mistaken.",
    "The story that {} is a fairy tale.",
    "The claim that {} has been disproved.",
    "The opposite of the truth: {}.",
    "I refuse to accept that {}.",
    "There is no truth in the claim that {}.",
    "{}: that is not how it works.",
    "{}. This is what I would call a lie.",
    "{}. What a load of rubbish.",
    "{}. Nothing could be further from the truth.",
]
STANDING_BY = [
    "It is true that {}.",
    "It is not wrong to say that {}.",
    "Don't forget that {}.",
    "There is no doubt that {}.",
    "I don't doubt that {}.",
    "Contrary to what beginners believe, {}.",
    "My colleague says that {}, and she is right.",
    "Some people say that {}. That is true.",
    "{}, no doubt about it.",
    "A colleague told me that {}, and rightly so.",
    "There is no denying that {}.",
    "{}. That is how it works.",
    "{}. I agree with that.",
]


@pytest.mark.parametrize("frame", DENYING)
@pytest.mark.parametrize("said", ["the lock does not prevent it", "the plan guard refuses it"])
def test_a_good_statement_denied_as_a_whole_is_not_met(outcome: Outcome, frame: str, said: str) -> None:
    assert outcome("guard" if "guard" in said else "lock", frame.format(said)) != "met"


@pytest.mark.parametrize("frame", DENYING)
def test_a_wrong_statement_denied_as_a_whole_is_no_wrong_idea(ideas: Ideas, frame: str) -> None:
    assert not ideas(frame.format("the lock prevents it"))


@pytest.mark.parametrize("frame", STANDING_BY)
def test_standing_by_a_statement_says_it(outcome: Outcome, ideas: Ideas, frame: str) -> None:
    assert outcome("lock", frame.format("the lock does not prevent it")) == "met"
    assert ideas(frame.format("the lock prevents it")) == {"lock-stops"}


def test_a_question_answered_by_the_learner_is_no_guess(outcome: Outcome, ideas: Ideas) -> None:
    assert outcome("lock", "Does the lock prevent stale plans? No.") == "met"
    assert ideas("Does the lock prevent stale plans? Yes, it does.") == {"lock-stops"}


def test_no_after_a_denial_agrees_with_it(outcome: Outcome) -> None:
    assert outcome("lock", "The lock does not prevent it. No, it just keeps writers apart.") == "met"


def test_a_reason_for_the_denial_is_the_authors_own(outcome: Outcome) -> None:
    answer = "It is a myth that the lock prevents it, because the plan guard refuses it."
    assert (outcome("lock", answer), outcome("guard", answer)) == ("met", "met")


@pytest.mark.parametrize(
    "answer",
    [
        "It does things nobody expected, and the lock doesn't prevent it.",
        "Nobody expected it, and a lock never stops stale plans.",
        "Nobody can say which plan it was, and the lock does not prevent that.",
    ],
)
def test_what_nobody_expected_denies_nothing_else(outcome: Outcome, ideas: Ideas, answer: str) -> None:
    assert outcome("lock", answer) == "met"
    assert not ideas(answer)


@pytest.mark.parametrize(
    "answer", ["Nobody thinks that the lock prevents it.", "Nobody says it prevents it."]
)
def test_what_nobody_says_is_denied(ideas: Ideas, answer: str) -> None:
    assert not ideas(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "The lock does not prevent it: what does it know about plans?",
        "The lock does not prevent it (is an old plan young only because of a lock?).",
        'The lock does not prevent it, "is the plan still good?" is not its question.',
        "You ask about the lock, which does not prevent it, so why trust it?",
    ],
)
def test_telling_a_question_is_not_guessing(outcome: Outcome, answer: str) -> None:
    assert outcome("lock", answer) == "met"


def test_saying_both_is_left_to_a_person(on: Callable, verdict: Callable) -> None:
    answer = "The lock does not prevent stale plans. Later on the lock stops every stale plan."
    assert on("lock", answer).outcome.value in ("unscored", "contradicted")
    assert on("lock", answer).guess.value != "met"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Run guard-plan.sh, it refuses an old plan.", "met"),
        ("Never apply without the plan guard, which refuses old plans.", "met"),
        ("The plan guard never refuses anything.", "contradicted"),
        ("If the plan guard does not like the plan, it refuses it.", "met"),
        ("The plan guard is not asked and never refuses.", "contradicted"),
    ],
)
def test_negation_reaches_only_its_own_clause(outcome: Outcome, answer: str, expected: str) -> None:
    assert outcome("guard", answer) == expected


def test_not_being_sure_that_a_wrong_idea_holds_is_a_guess_at_the_right_one(outcome: Outcome) -> None:
    assert outcome("lock", "I'm not sure that the lock prevents it.") == "partial"


@pytest.mark.parametrize(
    "answer",
    [
        "Suppose the lock does not prevent stale plans.",
        "I could write that the lock does not prevent it.",
        "It would be nice if the lock did not prevent it.",
        "If I said that the lock does not prevent it, I would be ready.",
    ],
)
def test_what_is_only_imagined_is_not_claimed(outcome: Outcome, answer: str) -> None:
    assert outcome("lock", answer) != "met"


@pytest.mark.parametrize(
    "after", ["I do not agree with that.", "I don't believe that.", "I would not say so."]
)
def test_disagreeing_afterwards_takes_it_back(outcome: Outcome, after: str) -> None:
    assert outcome("guard", f"The plan guard refuses it. {after}") != "met"


@pytest.mark.parametrize(
    "answer",
    [
        "If somebody had made it from the old state, the plan guard would have refused it.",
        "Had they looked, the plan guard would have refused it.",
        "One could let the plan guard refuse it.",
        "In an ideal world the plan guard refuses it.",
    ],
)
def test_what_could_be_or_could_have_been_is_partly(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "partial"


@pytest.mark.parametrize(
    "answer", ["If you had an old plan, the plan guard would refuse it.", "It refuses it, the plan guard."]
)
def test_what_happens_in_a_case_is_said(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "met"


@pytest.mark.parametrize(
    "answer",
    [
        "Legend has it that the plan guard refuses it.",
        "Pessimists say the plan guard refuses it.",
        "Supposedly the plan guard refuses it.",
    ],
)
def test_hearsay_is_nobodys_claim(outcome: Outcome, answer: str) -> None:
    assert outcome("guard", answer) == "missing"


@pytest.mark.parametrize("end", [":", " -", ","])
def test_what_follows_upon_a_denied_statement_is_the_authors_own(outcome: Outcome, end: str) -> None:
    reason = " because" if end == "," else ""
    answer = f"It is a myth that the lock prevents it{end}{reason} the plan guard refuses it."
    assert (outcome("lock", answer), outcome("guard", answer)) == ("met", "met")


def test_the_same_said_and_denied_in_one_breath_is_left_to_a_person(outcome: Outcome) -> None:
    assert outcome("guard", "The plan guard refuses it and the plan guard does not refuse it.") == "unscored"


def test_what_would_be_if_something_were_otherwise_is_nobodys_wrong_idea(ideas: Ideas) -> None:
    assert not ideas("If the state was never changed by others, the lock would prevent stale plans.")
    assert ideas("If you take the lock, it would prevent stale plans.")


@pytest.mark.parametrize("behind", ["No, I have never been to Norway.", "No, my tea is cold."])
def test_a_no_to_somebody_in_the_room_proves_nothing(outcome: Outcome, ideas: Ideas, behind: str) -> None:
    assert outcome("lock", f"The lock prevents stale plans. {behind}") not in ("met", "contradicted")
    assert not ideas(f"The lock prevents stale plans. {behind}")


@pytest.mark.parametrize(
    "behind", ["No.", "No, it only keeps writers apart.", "No, the lock is held briefly."]
)
def test_a_no_to_what_was_just_said_denies_it(outcome: Outcome, behind: str) -> None:
    assert outcome("lock", f"The lock prevents stale plans. {behind}") == "met"


@pytest.mark.parametrize(
    ("answer", "is_met"),
    [
        ("The plan guard refuses it, I mean the script in the repository.", True),
        ("The plan guard refuses it, no, I mean the lock does.", False),
    ],
)
def test_who_explains_takes_nothing_back(outcome: Outcome, answer: str, is_met: bool) -> None:
    assert (outcome("guard", answer) == "met") is is_met


def test_a_thing_that_does_not_only_do_something_does_it(outcome: Outcome) -> None:
    assert outcome("lock", "The lock does not just prevent it, it saves time.") == "contradicted"
