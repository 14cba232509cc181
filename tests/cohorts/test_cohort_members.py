"""The page of people: the team and its roles, removing, a new name, a new code."""

import re

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import LastOwnerError, NotOwnerError, end_membership, give_role, hand_over
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Role
from tests.builders import signed_in
from tests.cohorts.conftest import crowd
from tests.markup import close_up

PAGE = "/cohorts/autumn-group/members/"


def seat(user: User) -> Membership | None:
    return Membership.objects.filter(user=user, cohort__slug="autumn-group").first()


def test_a_learner_is_removed(ivys: Client, alice: User, bob: User) -> None:
    ivys.post(PAGE, {"do": "remove", "member": seat(alice).pk})
    assert seat(alice) is None and seat(bob) is not None


def test_removing_somebody_takes_a_second_press(ivys: Client, cohort: Cohort, alice: User) -> None:
    page = close_up(ivys.get(PAGE).content.decode())
    asked = page.index('<summary>Remove<span class="vh"> Alice</span></summary>')
    assert asked < page.index(">Remove Alice</button></details>")


def test_somebody_of_another_cohort_is_not_removed(ivys: Client, cohort: Cohort, otto: User) -> None:
    theirs = Membership.objects.get(user=otto)
    assert ivys.post(PAGE, {"do": "remove", "member": theirs.pk}).status_code == 404
    assert Membership.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("member", ["", "x", "-1", "9" * 40, "0"])
def test_a_member_who_is_not_there_is_not_found(ivys: Client, cohort: Cohort, member: str) -> None:
    assert ivys.post(PAGE, {"do": "remove", "member": member}).status_code == 404


def test_a_colleague_becomes_an_instructor_by_address(ivys: Client, cohort: Cohort, otto: User) -> None:
    ivys.post(PAGE, {"do": "add-colleague", "email": "OTTO@example.org", "role": "instructor"})
    assert seat(otto).role == "instructor"
    assert signed_in(otto).get("/cohorts/autumn-group/").status_code == 200


def test_a_learner_can_become_an_instructor(ivys: Client, alice: User) -> None:
    ivys.post(PAGE, {"do": "add-colleague", "email": alice.email, "role": "instructor"})
    assert seat(alice).role == "instructor"


def test_an_address_without_account_is_refused_in_its_field(ivys: Client, cohort: Cohort) -> None:
    response = ivys.post(PAGE, {"do": "add-colleague", "email": "nobody@example.org", "role": "observer"})
    assert response.status_code == 422
    assert "Nobody here uses this address" in response.content.decode()


def test_the_last_owner_can_neither_leave_nor_step_back(
    ivys: Client, cohort: Cohort, ivy: User, otto: User
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.INSTRUCTOR, by=ivy)
    ivys.post(PAGE, {"do": "remove", "member": seat(ivy).pk})
    page = ivys.post(PAGE, {"do": "change-role", "member": seat(ivy).pk, "role": "observer"}, follow=True)
    assert "You’re the only owner." in page.content.decode()
    assert seat(ivy).role == "owner"


def test_an_owner_leaves_where_another_stays(ivys: Client, ivy: User, alice: User) -> None:
    ivys.post(PAGE, {"do": "add-colleague", "email": alice.email, "role": "owner"})
    response = ivys.post(PAGE, {"do": "remove", "member": seat(ivy).pk})
    assert response.headers["Location"] == "/cohorts/"
    assert seat(ivy) is None


def test_a_new_name_keeps_the_address(ivys: Client, cohort: Cohort) -> None:
    ivys.post(PAGE, {"do": "rename", "name": "Winter group"})
    cohort.refresh_from_db()
    assert (cohort.name, cohort.slug) == ("Winter group", "autumn-group")


def test_a_new_code_replaces_the_old_one(ivys: Client, cohort: Cohort) -> None:
    old = cohort.join_code
    ivys.post(PAGE, {"do": "renew-code"})
    cohort.refresh_from_db()
    assert cohort.join_code != old
    assert cohort.join_code in ivys.get(PAGE).content.decode()


def test_fifty_learners_stand_on_a_page(ivys: Client, cohort: Cohort) -> None:
    crowd(cohort, 60)
    first, second = (ivys.get(f"{PAGE}?page={n}").content.decode() for n in (1, 2))
    assert (first.count('class="people__name"'), second.count('class="people__name"')) == (50, 10)
    assert "60 in all" in first and "1 to 50 of 60" in first and "51 to 60 of 60" in second
    assert 'href="?page=2#learners"' in first


def test_a_learner_is_found_by_name_or_address(ivys: Client, cohort: Cohort) -> None:
    crowd(cohort, 60)
    page = ivys.get(f"{PAGE}?q=PERSON-059@").content.decode()
    assert re.findall(r'class="people__name"[^>]*>([^<]+)', page) == ["Person-059"]
    assert "is called that" in ivys.get(f"{PAGE}?q=zzz").content.decode()


def test_after_removing_somebody_the_same_page_is_shown(ivys: Client, cohort: Cohort) -> None:
    gone = crowd(cohort, 60)[-1]
    page = ivys.get(f"{PAGE}?page=2").content.decode()
    assert f'action="{PAGE}?page=2"' in page
    response = ivys.post(f"{PAGE}?page=2", {"do": "remove", "member": seat(gone).pk})
    assert response.headers["Location"] == f"{PAGE}?page=2"


def test_an_unknown_change_changes_nothing(ivys: Client, cohort: Cohort) -> None:
    assert ivys.post(PAGE, {"do": "explode"}).status_code == 422


def test_a_learner_made_an_owner_meanwhile_still_counts_as_the_last(
    cohort: Cohort, ivy: User, alice: User
) -> None:
    seen_as_a_learner = Membership.objects.get(cohort=cohort, user=alice)
    give_role(cohort=cohort, user_id=alice.pk, role=Role.OWNER, by=ivy)
    end_membership(membership=Membership.objects.get(cohort=cohort, user=ivy), by=ivy)
    with pytest.raises(LastOwnerError):
        end_membership(membership=seen_as_a_learner, by=ivy)


@pytest.mark.parametrize("role", ["owner", "instructor", "assistant", "observer"])
def test_an_owner_changes_a_role(ivys: Client, cohort: Cohort, ivy: User, otto: User, role: str) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.ASSISTANT, by=ivy)
    ivys.post(PAGE, {"do": "change-role", "member": seat(otto).pk, "role": role})
    assert seat(otto).role == role


@pytest.mark.parametrize("role", ["learner", "", "emperor"])
def test_nobody_is_made_a_learner_by_somebody_else(
    ivys: Client, cohort: Cohort, ivy: User, otto: User, role: str
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.OBSERVER, by=ivy)
    member = seat(otto).pk
    assert ivys.post(PAGE, {"do": "change-role", "member": member, "role": role}).status_code == 422
    added = {"do": "add-colleague", "email": "otto@example.org", "role": role}
    assert ivys.post(PAGE, added).status_code == 422
    assert seat(otto).role == "observer"


def test_an_owner_hands_the_cohort_over_and_stays_as_an_instructor(
    ivys: Client, cohort: Cohort, ivy: User, otto: User
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.OBSERVER, by=ivy)
    ivys.post(PAGE, {"do": "hand-over", "member": seat(otto).pk})
    assert (seat(ivy).role, seat(otto).role) == ("instructor", "owner")
    assert ivys.post(PAGE, {"do": "hand-over", "member": seat(otto).pk}).status_code == 403


def test_whoever_was_an_owner_a_moment_ago_hands_nothing_over(
    cohort: Cohort, ivy: User, otto: User, alice: User
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.OWNER, by=ivy)
    seen_as_an_owner = seat(ivy)
    give_role(cohort=cohort, user_id=ivy.pk, role=Role.OBSERVER, by=otto)
    with pytest.raises(NotOwnerError):
        hand_over(owner=seen_as_an_owner, to=seat(alice), by=ivy)


@pytest.mark.parametrize("do", ["add-colleague", "change-role", "hand-over", "remove"])
def test_an_instructor_manages_learners_and_no_roles(
    cohort: Cohort, ivy: User, otto: User, alice: User, do: str
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.INSTRUCTOR, by=ivy)
    ottos = signed_in(otto)
    asked = {"do": do, "member": seat(ivy).pk, "role": "observer", "email": alice.email}
    assert ottos.post(PAGE, asked).status_code == 403
    assert (seat(ivy).role, seat(alice).role) == ("owner", "learner")
    assert 'value="change-role"' not in ottos.get(PAGE).content.decode()
    ottos.post(PAGE, {"do": "remove", "member": seat(alice).pk})
    assert seat(alice) is None


def test_an_owner_who_becomes_an_observer_lands_where_observers_may_be(
    ivys: Client, cohort: Cohort, ivy: User, otto: User
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.OWNER, by=ivy)
    page = ivys.post(PAGE, {"do": "change-role", "member": seat(ivy).pk, "role": "observer"}, follow=True)
    assert page.redirect_chain == [("/cohorts/autumn-group/", 302)]
    assert page.status_code == 200
