"""Ivy reviews her cohort: alice, bob and carol answered, and each left something open."""

import pytest
from django.test import Client
from django.urls import reverse

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from checkpoint.selfcheck.models import AttemptVerdict
from tests.builders import make_instructor, make_judged, make_learner, signed_in

LONG = "Right before every write, because it keeps me from reaching the wrong place with it at night."


@pytest.fixture
def ivy(db: None, mini_course: Library) -> User:
    return make_instructor("ivy")


@pytest.fixture
def cohort(ivy: User) -> Cohort:
    return create_cohort(by=ivy, name="Autumn group")


@pytest.fixture
def ivys(ivy: User, cohort: Cohort) -> Client:
    return signed_in(ivy)


def learner(cohort: Cohort, name: str) -> User:
    person = make_learner(name)
    join_cohort(cohort=cohort, user=person)
    return person


def left_open(cohort: Cohort, name: str, answer: str, **outcomes: str) -> AttemptVerdict:
    """An answer to Q1 whose second criterion the grader left open, unless said otherwise."""
    found = {"Q1.1": "met", "Q1.2": "unscored"} | {k.replace("_", "."): v for k, v in outcomes.items()}
    return make_judged(learner(cohort, name), "target", found, answer=answer)


def queue_of(cohort: Cohort, query: str = "") -> str:
    return reverse("review", args=[cohort.slug]) + query


def page_of(verdict: AttemptVerdict, cohort: Cohort, query: str = "") -> str:
    return reverse("review-answer", args=[cohort.slug, verdict.attempt_id]) + query


def text(client: Client, address: str, **more) -> str:
    response = client.get(address, **more)
    assert response.status_code == 200, response.status_code
    return response.content.decode()
