"""Who to help first on the cohort page: fixed rules, a fixed order, the reasons in words."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort, Membership
from tests.builders import make_judged
from tests.cohorts.conftest import crowd
from tests.cohorts.test_cohort import cells

PAGE = "/cohorts/autumn-group/"
NONE, ONE, BOTH = {"Q1.1": "missing"}, {"Q1.1": "met", "Q1.2": "missing"}, "met"


def part(page: str, name: str) -> str:
    """A section's words."""
    section = page[page.index(f'id="{name}"') :]
    section = section[: section.index("</section>")]
    return " ".join(re.sub("<[^>]+>", " ", section).split())


def helped(ivys: Client, query: str = "") -> str:
    return part(ivys.get(PAGE + query).content.decode(), "help")


def answered(person: User, *tries: object, sure: int | None = None, **verdict: object) -> None:
    for days_ago, outcomes in zip(range(len(tries), 0, -1), tries, strict=True):
        words = f"The words of {days_ago}."
        make_judged(
            person, "target", outcomes, answer=words, days_ago=days_ago / 10, confidence=sure, **verdict
        )


def test_three_answers_without_rising_are_stuck(ivys: Client, alice: User) -> None:
    answered(alice, ONE, NONE, ONE)
    assert "Stuck: the last three answers to Q1 met 1, 0 and 1 of 2 criteria." in helped(ivys)


def test_whoever_rose_or_cleared_it_is_not_stuck(ivys: Client, alice: User, bob: User) -> None:
    answered(alice, NONE, NONE, ONE)
    answered(bob, ONE, ONE, BOTH)
    assert "Nobody" in helped(ivys)


def test_two_answers_are_not_stuck_yet(ivys: Client, alice: User) -> None:
    answered(alice, ONE, ONE)
    assert "Nobody" in helped(ivys)


def test_meeting_fewer_criteria_than_before_is_falling_back(ivys: Client, alice: User) -> None:
    answered(alice, ONE, NONE)
    assert "Fell back: the latest answer to Q1 met 0 of 2 criteria, the one before 1." in helped(ivys)


def test_a_wrong_idea_held_with_certainty_is_named(ivys: Client, alice: User, bob: User) -> None:
    answered(alice, ONE, sure=3, misconceptions={"Q1.X1": ((0, 3),)})
    answered(bob, ONE, sure=2, misconceptions={"Q1.X1": ((0, 3),)})
    assert "Alice Certain and wrong: on Q1, says: The prompt of the shell shows the right" in helped(ivys)
    assert "Bob" not in helped(ivys)


def test_the_opposite_of_a_criterion_and_a_low_answer_are_wrong_too(
    ivys: Client, alice: User, bob: User
) -> None:
    answered(alice, {"Q1.1": "met", "Q1.2": "contradicted"}, sure=3)
    answered(bob, NONE, sure=3)
    assert "on Q1, says the opposite of “Says why”." in helped(ivys)
    assert "on Q1, with 0 of 2 criteria met." in helped(ivys)


def test_an_incomplete_answer_is_not_wrong_by_being_certain(ivys: Client, alice: User) -> None:
    answered(alice, ONE, sure=3)
    assert "Nobody" in helped(ivys)


def test_gone_quiet_says_since_when_and_how_far_they_got(ivys: Client, alice: User) -> None:
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=30))
    make_judged(alice, "target", days_ago=8)
    assert re.search(r"Gone quiet: last here \w{3} \d+ \w{3}, with every question cleared", helped(ivys))
    User.objects.filter(pk=alice.pk).update(last_seen_on=timezone.localdate())
    assert "Nobody" in helped(ivys)


def test_people_come_in_the_order_of_their_reasons_and_once(ivys: Client, cohort: Cohort) -> None:
    quiet, fell, sure, stuck = crowd(cohort, 4)
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=30))
    answered(fell, ONE, NONE)
    answered(sure, NONE, sure=3)
    answered(stuck, NONE, NONE, NONE, sure=3)
    page = ivys.get(PAGE).content.decode()
    names = re.findall(r'class="helped__name"[^>]*>([^<]+)', page[: page.index('id="learners"')])
    assert names == [stuck.name, sure.name, fell.name, quiet.name]
    assert "Stuck 1 Certain and wrong 2 Fell back 1 Gone quiet 1" in part(page, "help")
    assert list(cells(ivys.get(f"{PAGE}?sort=help").content.decode())) == names


def test_each_reason_filters_the_table(ivys: Client, cohort: Cohort) -> None:
    _, fell, sure, stuck = crowd(cohort, 4)
    answered(fell, ONE, NONE)
    answered(sure, NONE, sure=3)
    answered(stuck, NONE, NONE, NONE)

    def shown(show: str) -> list[str]:
        return list(cells(ivys.get(f"{PAGE}?show={show}").content.decode()))

    assert (shown("fell"), shown("certain"), shown("stuck")) == ([fell.name], [sure.name], [stuck.name])
