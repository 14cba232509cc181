"""My cohorts: what is listed, and making a new one."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort
from checkpoint.cohorts.models import Cohort, Membership, new_code
from checkpoint.cohorts.queries import has_cohorts
from tests.builders import make_instructor, make_learner, signed_in

PAGE = "/cohorts/"


def test_an_instructor_makes_a_cohort_and_lands_on_its_page(ivys: Client, ivy: User) -> None:
    response = ivys.post(PAGE, {"name": "Winter group"})
    assert response.headers["Location"] == "/cohorts/winter-group/"
    cohort = Cohort.objects.get()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", cohort.join_code)
    assert Membership.objects.get().role == "owner"
    assert cohort.join_code in ivys.get(response.headers["Location"]).content.decode()


def test_a_learner_makes_none(alice: User) -> None:
    assert signed_in(alice).post(PAGE, {"name": "Mine"}).status_code == 403
    assert "Make one" not in signed_in(alice).get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["Join", " RUNS ", "join!"])
def test_a_name_that_would_take_an_address_of_ours_is_refused(ivys: Client, name: str) -> None:
    response = ivys.post(PAGE, {"name": name})
    assert response.status_code == 422
    assert "Choose another name" in response.content.decode()
    assert not Cohort.objects.exists()


@pytest.mark.parametrize("slug", ["join", "runs"])
def test_the_database_refuses_a_reserved_slug(db: None, slug: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.create(name="x", slug=slug)


def test_an_empty_name_is_refused_with_a_message(ivys: Client) -> None:
    assert ivys.post(PAGE, {"name": " \t "}).status_code == 422


def test_equal_names_get_addresses_of_their_own(ivy: User) -> None:
    slugs = [create_cohort(by=ivy, name="Autumn group").slug for _ in range(3)]
    assert slugs == ["autumn-group", "autumn-group-2", "autumn-group-3"]


def test_a_name_without_latin_letters_gets_an_address(ivy: User) -> None:
    assert create_cohort(by=ivy, name="秋のグループ").slug == "cohort"


def test_a_learner_sees_the_cohort_without_a_link_into_it(cohort: Cohort, alice: User) -> None:
    page = signed_in(alice).get(PAGE).content.decode()
    assert "Autumn group" in page
    assert 'href="/cohorts/autumn-group/"' not in page
    assert 'action="/cohorts/autumn-group/leave/"' in page


def test_the_navigation_asks_one_question(cohort: Cohort, alice: User, django_assert_num_queries) -> None:
    stranger = make_learner("sam")
    with django_assert_num_queries(2):
        assert has_cohorts(alice) and not has_cohorts(stranger)


def test_codes_are_not_guessable() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not any(letter in code for code in codes for letter in "01IOL")


def test_a_name_is_shown_as_text(ivys: Client) -> None:
    ivys.post(PAGE, {"name": "<b onmouseover=alert(1)>"})
    assert "<b onmouseover" not in ivys.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_cohorts_of_one_name_made_at_the_same_moment_get_addresses_of_their_own() -> None:
    ivy, start = make_instructor("ivy"), Barrier(4)

    def make() -> str:
        try:
            start.wait()
            return create_cohort(by=ivy, name="Same").slug
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        slugs = [made.result() for made in [people.submit(make) for _ in range(4)]]
    assert sorted(slugs) == ["same", "same-2", "same-3", "same-4"]
