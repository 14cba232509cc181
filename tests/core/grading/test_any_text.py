"""Whatever a learner writes gets a verdict, with evidence inside the answer, always the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.core.grading.codec import to_plain
from checkpoint.core.grading.grade import grade
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.text import read, words_of
from checkpoint.core.grading.verdict import Outcome, Verdict
from tests.core.grading.conftest import LOCKS

_LISTED = """
the lock does not prevent stale fresh plan guard refuses made old state current but because without
never if maybe rotate notify rewrite history before after first then 1. 2) , . ; : ? ! - -> ` --x
a/b.sh don't
"""
WORDS = _LISTED.split()
GRADER = LexicalGrader()


def judged(answer: str) -> Verdict:
    return grade(GRADER, LOCKS, answer)


def spans(verdict: Verdict) -> list[tuple[int, int]]:
    found = [*verdict.criteria, *verdict.misconceptions]
    return [span for one in found for span in one.evidence]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_any_text_gets_a_verdict_with_evidence_inside_it(answer: str) -> None:
    verdict = judged(answer)
    assert len(verdict.criteria) == len(LOCKS.criteria)
    assert all(0 <= start < end <= len(answer) for start, end in spans(verdict))
    assert all(0 <= one.confidence <= 1 for one in verdict.criteria)
    assert verdict.needs_review or all(one.outcome is not Outcome.UNSCORED for one in verdict.criteria)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_the_same_answer_always_gets_the_same_verdict(answer: str) -> None:
    assert to_plain(judged(answer)) == to_plain(grade(LexicalGrader(), LOCKS, answer))


def test_threads_do_not_disturb_each_other() -> None:
    answers = [f"The lock does not prevent plan {n}. The plan guard refuses it." for n in range(40)]
    alone = [to_plain(judged(answer)) for answer in answers]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda a: to_plain(judged(a)), answers)) == alone


@pytest.mark.parametrize(
    "shape",
    [
        "a" * 20_000,
        "." * 20_000,
        "\n" * 20_000,
        "-" * 20_000,
        "a-" * 10_000,
        "a/" * 10_000,
        "not " * 5_000,
        "if " * 6_600,
        "lock not prevent " * 1_200,
        "`" * 20_000,
        "a\u0301" * 10_000,
        "\ufdfa" * 20_000,
        "\U0001f600" * 20_000,
        "(" * 20_000,
        "(" * 10_000 + ")" * 9_999 + "x",
        "1. rotate\n" * 2_000,
    ],
)
def test_twenty_thousand_characters_of_any_shape_get_a_verdict(shape: str) -> None:
    verdict = judged(shape)
    assert all(end <= len(shape) for _, end in spans(verdict))


def test_unrelated_text_around_it_changes_no_missing_into_met() -> None:
    padding = "The weather was fine and we had lunch together on the terrace. " * 5
    assert {o.id: o.outcome for o in judged(padding).criteria} == {
        o.id: Outcome.MISSING for o in judged("").criteria
    }


RIGHT = {
    "lock": ["The lock does not prevent stale plans.", "Locking doesn't help."],
    "guard": ["The plan guard refuses it.", "The plan guard refuses an old plan."],
    "stale": ["A stale plan was made from an earlier state."],
    "fresh": ["A fresh plan was made from the current state."],
}
NEGATED = [
    "It is false that {}.",
    "It is not true that {}.",
    "It isn't the case that {}.",
    "It is a myth that {}.",
    "I don't think that {}.",
    "I doubt that {}.",
    "Nobody claims that {}.",
    "The claim that {} is wrong.",
    "{}. No, that is wrong.",
    "{}. That is not true at all.",
    "{}, which is nonsense.",
    "{}. The opposite is true.",
    "{}. I do not agree with that.",
]
BEFORE = ["", "Plans are files. ", "First of all, thank you for the question. ", "I read the chapter. "]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(RIGHT)), st.data(), st.sampled_from(NEGATED), st.sampled_from(BEFORE))
def test_a_negation_put_into_the_evidence_never_keeps_a_met(
    name: str, data: st.DataObject, frame: str, before: str
) -> None:
    said = data.draw(st.sampled_from(RIGHT[name]))
    assert on(judged(before + said), name) is Outcome.MET
    plain = said.rstrip(".")
    answer = before + frame.format(plain[0].lower() + plain[1:])
    assert on(judged(answer), name) is not Outcome.MET


UNRELATED = [
    "The weather was fine.",
    "We had lunch together on the terrace.",
    "No, I have never been to Norway.",
    "My colleague is right about the coffee.",
    "It is true that cats sleep a lot.",
    "Don't forget your umbrella.",
    "At first I thought it was Tuesday.",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(UNRELATED), max_size=8), st.sampled_from(sorted(RIGHT)), st.data())
def test_unrelated_text_turns_no_missing_into_met(padding: list[str], name: str, data: st.DataObject) -> None:
    said = data.draw(st.sampled_from(RIGHT[name]))
    at = data.draw(st.integers(0, len(padding)))
    alone = {one.id for one in judged(said).criteria if one.outcome is Outcome.MET}
    padded = judged(" ".join([*padding[:at], said, *padding[at:]]))
    assert {one.id for one in padded.criteria if one.outcome is Outcome.MET} <= alone


def on(verdict: Verdict, name: str) -> Outcome:
    return next(one.outcome for one in verdict.criteria if one.id == name)


TERMS = [
    "can't",
    "cannot",
    "w/o",
    "b/c",
    "wont",
    "dont",
    "plan",
    "a",
    "e",
    "1.",
    "k8s",
    "re-plan",
    "tfplan",
    "x.y",
    "is",
]


@settings(max_examples=400)
@given(
    st.one_of(
        st.text(alphabet="abetnow ", max_size=30),
        st.lists(st.sampled_from(TERMS), max_size=6).map(" ".join),
        st.text(max_size=40),
    )
)
def test_the_words_of_a_term_are_those_that_reading_finds(term: str) -> None:
    found = [(one.text, one.stem, one.start, one.end, one.light) for one in words_of(term)]
    tokens = [token for token in read(term).tokens if token.word]
    assert found == [(one.text, one.stem, one.start, one.end, one.light) for one in tokens]
