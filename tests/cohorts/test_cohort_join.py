"""Joining by link or code, and leaving again."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import give_role, renew_join_code
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Role
from tests.builders import PASSWORD, make_learner, signed_in


@pytest.fixture
def sam(cohort: Cohort) -> User:
    return make_learner("sam")


def link(cohort: Cohort) -> str:
    return f"/cohorts/join/{cohort.join_code}/"


def test_the_link_says_what_joining_shares_and_joins_nobody(cohort: Cohort, sam: User) -> None:
    page = signed_in(sam).get(link(cohort)).content.decode()
    assert "Instructors of this cohort will see your answers and verdicts" in page
    assert "Ivy" in page
    assert not Membership.objects.filter(user=sam).exists()


def test_a_learner_joins(cohort: Cohort, sam: User) -> None:
    response = signed_in(sam).post(link(cohort), follow=True)
    assert "You joined Autumn group." in response.content.decode()
    assert Membership.objects.get(user=sam).role == "learner"


def test_joining_twice_changes_nothing(cohort: Cohort, sam: User, ivy: User) -> None:
    for person in (sam, sam, ivy):
        signed_in(person).post(link(cohort))
    assert Membership.objects.filter(user=sam).count() == 1
    assert Membership.objects.get(user=ivy).role == "owner", "an owner stays one"


@pytest.mark.parametrize("typed", ["{}", "{} ", " {}", "{}.lower", "{}.bare", "{}.spaced"])
def test_a_code_may_be_typed_in_many_ways(cohort: Cohort, sam: User, typed: str) -> None:
    code = cohort.join_code
    ways = {"{}.lower": code.lower(), "{}.bare": code.replace("-", ""), "{}.spaced": code.replace("-", " ")}
    response = signed_in(sam).post("/cohorts/join/", {"code": ways.get(typed, typed.format(code))})
    assert response.headers["Location"] == link(cohort)


@pytest.mark.parametrize("code", ["", "AAAA-AAAA", "nonsense", "x" * 30])
def test_a_wrong_code_is_refused_in_its_field(sam: User, code: str) -> None:
    response = signed_in(sam).post("/cohorts/join/", {"code": code})
    assert response.status_code == 422
    assert 'id="id_code_error"' in response.content.decode()


def test_a_link_with_an_old_code_leads_nowhere(cohort: Cohort, ivy: User, sam: User) -> None:
    old = link(cohort)
    renew_join_code(cohort=cohort, by=ivy)
    response = signed_in(sam).get(old)
    assert response.status_code == 404
    assert "leads to no cohort" in response.content.decode()
    assert signed_in(sam).post(old).status_code == 404


def test_whoever_is_not_signed_in_comes_back_to_the_link(client: Client, cohort: Cohort, sam: User) -> None:
    asked = client.get(link(cohort)).headers["Location"]
    assert asked == f"/accounts/login/?next={link(cohort)}"
    back = client.post("/accounts/login/", {"login": sam.email, "password": PASSWORD, "next": link(cohort)})
    assert back.headers["Location"] == link(cohort)


def test_nobody_tries_codes_without_end(sam: User) -> None:
    browser = signed_in(sam)
    seen = {browser.get(f"/cohorts/join/AAAA-{n:04}/").status_code for n in range(61)}
    assert seen == {404, 429}


def test_a_learner_leaves_and_can_join_again(cohort: Cohort, sam: User) -> None:
    browser = signed_in(sam)
    browser.post(link(cohort))
    response = browser.post("/cohorts/autumn-group/leave/", follow=True)
    assert "You left Autumn group" in response.content.decode()
    assert not Membership.objects.filter(user=sam).exists()
    browser.post(link(cohort))
    assert Membership.objects.filter(user=sam).exists()


def test_looking_at_the_address_of_leaving_leaves_nothing(cohort: Cohort, alice: User) -> None:
    assert signed_in(alice).get("/cohorts/autumn-group/leave/").status_code == 405
    assert signed_in(make_learner("sam")).post("/cohorts/autumn-group/leave/").status_code == 404


def test_the_last_owner_cannot_leave(ivys: Client, ivy: User, cohort: Cohort, otto: User) -> None:
    response = ivys.post("/cohorts/autumn-group/leave/", follow=True)
    assert "only owner" in response.content.decode()
    assert Membership.objects.filter(user=ivy).exists()
    give_role(cohort=cohort, user_id=otto.pk, role=Role.OWNER, by=ivy)
    ivys.post("/cohorts/autumn-group/leave/")
    assert not Membership.objects.filter(user=ivy).exists()


def test_an_owner_who_opens_the_invitation_is_led_to_the_cohort(ivys: Client, cohort: Cohort) -> None:
    page = ivys.get(link(cohort)).content.decode()
    assert "You’re an owner of this cohort." in page and "What it shares" not in page
    assert 'href="/cohorts/autumn-group/">Open the cohort' in page
