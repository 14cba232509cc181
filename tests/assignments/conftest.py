"""A cohort with two learners and things to assign."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.assignments.actions import assign
from checkpoint.assignments.due import tasks
from checkpoint.assignments.models import Assignment
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from tests.builders import make_instructor, make_learner, signed_in


@pytest.fixture
def ivy(db: None, mini_course: Library) -> User:
    return make_instructor("ivy")


@pytest.fixture
def ivys(ivy: User) -> Client:
    return signed_in(ivy)


@pytest.fixture
def cohort(ivy: User) -> Cohort:
    return create_cohort(by=ivy, name="Autumn group")


def joined(cohort: Cohort, name: str) -> User:
    person = make_learner(name)
    join_cohort(cohort=cohort, user=person)
    return person


@pytest.fixture
def alice(cohort: Cohort) -> User:
    return joined(cohort, "alice")


@pytest.fixture
def bob(cohort: Cohort) -> User:
    return joined(cohort, "bob")


def given(
    cohort: Cohort, due_at: datetime | None, work: str = "question", slug: str = "target"
) -> Assignment:
    """The cohort is asked to do it."""
    assert cohort.created_by is not None
    assign(cohort=cohort, by=cohort.created_by, asked=[tasks()[work, slug]], due_at=due_at)
    return Assignment.objects.get(cohort=cohort, work=work, slug=slug, removed_at=None)


def within(**time: float) -> datetime:
    return timezone.now() + timedelta(**time)
