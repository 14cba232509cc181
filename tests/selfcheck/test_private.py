import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Draft, Standing
from checkpoint.selfcheck.pace import CHECKS
from tests.builders import make_learner, signed_in
from tests.selfcheck.conftest import ASK, CLEARS, HALF

pytestmark = pytest.mark.django_db


def check(client: Client, answer: str = HALF, **headers: str):
    return client.post(ASK, {"answer": answer, "private": "1"}, headers=headers)


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (Attempt, AttemptVerdict, Standing, Draft))


def test_anybody_may_have_an_answer_checked_and_nothing_is_stored():
    response = check(Client())
    page = response.content.decode()
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert "nothing was stored" in page and "Says when" in page and HALF in page
    assert nothing_is_stored() and not Session.objects.exists()


def test_somebody_signed_in_may_too():
    response = check(signed_in(make_learner("alice")), CLEARS)
    assert "Cleared" in response.content.decode() and nothing_is_stored()


def test_htmx_gets_the_part():
    response = check(Client(), **{"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page and 'id="answer-region"' in page and "HX-Push-Url" not in response
    assert response["Cache-Control"] == "no-store" and "HX-Request" in response["Vary"]


def test_the_words_are_there_to_be_changed():
    assert check(Client()).content.decode().count(HALF) >= 2


def test_nothing_to_check_is_said():
    response = check(Client(), " ")
    assert response.status_code == 422 and response["Cache-Control"] == "no-store"


def test_too_many_checks_have_to_wait_and_the_words_stay():
    client = Client()
    for _ in range(CHECKS):
        assert check(client).status_code == 200
    response = check(client)
    assert response.status_code == 429 and int(response["Retry-After"]) > 0
    assert HALF in response.content.decode() and response["Cache-Control"] == "no-store"
    assert check(signed_in(make_learner("alice"))).status_code == 200


def test_the_limit_can_be_switched_off_for_load_tests(settings):
    settings.RATE_LIMITS_ON = False
    client = Client()
    assert {check(client).status_code for _ in range(CHECKS + 2)} == {200}


def test_a_checker_that_breaks_says_so_and_keeps_the_words(monkeypatch):
    monkeypatch.setattr("checkpoint.selfcheck.actions.get_grader", lambda: None)
    response = check(Client())
    page = response.content.decode()
    assert response.status_code == 500 and HALF in page and "couldn’t be checked" in page
