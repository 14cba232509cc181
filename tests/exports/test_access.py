"""Files leave the cohort with its owners and instructors only."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Role
from checkpoint.exports.tables import TABLES
from tests.builders import make_learner, signed_in

TABLE_FILES = [f"{table}.{suffix}" for table in TABLES for suffix in ("csv", "xlsx")]
FILES = ["exports/", "record.zip", "record.xlsx", *TABLE_FILES]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OWNER, 200),
        (Role.INSTRUCTOR, 200),
        (Role.ASSISTANT, 403),
        (Role.OBSERVER, 403),
        (Role.LEARNER, 403),
    ],
)
def test_a_role_may_or_may_not(cohort: Cohort, role: Role, status: int, file: str) -> None:
    person = make_learner("rob")
    Membership.objects.create(cohort=cohort, user=person, role=role)
    assert signed_in(person).get(f"/cohorts/autumn-group/{file}").status_code == status


@pytest.mark.parametrize("file", FILES)
def test_strangers_find_nothing_and_visitors_sign_in(cohort: Cohort, otto: User, file: str) -> None:
    assert signed_in(otto).get(f"/cohorts/autumn-group/{file}").status_code == 404
    assert Client().get(f"/cohorts/autumn-group/{file}").status_code == 302
