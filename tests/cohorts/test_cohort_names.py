"""The cohort without names: pseudonyms everywhere, nothing about fewer than five."""

import re

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort
from tests.builders import make_judged, make_played, make_run
from tests.cohorts.conftest import crowd

PAGE = "/cohorts/autumn-group/"
HIDDEN = "?names=hidden"


@pytest.fixture
def people(cohort: Cohort) -> list[User]:
    people = crowd(cohort, 6)
    for person in people:
        make_judged(person, "target", "missing", confidence=3, misconceptions={"Q1.X1": ((0, 3),)})
    return people


def test_no_name_and_no_address_is_left(ivys: Client, people: list[User]) -> None:
    make_run(people[0], shared=True)
    page = ivys.get(PAGE + HIDDEN).content.decode()
    assert not any(person.name in page or person.email in page for person in people)
    assert len(set(re.findall(r"Learner [A-Z2-9]{5}", page))) == 6


def test_pseudonyms_stay_the_same(ivys: Client, people: list[User]) -> None:
    first, second = (ivys.get(PAGE + HIDDEN).content.decode() for _ in range(2))
    assert re.findall(r"Learner \w{5}", first) == re.findall(r"Learner \w{5}", second)


def test_every_link_of_the_cohort_keeps_them(ivys: Client, people: list[User]) -> None:
    make_run(people[0], shared=True)
    page = ivys.get(f"{PAGE}{HIDDEN}&show=open").content.decode()
    main = page[page.index('<div id="cohort">') :]
    links = re.findall(r'href="((?:learners|attempts|runs|brief)/[^"]*|\?[^"]*)"', main)
    revealing = [link for link in links if "names=hidden" not in link]
    assert len(links) > 12 and revealing == ["?show=open"], "only the link that says so shows names"


def test_pages_behind_the_links_keep_them_too(ivys: Client, people: list[User]) -> None:
    person, run = people[0], make_run(people[0], shared=True)
    attempt = make_judged(person, "target").attempt_id
    for path in (f"learners/{person.pk}/", f"attempts/{attempt}/", f"runs/{run.pk}/steps/1/"):
        page = ivys.get(f"{PAGE}{path}{HIDDEN}").content.decode()
        assert person.name not in page and person.email not in page, path
        assert f"{PAGE}{HIDDEN}#learners" in page, path
        links = re.findall(
            r'href="((?:\.\./\d|/cohorts/autumn-group/(?:learners|attempts|runs))[^"]*)"', page
        )
        assert all("names=hidden" in link for link in links), path
    moved = ivys.get(f"{PAGE}runs/{run.pk}/steps/0/{HIDDEN}&step=1")
    assert moved.url.endswith(f"/steps/1/{HIDDEN}")


def test_a_name_finds_nobody_and_orders_nobody(ivys: Client, people: list[User]) -> None:
    page = ivys.get(f"{PAGE}{HIDDEN}&q={people[0].name}").content.decode()
    names = re.findall(r'<th scope="row"><a[^>]*>(Learner \w{5})', page)
    assert len(names) == 6 and names == sorted(names)
    assert 'name="q"' not in page


def test_a_filter_that_leaves_fewer_than_five_shows_nobody(ivys: Client, people: list[User]) -> None:
    for person in people[:2]:
        make_judged(person, "target", answer="All of it.")
    few = ivys.get(f"{PAGE}{HIDDEN}&show=open").content.decode()
    assert "Fewer than 5 learners are like that; hidden while names are." in few
    assert '<table class="heat">' not in few
    assert '<table class="heat">' in ivys.get(f"{PAGE}?show=open").content.decode()


def test_figures_from_fewer_than_five_are_hidden(ivys: Client, people: list[User]) -> None:
    for person in people[:4]:
        make_played(person, "wrong-target", met=["scaled"])
    assert "wrong-target.told" in ivys.get(PAGE).content.decode().partition('id="missed"')[2]
    hidden = ivys.get(PAGE + HIDDEN).content.decode().partition('id="missed"')[2]
    assert "goal=wrong-target.told" not in hidden
    assert "1 more: fewer than 5 tried; hidden." in hidden


def test_a_cohort_of_fewer_than_five_shows_nothing_without_names(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", "missing", confidence=3)
    page = ivys.get(PAGE + HIDDEN).content.decode()
    assert "Fewer than 5 learners: nothing is shown without their names" in page
    assert "Learner " not in page and 'class="figures"' not in page
