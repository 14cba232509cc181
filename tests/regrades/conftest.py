"""A cohort whose answers were judged by hand, by a grader that isn't served (any more)."""

import pytest
from django.test import Client
from pytest_django import Settings

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.core.content.library import Library
from tests.builders import make_instructor, make_judged, make_learner, signed_in

NOTHING = "I don't know."


@pytest.fixture(autouse=True)
def by_words_alone(settings: Settings) -> None:
    """The grader is there at once, and the same everywhere."""
    settings.SENTENCE_MODEL_ON = False


@pytest.fixture
def ivy(db: None, mini_course: Library) -> User:
    return make_instructor("ivy")


@pytest.fixture
def ivys(ivy: User) -> Client:
    return signed_in(ivy)


@pytest.fixture
def cohort(ivy: User) -> Cohort:
    return create_cohort(by=ivy, name="Autumn group")


@pytest.fixture
def alice(cohort: Cohort) -> User:
    """Was called ready for an answer that says nothing, so she falls."""
    alice = make_learner("alice")
    join_cohort(cohort=cohort, user=alice)
    make_judged(alice, "target", "met", answer=NOTHING)
    return alice


@pytest.fixture
def bob(cohort: Cohort, mini_course: Library) -> User:
    """Was called wrong for a right answer, so he rises."""
    bob = make_learner("bob")
    join_cohort(cohort=cohort, user=bob)
    make_judged(bob, "target", "missing", answer=right_answer(mini_course))
    return bob


def right_answer(library: Library) -> str:
    """All that the question asks for, in the rubric's own reference sentences."""
    return " ".join(criterion.claim for criterion in library.questions["target"].required)
