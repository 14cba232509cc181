"""Reading: offsets, lookalikes, sentences, identifiers, typing mistakes."""

from collections.abc import Callable

import pytest

from checkpoint.core.grading.text import READ_AT_MOST, read
from checkpoint.core.grading.verdict import CriterionVerdict
from checkpoint.core.grading.vocabulary import Vocabulary, distance

On = Callable[[str, str], CriterionVerdict]


def words(answer: str) -> list[str]:
    return [token.text for token in read(answer).tokens if token.word]


@pytest.mark.parametrize(
    "answer",
    [
        "Well. The plan guard refuses it!",
        "Well \U0001f642. The plan\u200b guard refuses it!",
        "Wéll… The ｐｌａｎ guard refuses it!",
        "Well.\r\nThe pl\u00adan gu\u0430rd refuses it!",
        "ﬃ ﬁne… ½. The plan guard refuses it!",
    ],
)
def test_evidence_is_the_learners_own_words_at_their_own_place(on: On, answer: str) -> None:
    found = on("guard", answer)
    assert found.outcome.value == "met"
    ((start, end),) = found.evidence
    assert answer[start:end].startswith("The ")
    assert answer[start:end].endswith("refuses it")


@pytest.mark.parametrize(
    "answer", ["The plan guard refusess it.", "The plna guard refuses.", "plan gaurd refuses it"]
)
def test_short_words_are_not_guessed_at(on: On, answer: str) -> None:
    assert on("guard", answer).outcome.value in ("met", "missing")


def test_a_mistyped_long_word_counts(on: On) -> None:
    assert on("lock", "Lockign does not prevnet stale plans.").outcome.value == "met"


def test_a_name_of_a_script_is_exact(on: On) -> None:
    assert on("guard", "guard-plan.sh refuses it.").outcome.value == "met"
    assert on("guard", "./scripts/guard-plan.sh refuses it.").outcome.value == "met"
    assert on("guard", "guard-plans.sh refuses it.").outcome.value == "missing"


def test_real_words_are_no_typing_mistakes() -> None:
    known = Vocabulary()
    for word in ("staging", "locked", "rotation", "credential"):
        known.add(word)
    assert [known.corrected(word) for word in ("staying", "looked", "rotaton", "credentail")] == [
        "",
        "",
        "rotat",
        "credenti",
    ]


def test_distance_counts_swapped_neighbours_once() -> None:
    assert distance("gaurd", "guard", 2) == 1
    assert distance("kitten", "sitting", 2) == 3


def test_contractions_are_taken_apart() -> None:
    assert words("It doesn't, can't, won’t; that's") == [
        "it", "does", "not", "can", "not", "will", "not", "that", "is",
    ]  # fmt: skip


def test_sentences_end_at_stops_and_lines_but_not_in_names() -> None:
    text = read("Run guard-plan.sh, e.g. now. Then wait\n- one\n- two")
    assert len(text.sentences) == 4


def test_a_regular_expression_is_no_question() -> None:
    text = read("The pattern ^develop-(?P<ts>[0-9]+)$ takes the timestamp out.")
    assert len(text.sentences) == 1
    assert not text.sentences[0].question


def test_numbered_steps_keep_their_numbers() -> None:
    assert [s.step for s in read("1. one thing\n2) another\n3: third").sentences] == [1, 2, 3]
    assert [s.step for s in read("first: 1. do this 2. do that").sentences][-2:] == [1, 2]


def test_what_is_beyond_the_limit_is_said_to_be_unread(verdict: Callable) -> None:
    answer = "word " * (READ_AT_MOST // 5) + " The plan guard refuses it."
    assert read(answer).cut
    assert verdict(answer).needs_review
