"""The class brief: what to talk about, three drills with their reasons, and who may read what in it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import give_role
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Role
from tests.builders import make_judged, make_learner, make_played, signed_in
from tests.cohorts.conftest import crowd

PAGE = "/cohorts/autumn-group/brief/"
ANSWER = "First I look. The prompt shows the cluster, so I trust it. Then I write."


@pytest.fixture
def people(cohort: Cohort) -> list[User]:
    """Six who hold the same wrong idea; the first is certain of it."""
    people = crowd(cohort, 6)
    for number, person in enumerate(people):
        make_judged(
            person,
            "target",
            {"Q1.1": "met", "Q1.2": "missing"},
            answer=ANSWER,
            confidence=2 if number else 3,
            misconceptions={"Q1.X1": ((14, 42),)},
        )
    return people


def brief(client: Client, query: str = "") -> str:
    page = client.get(PAGE + query).content.decode()
    return " ".join(re.sub("<[^>]+>", " ", page[page.index('<div id="brief">') :]).split())


def test_it_says_what_is_mixed_up_and_what_is_so(ivys: Client, people: list[User]) -> None:
    told = brief(ivys)
    assert "Q1 The prompt of the shell shows the right context. 6 of 6" in told
    assert "The prompt shows the cluster, so I trust it." in told
    assert "In fact: The prompt shows what was true when it was drawn." in told


def test_it_lists_who_is_certain_of_something_wrong(ivys: Client, people: list[User]) -> None:
    assert f"{people[0].name} on Q1, says: The prompt of the shell shows" in brief(ivys)
    assert f"{people[1].name} on Q1" not in brief(ivys)


def test_each_drill_has_its_reason(ivys: Client, people: list[User]) -> None:
    make_played(people[0], "wrong-target", met=["told"])
    told = brief(ivys)
    missed = "Of 6 who answered Q1, 6 left out or only touched “Says why”; on average 50% of its criteria"
    assert f"Question: Q1 Checking the target Why: {missed}" in told
    gap = "6 of 6 can say when the target is checked; nobody has yet checked the target before a write."
    assert f"Scenario: S1 The wrong target Why: {gap}" in told


def test_without_a_gap_the_scenario_is_the_one_tried_in_vain(ivys: Client, alice: User) -> None:
    make_played(alice, "wrong-target", met=["scaled"])
    assert "Scenario: S1 The wrong target Why: 1 of 1 who tried it never met" in brief(ivys)


def test_nothing_is_drilled_where_nobody_did_anything(ivys: Client, alice: User) -> None:
    assert "Nothing to go by yet" in brief(ivys)


def test_it_says_who_has_gone_quiet_whatever_else_they_are(ivys: Client, alice: User) -> None:
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=30))
    make_judged(alice, "target", "missing", confidence=3, days_ago=9)
    assert re.search(r"Gone quiet Alice last here .*, with 0 of 1 questions cleared", brief(ivys))


def test_names_can_be_hidden_and_stay_so(ivys: Client, people: list[User]) -> None:
    page = ivys.get(f"{PAGE}?names=hidden").content.decode()
    assert not any(person.name in page for person in people)
    assert re.search(r"<b>Learner \w{5}</b> on Q1", page)
    assert 'href="/cohorts/autumn-group/?names=hidden"' in page


def test_an_observer_reads_no_quote_and_no_name(cohort: Cohort, ivy: User, people: list[User]) -> None:
    sam = make_learner("sam")
    give_role(cohort=cohort, user_id=sam.pk, role=Role.OBSERVER, by=ivy)
    told = brief(signed_in(sam))
    assert "6 of 6" in told and "so I trust it" not in told
    assert not any(person.name in told for person in people)


def test_fewer_than_five_are_not_briefed_about_without_names(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", "missing", confidence=3)
    told = brief(ivys, "?names=hidden")
    assert "Fewer than 5 learners: nothing is shown" in told and "Learner " not in told


def test_its_queries_do_not_grow_with_the_cohort(ivys: Client, people: list[User]) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            ivys.get(PAGE)
        return len(queries)

    ivys.get(PAGE)
    many = cost()
    Membership.objects.filter(user__in=people[2:]).delete()
    assert many - 1 <= cost() <= many <= 12


def test_it_is_the_instructors(alice: User, otto: User) -> None:
    assert signed_in(alice).get(PAGE).status_code == 403
    assert signed_in(otto).get(PAGE).status_code == 404
