import pytest
from django.test import Client
from django.utils import timezone

from checkpoint.selfcheck.actions import MOST, MOST_WITHIN
from checkpoint.selfcheck.models import Attempt
from tests.builders import make_attempt, make_learner, signed_in
from tests.selfcheck.conftest import ASK, HALF

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("private", ["", "1"])
def test_more_than_the_site_reads_at_all_gets_a_clear_page(private):
    for client in (Client(), signed_in(make_learner())):
        response = client.post(ASK, {"answer": "x" * 1_100_000, "private": private})
        assert response.status_code == 413 and "20,000 characters" in response.content.decode()
    assert not Attempt.objects.exists()


def test_a_program_that_answers_by_the_dozen_is_held_and_keeps_its_words():
    alice = make_learner("alice")
    for number in range(MOST):
        make_attempt(alice, "target", f"{HALF} {number}")
    held = signed_in(alice).post(ASK, {"answer": HALF})
    assert held.status_code == 429 and int(held.headers["Retry-After"]) > 0
    assert "That was a lot at once" in held.content.decode() and HALF in held.content.decode()
    assert Attempt.objects.count() == MOST


def test_somebody_who_has_answered_often_before_is_not_held():
    alice = make_learner("alice")
    for number in range(MOST):
        make_attempt(alice, "target", f"{HALF} {number}", at=timezone.now() - MOST_WITHIN)
    assert signed_in(alice).post(ASK, {"answer": HALF}).status_code == 302


def test_without_rate_limits_nobody_is_held(settings):
    settings.RATE_LIMITS_ON = False
    alice = make_learner("alice")
    for number in range(MOST):
        make_attempt(alice, "target", f"{HALF} {number}")
    assert signed_in(alice).post(ASK, {"answer": HALF}).status_code == 302
