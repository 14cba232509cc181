"""Statements that write, put together once: rows are as the ORM would have stored them."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from checkpoint.prepared_writes import PreparedInsert, PreparedUpdate
from checkpoint.scenarios.actions import start_run
from checkpoint.scenarios.models import Run, TypedLine
from tests.builders import make_learner

pytestmark = pytest.mark.django_db

INSERT = PreparedInsert(TypedLine)


@pytest.fixture
def run(mini_course):
    return start_run(user_id=make_learner("alice").pk, scenario="wrong-target")


def line(run: Run, number: int) -> TypedLine:
    facts = {"kind": "run", "line": "echo 'ä' %s", "at": timezone.now()}
    return TypedLine(run=run, number=number, answer={"code": 0, "told": ["ü", None]}, **facts)


def facts(row: TypedLine) -> dict[str, object]:
    return {one.attname: getattr(row, one.attname) for one in TypedLine._meta.concrete_fields}


def test_a_row_is_stored_as_it_was_given_and_knows_its_id(run):
    given = line(run, 1)
    INSERT.insert(given)
    assert facts(TypedLine.objects.get()) == facts(given)
    given.line = "other"
    given.save()
    assert TypedLine.objects.get().line == "other"


def test_a_row_that_brings_its_id_keeps_it(run):
    given = Run(user_id=run.user_id, scenario="wrong-target", seed="1", content="-", met=["told"])
    PreparedInsert(Run).insert(given)
    found = Run.objects.get(pk=given.pk)
    assert [getattr(found, one.attname) for one in Run._meta.concrete_fields] == [
        getattr(given, one.attname) for one in Run._meta.concrete_fields
    ]


def test_nothing_is_stored_as_nothing(run):
    given = line(run, 1)
    given.answer = None
    INSERT.insert(given)
    assert TypedLine.objects.filter(answer__isnull=True).exists()


def test_a_row_that_breaks_a_rule_of_its_table_is_refused(run):
    INSERT.insert(line(run, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        INSERT.insert(line(run, 1))
    assert TypedLine.objects.count() == 1


def test_an_update_changes_the_rows_it_means_and_no_other(run):
    update = PreparedUpdate(Run, ("met", "hints"), {"id": "=", "stands_after": "<"})
    other = start_run(user_id=run.user_id, scenario="wrong-target")
    assert update.update([["told"], 2], [run.pk, 1]) == 1
    assert update.update([["lost"], 3], [run.pk, 0]) == 0
    assert list(Run.objects.order_by("started_at").values_list("met", "hints")) == [(["told"], 2), ([], 0)]
    assert other.stands_after == 0
