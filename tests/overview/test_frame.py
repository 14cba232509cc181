"""What stands around every page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.builders import make_instructor, make_judged, make_learner, signed_in
from tests.markup import close_up

pytestmark = pytest.mark.usefixtures("mini_course")


def _nav(page: str) -> list[str]:
    nav = re.search(r'<nav class="nav".*?</nav>', page, re.DOTALL)
    assert nav is not None
    return re.findall(r">([A-Za-z]+)</a>", nav[0])


def test_a_visitor_finds_the_way_to_everything_that_is_open(client: Client) -> None:
    page = client.get("/guardrails/").content.decode()
    own = ["Overview", "Chapters", "Questions", "Scenarios", "Playground", "Guardrails", "Progress"]
    assert _nav(page) == own
    assert 'href="/accounts/login/?next=%2Fguardrails%2F"' in page
    for address in ("/search/", "/lessons/glossary/", "/help/keyboard/", "/help/accessibility/"):
        assert f'href="{address}"' in page


@pytest.mark.django_db
def test_cohorts_are_offered_to_those_who_may_have_one() -> None:
    assert "Cohorts" not in _nav(signed_in(make_learner("alice")).get("/guardrails/").content.decode())
    assert "Cohorts" in _nav(signed_in(make_instructor("ivy")).get("/guardrails/").content.decode())


def test_the_current_page_is_marked_and_so_is_the_part_it_belongs_to(client: Client) -> None:
    assert 'href="/guardrails/" aria-current="page"' in client.get("/guardrails/").content.decode()
    assert (
        'href="/guardrails/" aria-current="true"' in client.get("/guardrails/kube-context/").content.decode()
    )


def test_a_visitors_pipeline_is_open_from_end_to_end(client: Client) -> None:
    page = close_up(client.get("/guardrails/").content.decode())
    assert page.count('<li data-state="open"><a href="/pipeline/') == 2
    assert 'aria-current="step"' not in page


@pytest.mark.django_db
def test_the_spine_shows_what_a_learner_cleared_and_where_they_are() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", "met")
    page = close_up(signed_in(alice).get("/guardrails/").content.decode())
    assert '<li data-state="cleared" data-flow="full"><a href="/pipeline/workstation/">' in page
    assert '<li data-state="open" aria-current="step"><a href="/pipeline/cluster/">' in page
    assert 'Cleared<span class="vh">, 2 of 2 criteria met</span>' in page


@pytest.mark.django_db
def test_the_frame_costs_a_learner_two_queries_besides_the_session(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    browser = signed_in(make_learner("alice"))
    browser.get("/guardrails/")
    with django_assert_num_queries(4):  # session, person, standings, cohorts
        browser.get("/guardrails/")


@pytest.mark.django_db
def test_the_theme_a_person_chose_is_in_the_page_from_the_start() -> None:
    page = signed_in(make_learner("alice", theme="dark")).get("/guardrails/").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert 'aria-label="Theme: dark. Change to system"' in page


def test_a_visitors_theme_is_kept_in_a_cookie_and_nonsense_there_is_ignored(client: Client) -> None:
    client.cookies["theme"] = "light"
    assert '<html lang="en" data-theme="light">' in client.get("/guardrails/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert '<html lang="en">' in client.get("/guardrails/").content.decode()


@pytest.mark.django_db
def test_single_keys_can_be_turned_off() -> None:
    page = signed_in(make_learner("alice", single_key_shortcuts=False)).get("/guardrails/").content.decode()
    assert 'data-single-keys="off"' in page


@pytest.mark.django_db
def test_a_name_is_shown_as_text() -> None:
    alice = make_learner("alice")
    alice.name = "<b>Alice</b>"
    alice.save()
    page = signed_in(alice).get("/guardrails/").content.decode()
    assert "&lt;b&gt;Alice&lt;/b&gt;" in page
    assert "<b>Alice</b>" not in page


def test_pages_hold_no_inline_script_or_style(client: Client) -> None:
    for path in (
        "/",
        "/guardrails/",
        "/lessons/chapter-01/",
        "/pipeline/",
        "/search/?q=drift",
        "/help/keyboard/",
    ):
        page = client.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on", page)


@pytest.mark.parametrize("word", ["Review due", "coming soon"])
def test_what_does_not_exist_yet_is_not_announced(client: Client, word: str) -> None:
    for path in ("/", "/guardrails/", "/lessons/chapter-01/", "/help/keyboard/"):
        assert word.lower() not in client.get(path).content.decode().lower()


@pytest.mark.django_db
def test_a_name_cannot_ask_for_what_the_frame_fills_in() -> None:
    alice = make_learner("alice")
    alice.name = "[[csrf]]"
    alice.save()
    page = signed_in(alice).get("/guardrails/?q=[[name]]").content.decode()
    assert ">[[csrf]]</a>" in page
    assert 'name="next" value="/guardrails/?q=[[name]]"' in page
