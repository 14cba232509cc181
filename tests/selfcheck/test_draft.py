import re

import pytest
from django.test import Client

from checkpoint.selfcheck.models import Attempt, Draft
from tests.builders import make_learner, signed_in
from tests.selfcheck.conftest import ASK, DRAFT, HALF

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def version_in(response) -> str:
    found = re.search(r'name="draft_version" value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def save(client: Client, answer: str, version: str = "", **more: str):
    return client.post(DRAFT, {"answer": answer, "draft_version": version, **more}, headers=HTMX)


@pytest.fixture
def alice():
    return make_learner("alice")


def test_words_are_kept_while_they_are_typed(alice):
    client = signed_in(alice)
    first = save(client, "First I")
    assert re.search(r"Draft saved at \d\d:\d\d\.", first.content.decode())
    assert "<textarea" not in first.content.decode()
    save(client, "First I look", version_in(first))
    assert Draft.objects.get().answer == "First I look"


def test_a_draft_is_there_on_every_device(alice):
    save(signed_in(alice), "Written on the train")
    page = signed_in(alice).get(ASK).content.decode()
    assert "Written on the train" in page and "Draft saved at" in page


def test_without_scripts_the_button_saves_and_comes_back(alice):
    response = signed_in(alice).post(DRAFT, {"answer": "By button"})
    assert response.status_code == 302 and response["Location"] == ASK
    assert Draft.objects.get().answer == "By button"


def test_a_newer_draft_of_another_device_is_not_overwritten(alice):
    phone, laptop = signed_in(alice), signed_in(alice)
    old = version_in(save(phone, "Shared start"))
    save(laptop, "Shared start, then the laptop", old)
    response = save(phone, "Shared start, then the phone", old)
    page = response.content.decode()
    assert response.status_code == 409 and response["HX-Retarget"] == "#draft-conflict"
    assert "Shared start, then the laptop" in page and "Keep both" in page
    assert Draft.objects.get().answer == "Shared start, then the laptop"


def test_without_scripts_a_conflict_keeps_both_texts_in_the_page(alice):
    save(signed_in(alice), "The laptop’s words")
    response = signed_in(alice).post(DRAFT, {"answer": "The phone’s words", "draft_version": ""})
    page = response.content.decode()
    assert response.status_code == 409 and "The laptop’s words" in page and "The phone’s words" in page


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "The phone"), ("theirs", "The laptop"), ("both", "The phone\n\nThe laptop")],
)
def test_the_learner_chooses_what_to_keep(alice, keep, kept):
    phone = signed_in(alice)
    theirs = version_in(save(signed_in(alice), "The laptop"))
    response = phone.post(DRAFT, {"answer": "The phone", "choosing": theirs, "keep": keep})
    assert response.status_code == 302 and Draft.objects.get().answer == kept
    assert kept in phone.get(ASK).content.decode()


def test_a_choice_is_asked_again_where_the_other_draft_moved_on(alice):
    client = signed_in(alice)
    seen = version_in(save(client, "One"))
    save(client, "Two", seen)
    response = save(signed_in(alice), "Mine", "", choosing=seen, keep="mine")
    assert response.status_code == 409 and Draft.objects.get().answer == "Two"


def test_a_known_conflict_is_not_announced_again(alice):
    theirs = version_in(save(signed_in(alice), "The laptop"))
    response = save(signed_in(alice), "The phone", "", choosing=theirs)
    assert response.status_code == 200 and "Draft not saved yet" in response.content.decode()
    assert Draft.objects.get().answer == "The laptop"


def test_the_same_words_are_no_conflict(alice):
    save(signed_in(alice), "Same")
    assert save(signed_in(alice), "Same").status_code == 200


def test_a_draft_that_was_emptied_is_gone(alice):
    client = signed_in(alice)
    save(client, " \n", version_in(save(client, "Something")))
    assert not Draft.objects.exists()


def test_a_draft_too_long_is_said_and_not_kept(alice):
    response = save(signed_in(alice), "x" * 20_001)
    assert response.status_code == 422 and "20,001" in response.content.decode()
    assert not Draft.objects.exists()


def test_two_drafts_too_long_together_stay_apart(alice):
    theirs = version_in(save(signed_in(alice), "a" * 15_000))
    response = save(signed_in(alice), "b" * 15_000, "", choosing=theirs, keep="both")
    assert response.status_code == 422 and "b" * 15_000 in response.content.decode()
    assert Draft.objects.get().answer == "a" * 15_000


def test_an_answer_ends_its_draft(alice):
    client = signed_in(alice)
    version = version_in(save(client, HALF[:20]))
    client.post(ASK, {"answer": HALF, "draft_version": version})
    assert not Draft.objects.exists() and Attempt.objects.get().answer == HALF


def test_a_draft_saved_on_the_way_is_part_of_the_answer(alice):
    """The last save came in after the form had been sent: its version isn't known to the form."""
    client = signed_in(alice)
    save(client, HALF[:-3])
    client.post(ASK, {"answer": HALF, "draft_version": ""})
    assert not Draft.objects.exists()


def test_an_answer_leaves_other_words_of_another_device(alice):
    save(signed_in(alice), "Something else entirely")
    signed_in(alice).post(ASK, {"answer": HALF, "draft_version": ""})
    assert Draft.objects.get().answer == "Something else entirely"


def test_a_late_save_does_not_make_a_draft_of_the_answer(alice):
    client = signed_in(alice)
    client.post(ASK, {"answer": HALF})
    save(client, HALF)
    assert not Draft.objects.exists()


def test_drafts_belong_to_one_person(alice):
    save(signed_in(alice), "Alice’s words")
    page = signed_in(make_learner("bob")).get(ASK).content.decode()
    assert "Alice’s words" not in page


def test_without_an_account_the_words_wait_for_signing_in():
    client = Client()
    response = client.post(DRAFT, {"answer": "Before signing in"})
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]
    assert "Before signing in" in client.get(ASK).content.decode()


def test_a_draft_is_posted():
    assert Client().get(DRAFT).status_code == 405
