import pytest
from django.test import Client

from checkpoint.selfcheck.models import Attempt
from tests.builders import make_attempt, make_instructor, make_judged, make_learner, signed_in
from tests.selfcheck.conftest import ASK, CLEARS, HALF, NOTHING

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def alice():
    return make_learner("alice")


def place(attempt_id: int) -> str:
    return f"{ASK}attempts/{attempt_id}/"


def answered(client: Client, *answers: str) -> str:
    for answer in answers:
        response = client.post(ASK, {"answer": answer})
    return client.get(response["Location"]).content.decode()


def test_an_attempt_shows_the_answer_with_its_verdict(alice):
    page = answered(signed_in(alice), HALF)
    assert (
        '<mark class="ev" data-v="met" id="ev-1">I check the context right before each write.</mark>' in page
    )
    assert '<a class="ref" href="#c-1" aria-label="Criterion 1, met">1</a>' in page
    assert 'href="#ev-1">Show in my answer' in page
    assert "Says why" in page and "Missing" in page
    assert 'href="/lessons/chapter-01/#incident"' in page


def test_an_attempt_stays_as_it_was_shown(alice):
    """The sentences and headings are the kept ones, whatever the rubric says today."""
    verdict = make_judged(alice, "target", {"Q1.1": "met"})
    verdict.refresh_from_db()
    verdict.shown["criteria"][0] |= {"heading": "As it was called then", "sentence": "As it was said then."}
    verdict.save()
    page = signed_in(alice).get(place(verdict.attempt_id)).content.decode()
    assert "As it was called then" in page and "As it was said then." in page


def test_the_learner_sees_how_the_answer_improved(alice):
    page = answered(signed_in(alice), NOTHING, HALF, CLEARS)
    assert "Third attempt" in page and "Second attempt" in page and "First attempt" in page
    assert "Says when: <b>from missing to met</b>" in page and "Says why: <b>from missing to met</b>" in page


def test_an_attempt_that_changed_nothing_says_so(alice):
    page = answered(signed_in(alice), HALF, f"{HALF} That is all I know about it.")
    assert "No criterion changed since the attempt before." in page


def test_nobody_else_sees_an_attempt(alice):
    mine = make_judged(alice, "target").attempt_id
    for other in (make_learner("bob"), make_instructor("otto"), make_learner("root", is_staff=True)):
        assert signed_in(other).get(place(mine)).status_code == 404
        assert signed_in(other).post(f"{place(mine)}grade/").status_code == 404


def test_an_attempt_that_does_not_exist_is_not_found(alice):
    assert signed_in(alice).get(place(404)).status_code == 404
    assert signed_in(alice).get("/selfcheck/no-such-thing/attempts/1/").status_code == 404


def test_not_signed_in_is_sent_to_sign_in(alice):
    mine = place(make_judged(alice, "target").attempt_id)
    response = Client().get(mine)
    assert response.status_code == 302 and response["Location"] == f"/accounts/login/?next={mine}"
    assert Client().get(mine, headers=HTMX).status_code == 401


def test_htmx_gets_the_part_and_a_restored_history_the_page(alice):
    mine = place(make_judged(alice, "target").attempt_id)
    client = signed_in(alice)
    part = client.get(mine, headers=HTMX)
    assert "<html" not in part.content.decode() and 'id="answer-region"' in part.content.decode()
    restored = client.get(mine, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode() and "HX-Request" in restored["Vary"]


def test_an_attempt_is_only_read(alice):
    assert signed_in(alice).post(place(make_judged(alice, "target").attempt_id)).status_code == 405


def test_the_short_name_leads_to_the_attempt_too(alice):
    attempt = make_judged(alice, "target").attempt_id
    assert signed_in(alice).get(f"/selfcheck/Q1/attempts/{attempt}/").status_code == 200


# --- When grading fails ------------------------------------------------------------


class BrokenGrader:
    name = "broken/1"

    def grade(self, rubric, answer):
        raise RuntimeError("no verdict today")


@pytest.fixture
def broken(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("checkpoint.selfcheck.actions.get_grader", BrokenGrader)
        yield patch


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_failing_grader_leaves_the_answer_stored_and_offers_a_retry(alice, broken, headers):
    client = signed_in(alice)
    response = client.post(ASK, {"answer": HALF}, headers=headers)
    attempt = Attempt.objects.get()
    assert attempt.answer == HALF and not attempt.verdicts.exists()
    if not headers:
        response = client.get(response["Location"])
    page = response.content.decode()
    assert response.status_code == 200 and "Your answer is stored" in page and HALF in page
    assert f'action="{place(attempt.pk)}grade/"' in page


def test_a_retry_gives_the_verdict(alice, broken):
    client = signed_in(alice)
    client.post(ASK, {"answer": CLEARS})
    broken.undo()
    mine = place(Attempt.objects.get().pk)
    response = client.post(f"{mine}grade/")
    assert response.status_code == 302 and response["Location"] == mine
    assert "Cleared" in client.get(mine).content.decode()


def test_a_retry_under_htmx_is_the_verdict_itself(alice, broken):
    client = signed_in(alice)
    client.post(ASK, {"answer": CLEARS})
    broken.undo()
    response = client.post(f"{place(Attempt.objects.get().pk)}grade/", headers=HTMX)
    assert response.status_code == 200 and "Cleared" in response.content.decode()


def test_a_judged_attempt_is_not_judged_again(alice):
    judged = make_judged(alice, "target", {"Q1.1": "met"})
    signed_in(alice).post(f"{place(judged.attempt_id)}grade/")
    assert judged.attempt.verdicts.count() == 1


def test_a_retry_is_posted(alice):
    attempt = make_attempt(alice, "target")
    assert signed_in(alice).get(f"{place(attempt.pk)}grade/").status_code == 405


def test_an_unchecked_attempt_stands_among_the_others(alice):
    make_attempt(alice, "target", "Never checked")
    make_judged(alice, "target", answer="Checked")
    page = signed_in(alice).get(place(Attempt.objects.get(number=2).pk)).content.decode()
    assert "Not checked yet" in page


def test_ten_attempts_are_listed_and_the_ones_before_them_counted(alice):
    for number in range(14):
        judged = make_judged(
            alice, "target", {"Q1.1": "met"} if number % 2 else "missing", answer=f"{number}"
        )
    page = signed_in(alice).get(place(judged.attempt_id)).content.decode()
    assert page.count('<li class="try"') == 10 and "Attempt 14" in page and "Fifth attempt" in page
    assert "Fourth attempt" not in page and "4 earlier, listed with" in page
    assert page.count("<b>from ") == 10  # the last one listed is compared with one that isn't


def test_a_row_of_the_history_belongs_to_its_page(alice):
    first, second = make_judged(alice, "target", answer="One"), make_judged(alice, "target", answer="Two")
    client = signed_in(alice)
    for one, other in ((first, second), (second, first), (first, second)):
        page = client.get(place(one.attempt_id)).content.decode()
        assert f'href="{place(one.attempt_id)}"' not in page and f'href="{place(other.attempt_id)}"' in page
