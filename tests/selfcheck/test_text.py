"""A learner's text is text: whatever it holds is stored as it is and shown, never run."""

import pytest
from django.utils.html import conditional_escape

from checkpoint.selfcheck.models import Attempt, Draft
from tests.builders import make_judged, make_learner, signed_in
from tests.selfcheck.conftest import ASK, DRAFT

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script> and </textarea><img src=x onerror=alert(1)>",
    "\"double\" 'single' `ticks` & &amp; {{ 7|add:7 }} {% debug %}",
    "🔒👩‍💻🏳️‍🌈 e\u0301 \U0001f9d1\u200d\U0001f680 ﷽",
    "\u202eright to left\u202c אני בודק את ההקשר قبل كل كتابة",
    "\n\n  indented\n\tand tabbed\n\n",
    "a" * 19_000,
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_any_text_is_stored_as_it_is_and_shown_escaped(answer):
    client = signed_in(make_learner("alice"))
    place = client.post(ASK, {"answer": answer})["Location"]
    assert Attempt.objects.get().answer == answer
    page = client.get(place).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and "</textarea><img" not in page
    assert "<script>alert" not in client.get(f"{ASK}?revise=1").content.decode()


@pytest.mark.parametrize("answer", HOSTILE[:3])
def test_evidence_is_escaped_first_and_marked_after(answer):
    alice = make_learner("alice")
    judged = make_judged(alice, "target", answer=answer, evidence={"Q1.1": ((0, len(answer)),)})
    page = signed_in(alice).get(f"{ASK}attempts/{judged.attempt_id}/").content.decode()
    assert f'<mark class="ev" data-v="met" id="ev-1">{conditional_escape(answer)}</mark>' in page


def test_a_quoted_correction_is_escaped_too():
    client = signed_in(make_learner("alice"))
    wrong = "The prompt of the shell <b>shows</b> the right context."
    page = client.post(ASK, {"answer": wrong}, follow=True).content.decode()
    assert "<b>shows</b>" not in page and "&lt;b&gt;shows&lt;/b&gt;" in page


def test_a_private_check_escapes_as_well():
    client = signed_in(make_learner("alice"))
    page = client.post(ASK, {"answer": HOSTILE[0], "private": "1"}).content.decode()
    assert "<script>alert" not in page and "</textarea><img" not in page


def test_control_characters_are_stored_and_shown_as_pictures():
    client = signed_in(make_learner("alice"))
    answer = "bell\x07 escape\x1b[31m delete\x7f"
    page = client.post(ASK, {"answer": answer}, follow=True).content.decode()
    assert Attempt.objects.get().answer == answer
    assert "bell␇" in page and "escape␛[31m" in page and "\x1b" not in page


def test_a_null_character_is_kept_as_a_sign_and_said():
    client = signed_in(make_learner("alice"))
    page = client.post(ASK, {"answer": "before\x00after"}, follow=True).content.decode()
    assert Attempt.objects.get().answer == "before\ufffdafter"
    assert "before\ufffdafter" in page and "couldn’t be kept" in page


def test_a_null_character_in_a_draft_or_a_name_of_a_draft_breaks_nothing():
    client = signed_in(make_learner("alice"))
    assert client.post(DRAFT, {"answer": "a\x00b", "draft_version": "\x00"}).status_code in (302, 422)
    client.post(DRAFT, {"answer": "a\x00b"})
    assert Draft.objects.get().answer == "a\ufffdb"


def test_line_ends_of_every_system_are_one_character():
    client = signed_in(make_learner("alice"))
    client.post(ASK, {"answer": "one\r\ntwo\rthree\nfour"})
    assert Attempt.objects.get().answer == "one\ntwo\nthree\nfour"


def test_a_leading_line_break_survives_the_field():
    client = signed_in(make_learner("alice"))
    client.post(DRAFT, {"answer": "\n\nthird line"})
    assert ">\n\n\nthird line</textarea>" in client.get(ASK).content.decode()


def test_text_that_reads_from_the_right_is_kept_apart():
    client = signed_in(make_learner("alice"))
    page = client.post(ASK, {"answer": HOSTILE[3]}, follow=True).content.decode()
    assert '<div class="answer" dir="auto">' in page
