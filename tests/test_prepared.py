"""Queries compiled once."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkpoint.accounts.models import User
from checkpoint.prepared import Prepared, PreparedFirst, PreparedObjects, Small
from checkpoint.scenarios.actions import start_run
from checkpoint.scenarios.models import Run
from tests.builders import make_learner

pytestmark = pytest.mark.django_db

COLUMNS = ("email", "is_active", "date_joined", "last_seen_on")


def test_rows_are_what_the_query_itself_would_give() -> None:
    alice, bob = make_learner("alice"), make_learner("bob")
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk).values_list(*COLUMNS))
    for person in (alice, bob):
        assert prepared.rows(person.pk) == list(User.objects.filter(pk=person.pk).values_list(*COLUMNS))


def test_nobody_gets_no_row() -> None:
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk).values_list("email"))
    assert prepared.rows(10**9) == []


def test_each_call_is_one_query() -> None:
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk).values_list("email"))
    with CaptureQueriesContext(connection) as asked:
        prepared.rows(1)
        prepared.rows(2)
    assert len(asked) == 2


def test_a_query_may_depend_on_several_values() -> None:
    alice = make_learner("alice")
    prepared = Prepared(
        lambda pk, email: User.objects.filter(pk=pk, email=email).values_list("name"), int, str
    )
    assert prepared.rows(alice.pk, alice.email) == [(alice.name,)]
    assert prepared.rows(alice.pk, "somebody@example.org") == []


def test_a_query_that_ignores_a_value_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="doesn't use every value"):
        Prepared(lambda pk: User.objects.values_list("email")).rows(1)


def test_a_query_may_ask_by_times() -> None:
    alice = make_learner("alice")
    prepared = Prepared(
        lambda pk, day: User.objects.filter(pk=pk, date_joined__gte=day).values_list("email"), int, datetime
    )
    assert prepared.rows(alice.pk, alice.date_joined) == [("alice@example.org",)]
    assert prepared.rows(alice.pk, alice.date_joined + timedelta(microseconds=1)) == []


def test_the_first_object_is_the_one_the_query_itself_would_give() -> None:
    alice, bob = make_learner("alice"), make_learner("bob")
    prepared = PreparedFirst(User, lambda pk: User.objects.filter(pk__gte=pk).order_by("pk"))
    for person in (alice, bob):
        found = prepared.first(person.pk)
        assert found == person and vars(found).keys() == vars(User.objects.get(pk=person.pk)).keys()
        assert found.date_joined == person.date_joined


def test_no_object_is_none() -> None:
    assert PreparedFirst(User, lambda pk: User.objects.filter(pk=pk)).first(10**9) is None


def test_a_query_may_ask_by_uuids_and_small_numbers(mini_course) -> None:
    alice = make_learner("alice")
    run = start_run(user_id=alice.pk, scenario="wrong-target")
    prepared = PreparedObjects(
        Run, lambda pk, after: Run.objects.filter(pk=pk, stands_after__gte=after), UUID, Small
    )
    assert prepared.all(run.pk, Small(0)) == [run]
    assert prepared.all(run.pk, Small(1)) == prepared.all(uuid4(), Small(0)) == []
