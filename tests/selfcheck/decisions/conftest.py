"""Alice learns in ivy's cohort, sam in none; the course is the one in miniature."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.core.content.library import Library
from checkpoint.selfcheck.models import AttemptVerdict
from tests.builders import make_instructor, make_judged, make_learner, signed_in

ANSWER = "Before every write I look. It keeps me from the wrong place."


@pytest.fixture
def ivy(db: None, mini_course: Library) -> User:
    return make_instructor("ivy")


@pytest.fixture
def alice(ivy: User) -> User:
    alice = make_learner("alice")
    join_cohort(cohort=create_cohort(by=ivy, name="Autumn group"), user=alice)
    return alice


@pytest.fixture
def alices(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def verdict(alice: User) -> AttemptVerdict:
    """Alice met the first criterion; the second is left open."""
    return make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "unscored"}, answer=ANSWER)
