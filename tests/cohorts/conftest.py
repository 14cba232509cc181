"""The cast of cohorts: alice and bob learn in ivy's cohort, otto instructs elsewhere, sam is a stranger."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from tests.builders import make_instructor, make_learner, signed_in


@pytest.fixture
def ivy(db: None, mini_course: Library) -> User:
    return make_instructor("ivy")


@pytest.fixture
def cohort(ivy: User) -> Cohort:
    return create_cohort(by=ivy, name="Autumn group")


@pytest.fixture
def alice(cohort: Cohort) -> User:
    return _joined(cohort, "alice")


@pytest.fixture
def bob(cohort: Cohort) -> User:
    return _joined(cohort, "bob")


@pytest.fixture
def otto(db: None) -> User:
    otto = make_instructor("otto")
    create_cohort(by=otto, name="Somewhere else")
    return otto


@pytest.fixture
def ivys(ivy: User) -> Client:
    """Ivy's browser."""
    return signed_in(ivy)


def _joined(cohort: Cohort, name: str) -> User:
    person = make_learner(name)
    join_cohort(cohort=cohort, user=person)
    return person


def crowd(cohort: Cohort, size: int) -> list[User]:
    """So many learners of the cohort."""
    people = [make_learner(f"person-{number:03}") for number in range(size)]
    for person in people:
        join_cohort(cohort=cohort, user=person)
    return people
