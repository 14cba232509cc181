"""The day of the last visit is written once a day and costs nothing else."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkpoint.accounts.models import User

PAGE = "/accounts/settings/"


def writes(client: Client) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(PAGE)
    return [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(("UPDATE", "INSERT", "DELETE"))]


def test_a_visit_is_remembered_by_its_day(her_browser: Client, alice: User) -> None:
    her_browser.get(PAGE)
    alice.refresh_from_db()
    assert alice.last_seen_on == timezone.localdate()


def test_a_second_visit_on_the_same_day_writes_nothing(her_browser: Client, alice: User) -> None:
    assert len(writes(her_browser)) == 1
    assert writes(her_browser) == []


def test_the_next_day_it_is_written_again(her_browser: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(last_seen_on=timezone.localdate() - timedelta(days=1))
    assert len(writes(her_browser)) == 1


def test_a_visitor_without_an_account_writes_nothing(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/accounts/login/")
    assert not [q for q in queries if not q["sql"].startswith("SELECT")]
