import pytest
from django.test import Client

from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Draft, Standing
from tests.builders import make_attempt, make_judged, make_learner, signed_in
from tests.selfcheck.conftest import ASK, CLEARS, HALF, NOTHING, WRONG

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def text(response) -> str:
    return response.content.decode()


# --- Asking -----------------------------------------------------------------------


def test_anybody_may_read_a_question():
    response = Client().get(ASK)
    assert response.status_code == 200
    assert "When and why do you check" in text(response) and "Against two criteria" in text(response)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_criteria_are_not_in_the_page_before_an_answer(headers):
    alice = make_learner("alice")
    make_judged(alice, "target")
    for client in (Client(), signed_in(alice)):
        page = text(client.get(ASK, headers=headers))
        for secret in (
            "Says when",
            "Says why",
            "right before each write",
            "Q1.1",
            "shell shows",
            "model answer",
        ):
            assert secret not in page


def test_a_short_name_leads_to_the_question():
    for name in ("Q1", "q1"):
        response = Client().get(f"/selfcheck/{name}/?revise=1")
        assert response.status_code == 302 and response["Location"] == "/selfcheck/target/?revise=1"


def test_an_unknown_question_is_not_found():
    assert Client().get("/selfcheck/no-such-thing/").status_code == 404
    assert Client().post("/selfcheck/no-such-thing/", {"answer": "x"}).status_code == 404


def test_other_methods_are_refused():
    assert Client().put(ASK).status_code == 405 and Client().delete(ASK).status_code == 405


def test_earlier_attempts_are_counted_but_closed():
    alice = make_learner("alice")
    judged = make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "missing"})
    page = text(signed_in(alice).get(ASK))
    assert "First attempt, today" in page and "1 met, 1 missing" in page
    assert f"/attempts/{judged.attempt_id}/" not in page


def test_an_attempt_waiting_for_its_check_can_be_reached():
    alice = make_learner("alice")
    waiting = make_attempt(alice, "target")
    assert f"{ASK}attempts/{waiting.pk}/" in text(signed_in(alice).get(ASK))


def test_revising_starts_from_the_last_answer():
    client = signed_in(make_learner("alice"))
    client.post(ASK, {"answer": HALF})
    assert HALF not in text(client.get(ASK))
    assert HALF in text(client.get(f"{ASK}?revise=1"))


def test_a_question_page_costs_four_queries_besides_session_and_person(django_assert_max_num_queries):
    alice = make_learner("alice")
    make_judged(alice, "target")
    client = signed_in(alice)
    client.get(ASK)
    with django_assert_max_num_queries(4 + 2):
        client.get(ASK)


# --- Answering ----------------------------------------------------------------------


def test_an_answer_is_stored_with_its_verdict_and_leads_to_its_page():
    alice = make_learner("alice")
    response = signed_in(alice).post(ASK, {"answer": CLEARS, "confidence": "3"})
    attempt = Attempt.objects.get()
    assert response.status_code == 302 and response["Location"] == f"{ASK}attempts/{attempt.pk}/"
    assert (attempt.user, attempt.answer, attempt.confidence, attempt.number) == (alice, CLEARS, 3, 1)
    verdict = AttemptVerdict.objects.get()
    assert verdict.attempt == attempt and verdict.level == "ready"
    assert verdict.grader and verdict.rubric and verdict.content
    assert [c["heading"] for c in verdict.shown["criteria"]] == ["Says when", "Says why"]
    assert all(c["sentence"] for c in verdict.shown["criteria"])
    assert Standing.objects.get().attempt == attempt


def test_htmx_gets_the_verdict_and_the_attempts_address():
    response = signed_in(make_learner("alice")).post(ASK, {"answer": CLEARS}, headers=HTMX)
    attempt = Attempt.objects.get()
    assert response.status_code == 200 and response["HX-Push-Url"] == f"{ASK}attempts/{attempt.pk}/"
    assert 'id="answer-region"' in text(response) and "<html" not in text(response)
    assert "Cleared: all two" in text(response) and "<title>" in text(response)
    assert "HX-Request" in response["Vary"]


def test_the_pipeline_in_the_header_moves_with_the_verdict():
    client = signed_in(make_learner("alice"))
    part = text(client.post(ASK, {"answer": CLEARS}, headers=HTMX))
    assert '<nav class="spine" id="spine" hx-swap-oob="true"' in part
    assert '<li data-state="cleared"' in part
    page = text(client.get(ASK))
    assert '<nav class="spine" id="spine" aria-label' in page


def test_the_short_name_takes_an_answer_too():
    client = signed_in(make_learner("alice"))
    assert client.post("/selfcheck/Q1/", {"answer": HALF})["Location"].startswith(ASK)


def test_confidence_may_be_left_out():
    signed_in(make_learner("alice")).post(ASK, {"answer": HALF})
    assert Attempt.objects.get().confidence is None


def test_a_confidence_that_does_not_exist_is_refused_and_the_words_stay():
    response = signed_in(make_learner("alice")).post(ASK, {"answer": HALF, "confidence": "9"})
    assert response.status_code == 422 and HALF in text(response)
    assert not Attempt.objects.exists()


def test_the_same_words_sent_twice_are_one_attempt():
    client = signed_in(make_learner("alice"))
    places = {client.post(ASK, {"answer": HALF})["Location"] for _ in range(3)}
    assert len(places) == 1 and Attempt.objects.count() == 1 and AttemptVerdict.objects.count() == 1


def test_other_words_are_another_attempt():
    client = signed_in(make_learner("alice"))
    for answer in (NOTHING, HALF, CLEARS):
        client.post(ASK, {"answer": answer})
    assert list(Attempt.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3]
    assert Standing.objects.get().level == "ready" and Standing.objects.get().attempts == 3


@pytest.mark.parametrize("answer", ["", "   \n\t "])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nothing_cannot_be_checked(answer, headers):
    response = signed_in(make_learner("alice")).post(ASK, {"answer": answer}, headers=headers)
    assert response.status_code == 422 and "nothing to check yet" in text(response)
    assert response["Cache-Control"] == "no-store" and 'aria-invalid="true"' in text(response)
    assert not Attempt.objects.exists()


def test_twenty_thousand_characters_fit_and_one_more_does_not():
    client = signed_in(make_learner("alice"))
    most = "ä🔒 b\n" * 4000
    assert len(most) == 20_000
    assert client.post(ASK, {"answer": most.replace("\n", "\r\n")}).status_code == 302
    assert Attempt.objects.get().answer == most
    response = client.post(ASK, {"answer": most + "!"})
    assert response.status_code == 422 and "20,001 characters" in text(response) and most in text(response)
    assert Attempt.objects.count() == 1


def test_a_csrf_token_is_needed():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_learner("alice"))
    assert client.post(ASK, {"answer": HALF}).status_code == 403
    assert not Attempt.objects.exists()


# --- Not signed in --------------------------------------------------------------------


def test_signing_in_comes_first_and_the_words_come_along():
    client = Client()
    response = client.post(ASK, {"answer": HALF, "confidence": "2"})
    assert response.status_code == 302 and response["Location"].startswith("/accounts/login/?next=")
    assert not Attempt.objects.exists() and HALF in text(client.get(ASK))
    client.force_login(make_learner("alice"))
    page = text(client.get(ASK))
    assert HALF in page and "Your words came along" in page and 'value="2" checked' in page


def test_under_htmx_signing_in_is_a_redirect_of_the_whole_page():
    client = Client()
    response = client.post(
        ASK, {"answer": HALF}, headers={**HTMX, "HX-Current-URL": f"http://testserver{ASK}"}
    )
    assert response.status_code == 401 and "/accounts/login/" in response["HX-Redirect"]
    assert HALF in text(client.get(ASK))


def test_words_that_came_along_are_forgotten_by_the_session_once_stored():
    client = Client()
    client.post(ASK, {"answer": HALF})
    client.force_login(make_learner("alice"))
    client.post(ASK, {"answer": HALF})
    assert Attempt.objects.get().answer == HALF and HALF not in text(client.get(ASK))


def test_words_that_came_along_do_not_overwrite_a_draft():
    alice = make_learner("alice")
    signed_in(alice).post(f"{ASK}draft/", {"answer": "A draft from home."})
    client = Client()
    client.post(ASK, {"answer": HALF})
    client.force_login(alice)
    page = text(client.get(ASK))
    assert HALF in page and "A draft from home." in page
    assert Draft.objects.get().answer == "A draft from home."


# --- What the verdict says ----------------------------------------------------------------


def test_a_wrong_idea_is_corrected_in_the_learners_own_words():
    client = signed_in(make_learner("alice"))
    page = text(client.post(ASK, {"answer": f"{HALF} {WRONG}"}, follow=True))
    assert "Correction A" in page and "The prompt shows what was true when it was drawn." in page
    assert "one thing to unlearn" in page


def test_the_model_answer_is_there_once_the_question_is_cleared():
    client = signed_in(make_learner("alice"))
    model = "Right before each write, because the context may point at the wrong cluster."
    assert model not in text(client.post(ASK, {"answer": HALF}, follow=True))
    assert model in text(client.post(ASK, {"answer": CLEARS}, follow=True))
