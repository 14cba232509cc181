"""The right answers of every question, turned round or put among other sentences; by words and by meaning."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint.core.content.types import Question
from checkpoint.core.grading.grade import Grader, grade
from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.negating import negations
from checkpoint.core.grading.text import read
from checkpoint.core.grading.verdict import CriterionVerdict, Outcome, Span, Verdict
from checkpoint.library import get_grader, get_library

Right = tuple[str, str, str]
"""A question's slug, a criterion's id and a text that meets it."""
GRADERS = ("words", "meaning")
BESIDE = (
    "",
    "We had lunch together on the terrace. ",
    "No, I have never been to Norway. ",
    "My neighbour is right about the coffee. ",
    "Don't forget your umbrella. ",
    "At first I thought it was Tuesday. ",
    "My bicycle has a flat tyre: somebody forgot to pump it up. ",
)
"""Sentences about something else."""


@cache
def grader(name: str) -> Grader:
    return LexicalGrader() if name == "words" else get_grader()


def question(slug: str) -> Question:
    return get_library().questions[slug]


@cache
def right_texts() -> tuple[Right, ...]:
    """Every claim, phrasing and right answer of the course, and every model answer for what it meets."""
    found = [
        (slug, one.id, text)
        for slug, asked in get_library().questions.items()
        for one in asked.criteria
        for text in (one.claim, *one.phrasings, *one.examples.met)
    ]
    for slug, asked in get_library().questions.items():
        met = (one.id for one in verdict("words", slug, asked.model_answer).criteria if one.outcome == "met")
        found += [(slug, name, asked.model_answer) for name in met]
    return tuple(dict.fromkeys(found))


@cache
def negated_texts() -> tuple[tuple[str, str, str, Span], ...]:
    """Right texts with a negation in a sentence of the evidence: slug, criterion, text, where it is."""
    return tuple(
        (slug, name, text[:start] + turned + text[end:], (start, start + len(turned)))
        for slug, name, text in right_texts()
        for start, end in evident_sentences(slug, name, text)
        for turned in negations(text[start:end])
    )


def evident_sentences(slug: str, name: str, text: str) -> list[Span]:
    """The sentences that hold what a criterion was met by."""
    made = read(text)
    spans = [(made.tokens[s.first].start, made.tokens[s.last - 1].end) for s in made.sentences]
    found = on(verdict("words", slug, text), name)
    return [span for span in spans if any(overlap(span, one) for one in found.evidence)]


def verdict(by: str, slug: str, text: str) -> Verdict:
    return grade(grader(by), question(slug), text)


def on(given: Verdict, name: str) -> CriterionVerdict:
    return next(one for one in given.criteria if one.id == name)


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def test_there_is_something_to_negate_in_every_question() -> None:
    assert {slug for slug, *_ in negated_texts()} == set(get_library().questions)
    assert len(negated_texts()) > 200


@pytest.mark.parametrize("by", GRADERS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_negation_put_into_the_evidence_never_keeps_a_met(by: str, data: st.DataObject) -> None:
    slug, name, text, (start, end) = data.draw(st.sampled_from(negated_texts()))
    before = data.draw(st.sampled_from(BESIDE))
    after = data.draw(st.sampled_from(BESIDE))
    given_now = on(verdict(by, slug, f"{before}{text} {after}"), name)
    own = (len(before) + start, len(before) + end)
    assert given_now.outcome is not Outcome.MET or not any(overlap(own, one) for one in given_now.evidence)


@pytest.mark.parametrize("by", GRADERS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_unrelated_text_turns_no_missing_into_met(by: str, data: st.DataObject) -> None:
    slug, _, text = data.draw(st.sampled_from(right_texts()))
    before, after = (" ".join(data.draw(st.lists(st.sampled_from(BESIDE), max_size=5))) for _ in "ab")
    alone, padded = verdict(by, slug, text), verdict(by, slug, f"{before} {text} {after}")
    assert met(padded) <= met(alone)


@pytest.mark.parametrize("by", GRADERS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_evidence_always_lies_inside_the_answer(by: str, data: st.DataObject) -> None:
    slug, _, text = data.draw(st.sampled_from(right_texts()))
    other = data.draw(st.sampled_from(right_texts()))[2]
    noise = data.draw(st.text(max_size=80))
    answer = f"{noise}\n{text} {other}{noise}"
    given_now = verdict(by, slug, answer)
    found = [*given_now.criteria, *given_now.misconceptions]
    assert all(0 <= start < end <= len(answer) for one in found for start, end in one.evidence)
    assert all(one.evidence for one in given_now.criteria if one.outcome is Outcome.MET)


def met(given: Verdict) -> set[str]:
    return {one.id for one in given.criteria if one.outcome is Outcome.MET}
