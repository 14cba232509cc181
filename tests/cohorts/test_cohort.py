"""The cohort page: figures, heat map, what is missed, who has gone quiet, and its cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from checkpoint.accounts.models import User
from checkpoint.cohorts.misses import share
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.library import get_library
from checkpoint.scenarios.models import Run
from checkpoint.selfcheck.models import Attempt, Standing
from tests.builders import make_judged, make_played
from tests.cohorts.conftest import crowd
from tests.markup import close_up

PAGE = "/cohorts/autumn-group/"
HALF = {"Q1.1": "met", "Q1.2": "missing"}


def cells(page: str) -> dict[str, tuple[str, str]]:
    """Learner -> heat and text of the first question's cell."""
    rows = re.findall(
        r'<th scope="row"><a href="learners/\d+/[^"]*">([^<]+)</a></th><td data-h="(.)">(.*?)</td>', page
    )
    return {name: (heat, re.sub("<[^>]+>", "", cell)) for name, heat, cell in rows}


def test_each_cell_says_how_many_criteria_the_latest_answer_met(ivys: Client, alice: User, bob: User) -> None:
    make_judged(alice, "target", "missing", days_ago=3)
    make_judged(alice, "target", HALF, days_ago=2)
    assert cells(ivys.get(PAGE).content.decode()) == {"Alice": ("1", "1/2"), "Bob": ("x", "–")}


def test_a_cell_leads_to_the_answer_and_names_it(ivys: Client, alice: User) -> None:
    given = make_judged(alice, "target", HALF)
    page = ivys.get(PAGE).content.decode()
    assert f'href="attempts/{given.attempt_id}/" aria-label="Alice, Q1, 1 of 2 met"' in page


def test_what_is_not_decided_is_marked(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "unscored"})
    page = ivys.get(PAGE).content.decode()
    assert cells(page)["Alice"] == ("q", "1/2 ?")
    assert "Alice, Q1, 1 of 2 met, not all decided" in page


def test_figures_count_people_and_answers_beside_the_week_before(
    ivys: Client, alice: User, bob: User
) -> None:
    make_judged(alice, "target", days_ago=1)
    make_judged(bob, "target", HALF, days_ago=2)
    make_judged(bob, "target", HALF, days_ago=9)
    for days in (1, 2, 9):
        make_played(bob, "wrong-target", started_at=timezone.now() - timedelta(days=days))
    figures = re.findall(r'<dd class="num">(\d+) <small>([^<]*)', ivys.get(PAGE).content.decode())
    assert figures == [
        ("1", "of 2, 1 more than a week ago"),
        ("3", "of 4, 2 more than a week ago"),
        ("2", "1 more than the week before"),
        ("2", "1 more than the week before"),
    ]


def test_whoever_fell_below_all_cleared_is_counted_back(ivys: Client, alice: User) -> None:
    make_judged(alice, "target", days_ago=9)
    make_judged(alice, "target", HALF, days_ago=1)
    figures = re.findall(r'<dd class="num">(\d+) <small>([^<]*)', ivys.get(PAGE).content.decode())
    assert figures[:2] == [("0", "of 1, 1 fewer than a week ago"), ("1", "of 2, 1 fewer than a week ago")]


def test_the_most_missed_criteria_come_first_in_words_for_a_small_group(
    ivys: Client, alice: User, bob: User
) -> None:
    make_judged(alice, "target", {"Q1.1": "partial", "Q1.2": "missing"})
    make_judged(bob, "target", HALF)
    page = close_up(ivys.get(PAGE).content.decode())
    rows = re.findall(r'href="[?]missed=[^>]*>([^<]+).*?<td class="r">([^<]+)', page)
    assert rows == [("Says why", "2 of 2"), ("Says when", "1 of 2")]
    assert 'class="bar__fill" width="100"' in page


def test_goals_that_no_run_met_are_missed(ivys: Client, alice: User, bob: User) -> None:
    make_played(alice, "wrong-target", met=["scaled"])
    make_played(alice, "wrong-target", met=["told"])
    make_played(bob, "wrong-target", met=["scaled"])
    page = close_up(ivys.get(PAGE).content.decode())
    rows = re.findall(r'href="[?]goal=([^"#]*).*?<td class="r">([^<]+)', page)
    assert rows == [("wrong-target.told", "1 of 2")]
    assert list(cells(ivys.get(f"{PAGE}?goal=wrong-target.told").content.decode())) == ["Bob"]


def test_a_cell_of_a_scenario_says_what_the_latest_run_came_to(ivys: Client, alice: User, bob: User) -> None:
    old = make_played(alice, "wrong-target", met=["scaled", "told"], shared=True)
    Run.objects.filter(pk=old.pk).update(touched_at=timezone.now() - timedelta(days=1))
    new = make_played(alice, "wrong-target", met=["scaled"], broken=["looked"], shared=True)
    make_played(bob, "wrong-target", met=["scaled"], finished_at=timezone.now())
    page = ivys.get(PAGE).content.decode()
    label = "Alice, S1, 1 of 2 goals met, rule broken, going on"
    assert f'<a href="runs/{new.pk}/steps/0/" aria-label="{label}">1/2 !</a>' in page
    own = f'<a href="learners/{bob.pk}/" aria-label="Bob, S1, 1 of 2 goals met, not shared">1/2</a>'
    assert own in page


def test_percentages_are_for_groups_of_ten_or_more() -> None:
    assert (share(1, 9), share(1, 10), share(10, 30)) == ("1 of 9", "10%", "33%")


def test_a_wrong_idea_that_two_share_is_named_with_its_count(ivys: Client, alice: User, bob: User) -> None:
    make_judged(alice, "target", HALF, misconceptions={"Q1.X1": ((0, 3),)})
    assert "No wrong idea is shared" in ivys.get(PAGE).content.decode()
    make_judged(bob, "target", HALF, misconceptions={"Q1.X1": ((0, 3),)})
    page = ivys.get(PAGE).content.decode()
    assert "The prompt of the shell shows the right context." in page
    assert "2 of 2 learners" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Alice", "Bob"]),
        ("?q=ALI", ["Alice"]),
        ("?q=bob@example", ["Bob"]),
        ("?show=ready", ["Alice"]),
        ("?show=open", ["Bob"]),
        ("?missed=Q1.2", ["Bob"]),
        ("?has=Q1.X1", ["Bob"]),
        ("?sort=readiness", ["Bob", "Alice"]),
        ("?skill=look-first", ["Bob"]),
        ("?skill=tell", ["Alice", "Bob"]),
        ("?stage=workstation", ["Bob"]),
        ("?goal=x.y&skill=x&stage=x", ["Alice", "Bob"]),
        ("?sort=nonsense&show=nonsense&page=99&missed=x", ["Alice", "Bob"]),
        ("?page=-1", ["Alice", "Bob"]),
    ],
)
def test_the_table_is_narrowed_and_ordered_by_its_address(
    ivys: Client, alice: User, bob: User, query: str, found: list[str]
) -> None:
    make_judged(alice, "target")
    make_played(alice, "wrong-target", met=["scaled"])
    make_judged(bob, "target", {"Q1.2": "missing"}, misconceptions={"Q1.X1": ((0, 3),)})
    assert list(cells(ivys.get(PAGE + query).content.decode())) == found


def test_nobody_like_that_is_said(ivys: Client, alice: User) -> None:
    page = ivys.get(f"{PAGE}?q=zzz").content.decode()
    assert "No learner of this cohort is like that" in page


def test_fifty_learners_stand_on_a_page(ivys: Client, cohort: Cohort) -> None:
    crowd(cohort, 60)
    first, second = (ivys.get(f"{PAGE}?page={n}").content.decode() for n in (1, 2))
    assert (len(cells(first)), len(cells(second))) == (50, 10)
    assert "1 to 50 of 60" in first and 'href="?page=2"' in first
    assert "51 to 60 of 60" in second


def test_htmx_gets_the_table_alone_where_it_asks_for_it(ivys: Client, alice: User) -> None:
    part = ivys.get(PAGE, headers={"HX-Request": "true", "HX-Target": "learners"}).content.decode()
    assert part.lstrip().startswith('<section class="row row--wide" id="learners"')
    assert "Most missed" not in part


@pytest.mark.parametrize(
    "query", ["", "?sort=readiness", "?missed=Q1.2", "?has=Q1.X1&page=2", "?names=hidden&sort=help"]
)
def test_the_number_of_queries_does_not_grow_with_the_cohort(
    ivys: Client, cohort: Cohort, query: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            ivys.get(PAGE + query)
        return len(queries)

    people = crowd(cohort, 65)
    for person in people:
        make_judged(person, "target", HALF, misconceptions={"Q1.X1": ((0, 3),)})
        make_played(person, "wrong-target", met=["scaled"])
    ivys.get(PAGE)
    many = cost()
    Membership.objects.filter(user__in=people[5:]).delete()
    assert cost() == many <= 11


@pytest.mark.parametrize("query", ["", "?names=hidden&show=open&sort=readiness&page=2"])
def test_the_page_of_five_hundred_learners_stays_small(
    ivys: Client, cohort: Cohort, settings: Settings, query: str
) -> None:
    """Everybody has answered every question and shares a run of every scenario."""
    settings.LESSONS_DIR = settings.BASE_DIR / "lessons"
    course, scenarios = get_library().questions, get_library().scenarios
    people = User.objects.bulk_create(
        User(email=f"person-{number}@example.org", name=f"Person {number} with quite a long name")
        for number in range(500)
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, user=person) for person in people)
    Standing.objects.bulk_create(
        Standing(
            user_id=attempt.user_id,
            question=attempt.question,
            attempt=attempt,
            level="revisit",
            outcomes={c.id: "missing" for c in course[attempt.question].required},
            misconceptions=[],
            confidence=3,
            attempts=1,
            at=attempt.at,
        )
        for attempt in Attempt.objects.bulk_create(
            Attempt(user=person, question=slug, number=1) for person in people for slug in course
        )
    )
    Run.objects.bulk_create(
        Run(user=person, scenario=slug, seed="1", shared=True, broken=["any"], finished_at=timezone.now())
        for person in people
        for slug in scenarios
    )
    page = ivys.get(PAGE + query).content
    assert page.count(b"certain and wrong") >= 50 * len(course)
    assert page.count(b"/steps/0/") >= 50 * len(scenarios)
    assert len(page) <= 150_000


def test_an_empty_cohort_offers_its_link(ivys: Client, cohort: Cohort) -> None:
    page = ivys.get(PAGE).content.decode()
    assert "Nobody has joined yet" in page
    assert f"http://testserver/cohorts/join/{cohort.join_code}/" in page
    assert "answers.csv" not in page


def test_a_learners_name_is_shown_as_text(ivys: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(name='<img src=x onerror="alert(1)">')
    assert "<img" not in ivys.get(PAGE).content.decode()


def test_the_way_back_leads_to_the_same_table(ivys: Client, alice: User) -> None:
    attempt = make_judged(alice, "target", HALF).attempt_id
    for path in (f"attempts/{attempt}/", f"learners/{alice.pk}/"):
        came = {"Referer": f"http://testserver{PAGE}?q=ali&show=open"}
        page = ivys.get(PAGE + path, headers=came).content.decode()
        assert f'href="{PAGE}?q=ali&amp;show=open#learners"' in page
        elsewhere = {"Referer": f"http://elsewhere.example{PAGE}?show=open"}
        assert f'href="{PAGE}#learners"' in ivys.get(PAGE + path, headers=elsewhere).content.decode()
