import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.selfcheck.models import Appeal, AttemptVerdict
from tests.builders import make_judged, make_learner, signed_in
from tests.selfcheck.decisions.conftest import ANSWER

HTMX = {"HX-Request": "true"}


def place(verdict: AttemptVerdict, rest: str = "appeal/") -> str:
    return f"/selfcheck/target/attempts/{verdict.attempt_id}/{rest}"


def text(client: Client, address: str, **more) -> str:
    return client.get(address, **more).content.decode()


def test_a_criterion_that_is_not_met_offers_an_appeal_and_one_that_is_met_does_not(alices, verdict):
    page = text(alices, place(verdict, ""))
    assert "?about=Q1.2" in page and "This verdict looks wrong" in page
    assert "?about=Q1.1" not in page


def test_where_nobody_reviews_the_page_says_so_and_offers_none(verdict):
    lone = make_judged(make_learner("sam"), "target", {"Q1.1": "met"})
    sams = signed_in(lone.attempt.user)
    page = text(sams, place(lone, ""))
    assert "nobody reviews your answers yet" in page and "?about=" not in page
    assert sams.get(place(lone) + "?about=Q1.2").status_code == 403
    assert sams.post(place(lone), {"about": "Q1.2"}).status_code == 403
    assert not Appeal.objects.exists()


def test_the_form_lists_the_learners_own_sentences(alices, verdict):
    page = text(alices, place(verdict) + "?about=Q1.2")
    assert 'value="0-25"' in page and "Before every write I look" in page
    assert 'value="27-58"' in page or 'value="27-59"' in page


def test_an_appeal_is_kept_with_its_span_and_shown_as_waiting(alices, verdict):
    sent = {"about": "Q1.2", "place": "27-59", "note": "It says why."}
    assert alices.post(place(verdict), sent).headers["Location"] == place(verdict, "#c-2")
    kept = Appeal.objects.get()
    assert ANSWER[kept.start : kept.end] == "It keeps me from the wrong place"
    page = text(alices, place(verdict, ""))
    assert "With a reviewer" in page and "It keeps me from the wrong place" in page and "It says why." in page
    assert "?about=Q1.2" not in page


def test_a_form_sent_twice_is_one_appeal(alices, verdict):
    for _ in range(2):
        alices.post(place(verdict), {"about": "Q1.2"})
    assert Appeal.objects.count() == 1


def test_words_marked_by_script_are_the_span(alices, verdict):
    alices.post(place(verdict), {"about": "Q1.2", "place": "marked", "marked": "7-18"})
    kept = Appeal.objects.get()
    assert ANSWER[kept.start : kept.end] == "every write"


@pytest.mark.parametrize(
    "sent",
    [
        {"place": "marked"},
        {"place": "5-9000"},
        {"place": "9-5"},
        {"place": "<script>"},
        {"place": "marked", "marked": "99999999999999999999"},
        {"note": "x" * 1001},
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(alices, verdict, sent):
    answer = alices.post(place(verdict), {"about": "Q1.2", "note": "My words.", **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "That isn’t sent yet" in page and sent.get("note", "My words.") in page
    assert not Appeal.objects.exists()


def test_what_is_not_open_to_an_appeal_leads_back(alices, verdict):
    for about in ("Q1.1", "Q9.9", ""):
        assert alices.post(place(verdict), {"about": about}).status_code == 302
    assert not Appeal.objects.exists()


def test_a_learner_withdraws_and_may_appeal_again(alices, verdict):
    alices.post(place(verdict), {"about": "Q1.2"})
    alices.post(place(verdict, "appeal/withdraw/"), {"about": "Q1.2"})
    assert "With a reviewer" not in text(alices, place(verdict, ""))
    alices.post(place(verdict), {"about": "Q1.2"})
    assert Appeal.objects.filter(withdrawn_at=None).count() == 1


def test_a_misconception_can_be_appealed_against(alices, alice: User):
    wrong = make_judged(alice, "target", {"Q1.1": "met"}, answer=ANSWER, misconceptions={"Q1.X1": ((0, 6),)})
    assert "This correction looks wrong" in text(alices, place(wrong, ""))
    page = text(alices, place(wrong) + "?about=Q1.X1")
    assert "The prompt of the shell shows the right context." in page
    alices.post(place(wrong), {"about": "Q1.X1"})
    assert Appeal.objects.get().criterion == "Q1.X1"


def test_only_the_learner_appeals_and_withdraws(verdict):
    other = signed_in(make_learner("eve"))
    for rest in ("appeal/", "appeal/withdraw/"):
        assert other.post(place(verdict, rest), {"about": "Q1.2"}).status_code == 404
    assert Client().post(place(verdict), {"about": "Q1.2"}).status_code == 302


def test_a_learners_note_is_escaped(alices, verdict):
    alices.post(place(verdict), {"about": "Q1.2", "note": "<img src=x>"})
    assert "<img src=x>" not in text(alices, place(verdict, ""))


def test_htmx_gets_the_part(alices, verdict):
    part = alices.get(place(verdict) + "?about=Q1.2", headers=HTMX)
    assert b"<html" not in part.content and "HX-Request" in part.headers["Vary"]


def test_only_the_latest_answer_is_looked_at_and_the_page_says_so(alices, alice: User, verdict):
    alices.post(place(verdict), {"about": "Q1.2"})
    make_judged(alice, "target", {"Q1.1": "met"}, answer="Another try.")
    page = text(alices, place(verdict, ""))
    assert "You’ve answered again since" in page and "With a reviewer" not in page
    alices.post(place(verdict, "appeal/withdraw/"), {"about": "Q1.2"})
    assert "?about=" not in text(alices, place(verdict, ""))
    assert alices.post(place(verdict), {"about": "Q1.2"}).status_code == 302
    assert not Appeal.objects.filter(withdrawn_at=None).exists()


def test_what_the_grader_left_open_is_said_to_be_seen_by_reviewers_where_there_are_any(alices, verdict):
    assert "Your reviewers see it too" in text(alices, place(verdict, ""))
    lone = make_judged(make_learner("sam"), "target", {"Q1.2": "unscored"})
    assert "Your reviewers see it too" not in text(signed_in(lone.attempt.user), place(lone, ""))
