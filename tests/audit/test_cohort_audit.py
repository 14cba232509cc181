"""The page of the log: what it shows, how it is narrowed, what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.actions import end_membership, give_role
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.roles import Role
from tests.builders import signed_in
from tests.cohorts.conftest import crowd
from tests.markup import close_up

PAGE = "/cohorts/autumn-group/audit/"


def rows(page: str) -> list[tuple[str, str]]:
    """Who and what, as shown."""
    found = re.findall(r'data-l="Who">(.*?)</td><td data-l="What">(.*?)</td>', close_up(page))
    return [(who, re.sub("<[^>]+>", "", what)) for who, what in found]


def test_a_question_is_called_as_the_course_calls_it_and_one_that_is_gone_by_its_slug(
    ivys: Client, cohort: Cohort, ivy: User
) -> None:
    for subject in ("gone", "target"):
        record(cohort_id=cohort.pk, by=ivy, what="patch-made", subject=subject)
    told = [what for _, what in rows(ivys.get(PAGE).content.decode())]
    assert told[:2] == [
        "took away a patch for a question: Q1 Checking the target",
        "took away a patch for a question: gone",
    ]


def test_the_newest_stands_first_with_its_details(
    ivys: Client, cohort: Cohort, ivy: User, otto: User
) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.OBSERVER, by=ivy)
    page = ivys.get(PAGE).content.decode()
    assert rows(page) == [("Ivy", "gave a role: Otto"), ("Ivy", "made the cohort: Autumn group")]
    assert 'as <span dir="auto">observer</span>' in page


def test_another_cohorts_log_is_not_in_it(ivys: Client, cohort: Cohort, otto: User) -> None:
    assert "Somewhere else" not in ivys.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by={alice}", 1),
        ("what=joined", 2),
        ("what=joined&by={alice}", 1),
        ("since={today}", 3),
        ("since={tomorrow}", 0),
        ("until={yesterday}", 0),
        ("until={today}", 3),
        ("by=0&what=nonsense&since=never&until=9999-12-31&page=x", 3),
        ("by=99999999999999999999", 3),
        ("until=9999-12-31", 3),
    ],
)
def test_the_address_narrows_it(ivys: Client, alice: User, bob: User, query: str, found: int) -> None:
    today = timezone.localdate()
    asked = query.format(
        alice=alice.pk, today=today, tomorrow=today + timedelta(1), yesterday=today - timedelta(1)
    )
    response = ivys.get(f"{PAGE}?{asked}")
    assert response.status_code == 200
    assert len(rows(response.content.decode())) == found


def test_a_day_nobody_understands_is_said_at_its_field(ivys: Client, cohort: Cohort) -> None:
    page = ivys.get(f"{PAGE}?since=never").content.decode()
    assert "Write the day like 2026-11-23." in page and 'value="never"' in page


def test_fifty_entries_stand_on_a_page(ivys: Client, cohort: Cohort) -> None:
    crowd(cohort, 60)
    first, second = (ivys.get(f"{PAGE}?what=joined&page={n}").content.decode() for n in (1, 2))
    assert (len(rows(first)), len(rows(second))) == (50, 10)
    assert 'href="?what=joined&amp;page=2"' in first


def test_words_in_it_are_shown_as_words(ivys: Client, cohort: Cohort, ivy: User) -> None:
    record(cohort_id=cohort.pk, by=ivy, what="joined", subject="<b>x</b>", note="<i>y</i>")
    page = ivys.get(PAGE).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page and "&lt;i&gt;y&lt;/i&gt;" in page and "<i>y" not in page


def test_the_number_of_queries_does_not_grow(ivys: Client, cohort: Cohort) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            ivys.get(PAGE)
        return len(queries)

    ivys.get(PAGE)
    few = cost()
    crowd(cohort, 60)
    assert cost() == few


def test_only_owners_read_it(cohort: Cohort, ivy: User, otto: User, alice: User) -> None:
    for role in (Role.INSTRUCTOR, Role.ASSISTANT, Role.OBSERVER):
        give_role(cohort=cohort, user_id=otto.pk, role=role, by=ivy)
        refused = signed_in(otto).get(PAGE)
        assert refused.status_code == 403
        assert "It’s for owners of this cohort." in refused.content.decode()
    assert signed_in(alice).get(PAGE).status_code == 403
    end_membership(membership=cohort.memberships.get(user=otto), by=ivy)
    assert signed_in(otto).get(PAGE).status_code == 404
    assert AuditEntry.objects.filter(what="removed", person=otto).exists()
