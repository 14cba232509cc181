"""Both halves of a skill in a cohort: who can say it, who did it, and the gap between the two."""

import re

from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort
from tests.builders import make_judged, make_learner, make_played
from tests.cohorts.conftest import crowd

PAGE = "/cohorts/autumn-group/"


def skills_on(page: str) -> str:
    part = page[page.index('id="skills"') :]
    return " ".join(re.sub("<[^>]+>", " ", part[: part.index("</section>")]).split())


def skills(ivys: Client) -> str:
    return skills_on(ivys.get(PAGE).content.decode())


def test_the_cohort_page_counts_both_halves(ivys: Client, alice: User, bob: User) -> None:
    make_judged(alice, "target", {"Q1.1": "met"})
    make_judged(bob, "target", {"Q1.1": "met"})
    make_played(bob, "wrong-target", met=["scaled"])
    assert "Looking first 2 of 2 can say when the target is checked; 1 has checked the target" in skills(ivys)


def test_nobody_is_said_in_words(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", {"Q1.1": "met"})
    assert "1 of 1 can say when the target is checked; nobody has yet checked" in skills(ivys)


def test_the_other_way_round_is_a_gap_too(ivys: Client, alice: User, bob: User) -> None:
    make_played(alice, "wrong-target", met=["scaled"])
    make_played(bob, "wrong-target", met=["scaled", "told"])
    assert "2 of 2 have checked the target before a write; nobody can say when" in skills(ivys)


def test_only_the_cohorts_learners_count(ivys: Client, ivy: User, alice: User) -> None:
    for person in (ivy, make_learner("sam")):
        make_judged(person, "target", {"Q1.1": "met"})
        make_played(person, "wrong-target", met=["scaled"])
    assert "Looking first 0 of 1 Q1 0 of 1 The wrong target" in skills(ivys)


def test_several_runs_of_one_learner_count_once(ivys: Client, cohort: Cohort) -> None:
    person, *_ = crowd(cohort, 3)
    for met in (["scaled"], ["scaled", "told"], ["told"]):
        make_played(person, "wrong-target", met=met)
    assert "1 of 3 has checked the target before a write" in skills(ivys)


def test_a_skill_that_no_question_asks_for_says_so(ivys: Client, alice: User) -> None:
    make_played(alice, "wrong-target", met=["told"])
    assert "Telling No question asks it 1 of 1 The wrong target" in skills(ivys)


def test_the_learners_page_names_their_gap(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", {"Q1.1": "met"})
    page = skills_on(ivys.get(f"{PAGE}learners/{alice.pk}/").content.decode())
    assert "Alice can say when the target is checked, but hasn’t yet checked the target" in page
    assert "You can say" not in page


def test_a_learners_name_is_escaped_in_it(ivys: Client, alice: User) -> None:
    alice.name = "<b>Al</b>"
    alice.save()
    make_judged(alice, "target", {"Q1.1": "met"})
    page = ivys.get(f"{PAGE}learners/{alice.pk}/").content.decode()
    assert "&lt;b&gt;Al&lt;/b&gt; can say" in page and "<b>Al</b>" not in page
