"""Misconceptions on the cohort page in learners' own words, and when no word of theirs is shown."""

import re
from collections.abc import Iterable

import pytest
from django.test import Client
from django.utils.html import escape

from checkpoint.accounts.models import User
from checkpoint.cohorts.ideas import sentence_at, tells_who
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import Learner, learners
from tests.builders import make_judged
from tests.cohorts.conftest import crowd

PAGE = "/cohorts/autumn-group/"
ANSWER = "First I look. The prompt shows the cluster, so I trust it. Then I write."
PLACE = (14, 42)


def say(people: Iterable[User], answer: str = ANSWER) -> None:
    for person in people:
        make_judged(person, "target", "missing", answer=answer, misconceptions={"Q1.X1": (PLACE,)})


def quotes(ivys: Client, query: str = "") -> list[str]:
    return re.findall(r"<q dir=\"auto\">([^<]*)</q>", ivys.get(PAGE + query).content.decode())


def test_the_sentence_that_raised_it_is_quoted_without_a_name(ivys: Client, cohort: Cohort) -> None:
    people = crowd(cohort, 5)
    say(people)
    assert quotes(ivys) == ["The prompt shows the cluster, so I trust it."]
    page = ivys.get(PAGE).content.decode()
    ideas = page[page.index('id="ideas"') : page.index('id="certain"')]
    assert not any(person.name in ideas for person in people)


def test_nobody_is_quoted_where_fewer_than_five_answered(ivys: Client, cohort: Cohort) -> None:
    say(crowd(cohort, 5)[:4])
    assert quotes(ivys) == []
    assert "4 of 4 learners" in ivys.get(PAGE).content.decode()


def test_two_of_five_may_be_quoted(ivys: Client, cohort: Cohort) -> None:
    people = crowd(cohort, 5)
    say(people[:2])
    for person in people[2:]:
        make_judged(person, "target")
    assert len(quotes(ivys)) == 1


def test_who_names_themselves_is_not_quoted(ivys: Client, cohort: Cohort) -> None:
    people = crowd(cohort, 5)
    User.objects.filter(pk__in=[person.pk for person in people]).update(name="Trust Lindqvist")
    say(people)
    assert quotes(ivys) == []
    assert quotes(ivys, "?names=hidden") == [], "a pseudonym doesn't hide that they named themselves"


def test_a_learners_words_stay_text(ivys: Client, cohort: Cohort) -> None:
    say(crowd(cohort, 5), "First I look. <script>alert(1)</script> is what I trust. Then I write.")
    assert quotes(ivys) == [escape("<script>alert(1)</script> is what I trust.")]


@pytest.mark.parametrize(
    ("answer", "place", "said"),
    [
        ("One. Two three. Four.", (9, 14), "Two three."),
        ("No stop at the end", (3, 7), "No stop at the end"),
        ("- a line\n- the lock\n- more", (11, 19), "- the lock"),
        ("v1.2 is fine. So.", (0, 4), "v1.2 is fine."),
        ("It ends. here", (3, 8), "It ends."),
        (f"{'word ' * 80}the lock helps", (400, 414), "… the lock helps …"),
    ],
)
def test_a_place_becomes_its_sentence(answer: str, place: tuple[int, int], said: str) -> None:
    assert sentence_at(answer, (place,)) == said


@pytest.mark.parametrize(
    ("quote", "tells"),
    [
        ("I, Mara, check the context.", True),
        ("as mara.lindqvist@example.org knows", True),
        ("write to someone@elsewhere.org", True),
        ("The target is checked once.", False),
        ("git@ is no address", False),
    ],
)
def test_a_sentence_tells_who_wrote_it(cohort: Cohort, alice: User, quote: str, tells: bool) -> None:
    (writer,) = learners(cohort)
    mara: Learner = writer._replace(name="Mara Lindqvist", email="mara.lindqvist@example.org")
    assert tells_who(quote, mara) is tells
