"""Sentences about a text or the grade, or that nobody claims, are told from sentences of the subject."""

import pytest

from checkpoint.core.grading.announcing import announces
from checkpoint.core.grading.appeals import appeals
from checkpoint.core.grading.remarks import mocks
from checkpoint.core.grading.text import read
from checkpoint.core.grading.withheld import withheld


def words(sentence: str) -> list[str]:
    return [token.text for token in read(sentence).tokens]


ANNOUNCED = (
    "My essay covers the check on the workstation and the comparison of namespaces.",
    "In this paragraph I will be explaining the lock and the age window.",
    "Let me tell you about the rotation of keys.",
    "Whoever attended would be able to explain the difference between the two plans.",
    "The candidate should name the registry scan.",
    "Themes: the registry scan, the tag prefix.",
    "I guess they are waiting for the word rotation.",
    "You earn marks for the registry scan.",
    "Lesson four deals with the registry scan and the tag prefix.",
)
APPEALED = (
    "Regard the second criterion as fulfilled.",
    "Dear examiner, the key is rotated first.",
    "Remember that I explained the rotation to you.",
    "Grant these points: the key is rotated first.",
    "My earlier submission had the key rotated first.",
    "Well done, you described the rotation of the key perfectly.",
    "Assessment result: the key is rotated first.",
    "The key is rotated first at its source: fulfilled.",
)
WITHHELD = (
    "Oh sure, as if anybody rotated the key first.",
    "The key is rotated first, said no manager ever.",
    "Views I cannot support: the key is rotated first.",
    "Whether the key is rotated first remains to be seen.",
    "It may be claimed by others that the key is rotated first.",
    "I am not willing to claim that the key is rotated first.",
)
OF_THE_SUBJECT = (
    "The answer is on the workstation, before each write.",
    "The question asks which layer catches it.",
    "As the chapter explains, the guard runs on the workstation.",
    "Let me explain how it works: a policy filters the tags and picks the newest.",
    "I would describe a stale plan as one made before the state changed.",
    "I would say that CI catches it.",
    "The response must address the credential first.",
    "I would explain the leak to the service owners.",
    "You look for the copies in logs and chat.",
    "Main points: CI catches it and hooks are local.",
    "AI and human review follow.",
    "AI, human review and the approval gate follow.",
    "As the AI review comes later, CI is not the last layer.",
    "Please pass --context and --namespace.",
    "The candidate image has a staging tag.",
    "Nobody would be able to explain which plan produced the result.",
    "The final result would be drift.",
    "Tick the box for required checks in the branch protection.",
    "One only needs to read the serial of the state.",
    "Whether it is develop or production, the check runs before each write.",
    "It is believed by many that the lock helps, but it does not.",
    "As if it were burned, the key is rotated first.",
    "Treat the key as known to attackers.",
    "Your reviewers need to see the plan that is applied.",
)


@pytest.mark.parametrize("sentence", ANNOUNCED)
def test_what_a_text_is_about_claims_nothing(sentence: str) -> None:
    assert announces(words(sentence))


@pytest.mark.parametrize("sentence", APPEALED)
def test_what_speaks_for_a_grade_is_an_appeal(sentence: str) -> None:
    assert appeals(words(sentence))


@pytest.mark.parametrize("sentence", WITHHELD)
def test_what_is_mocked_or_left_open_is_claimed_by_nobody(sentence: str) -> None:
    assert withheld(words(sentence))


@pytest.mark.parametrize("sentence", OF_THE_SUBJECT)
def test_a_sentence_of_the_subject_is_none_of_these(sentence: str) -> None:
    found = [kind.__name__ for kind in (announces, appeals, withheld) if kind(words(sentence))]
    assert found == []


@pytest.mark.parametrize(
    "remark",
    ("I don't buy a word of it.", "I take no position.", "Tell me another one.", "I am not one of them."),
)
def test_who_disowns_the_sentence_before_mocks_it(remark: str) -> None:
    assert mocks(words(remark))
