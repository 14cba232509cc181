"""The link in every letter, and the page where somebody chooses their mails."""

import pytest
from django.test import Client

from checkpoint.accounts.models import User
from checkpoint.mails.actions import stop_letters
from checkpoint.mails.models import Kind, Silence
from checkpoint.mails.queries import is_silenced
from checkpoint.mails.stopping import Stop, stop_link
from tests.builders import make_instructor, make_learner, signed_in


@pytest.fixture
def alice(db: None) -> User:
    return make_learner("alice")


def path_of(user: User, kind: Kind = Kind.REMINDER) -> str:
    return stop_link(Stop(user.pk, None, kind)).removeprefix("http://localhost:8000")


def test_opening_the_link_changes_nothing(client: Client, alice: User) -> None:
    page = client.get(path_of(alice))
    assert page.status_code == 200 and "Stop these mails?" in page.content.decode()
    assert not Silence.objects.exists()


def test_a_mail_program_stops_them_in_one_click_without_signing_in(alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path_of(alice), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert is_silenced(alice.pk, None, Kind.REMINDER) and not is_silenced(alice.pk, None, Kind.RECHECK)


def test_all_mails_are_stopped_and_taken_up_again(client: Client, alice: User) -> None:
    client.post(path_of(alice), {"do": "all"})
    assert is_silenced(alice.pk, None, Kind.DIGEST)
    client.post(path_of(alice), {"do": "resume"})
    assert not is_silenced(alice.pk, None, Kind.REMINDER)


@pytest.mark.parametrize("token", ["nonsense", "WzEsbnVsbCwicmVtaW5kZXIiXQ.forged"])
def test_a_link_that_we_did_not_write_is_not_found(client: Client, db: None, token: str) -> None:
    assert client.get(f"/mail/stop/{token}/").status_code == 404
    assert client.post(f"/mail/stop/{token}/").status_code == 404


def test_somebody_chooses_their_mails_and_nobody_elses(alice: User) -> None:
    bob = make_learner("bob")
    stop_letters(user_id=bob.pk)
    mine = signed_in(alice)
    assert mine.post("/mail/", {"do": "stop", "kind": "reminder"}).status_code == 302
    page = mine.get("/mail/").content.decode()
    assert "Send again" in page and "digests" not in page
    mine.post("/mail/", {"do": "resume", "silence": str(Silence.objects.get(user=bob).pk)})
    assert is_silenced(bob.pk, None, Kind.REMINDER)
    mine.post("/mail/", {"do": "resume", "silence": str(Silence.objects.get(user=alice).pk)})
    assert not is_silenced(alice.pk, None, Kind.REMINDER)


def test_what_is_no_choice_is_refused(alice: User) -> None:
    assert signed_in(alice).post("/mail/", {"do": "stop", "kind": "everything"}).status_code == 422
    assert not Silence.objects.exists()


def test_only_instructors_choose_about_digests(alice: User) -> None:
    assert "digests" in signed_in(make_instructor("ivy")).get("/mail/").content.decode()
