"""Letters: at most once, capped, and not to whoever wants none."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from checkpoint.accounts.models import User
from checkpoint.cohorts.actions import create_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.mails.actions import MOST_A_DAY, deliver, deliver_waiting, stop_letters, write_letter
from checkpoint.mails.models import Kind, Letter
from tests.builders import make_instructor, make_learner


@pytest.fixture
def alice(db: None) -> User:
    return make_learner("alice")


@pytest.fixture
def cohort(db: None) -> Cohort:
    return create_cohort(by=make_instructor("ivy"), name="Autumn group")


@pytest.fixture
def queued(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def write(user: User, key: str = "one", cohort: Cohort | None = None, **facts: object) -> bool:
    facts = {"kind": Kind.REMINDER, "subject": "Due soon", "text": "Q1 is due.", **facts}
    return write_letter(
        user_id=user.pk, cohort_id=cohort and cohort.pk, key=key, **{"now": timezone.now(), **facts}
    )


def test_a_letter_is_plain_text_with_a_way_to_stop_it(alice: User, mailoutbox: list) -> None:
    assert write(alice)
    (mail,) = mailoutbox
    assert mail.to == ["alice@example.org"]
    assert mail.content_subtype == "plain" and not getattr(mail, "alternatives", [])
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in mail.body and link.startswith("http://localhost:8000/mail/stop/")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_occasion_has_one_letter_and_a_letter_is_sent_once(alice: User, mailoutbox: list) -> None:
    assert write(alice)
    assert not write(alice)
    deliver.call(Letter.objects.get().pk)
    deliver_waiting(now=timezone.now() + timedelta(hours=1))
    assert len(mailoutbox) == 1
    assert Letter.objects.get().text == ""


def test_a_letter_claimed_by_a_worker_that_died_is_not_sent_again(
    queued: None, alice: User, mailoutbox: list
) -> None:
    write(alice)
    Letter.objects.update(claimed_at=timezone.now())
    deliver.call(Letter.objects.get().pk)
    assert mailoutbox == []


def test_a_letter_waits_while_there_is_no_mail_server(
    alice: User, settings: Settings, mailoutbox: list
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # taken, and nobody listens
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
        settings.EMAIL_USE_TLS = False
        write(alice)
    assert Letter.objects.get().claimed_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_waiting(now=timezone.now() + timedelta(minutes=3))
    assert len(mailoutbox) == 1


def test_a_letter_that_waited_for_a_day_is_given_up(queued: None, alice: User, mailoutbox: list) -> None:
    write(alice)
    deliver_waiting(now=timezone.now() + timedelta(days=2))
    letter = Letter.objects.get()
    deliver.call(letter.pk)
    assert letter.dropped_at and letter.text == "" and mailoutbox == []


def test_nobody_gets_more_than_a_few_letters_a_day(alice: User, mailoutbox: list) -> None:
    written = [write(alice, key=str(number)) for number in range(MOST_A_DAY + 2)]
    assert written == [True] * MOST_A_DAY + [False] * 2
    assert write(alice, key="tomorrow", now=timezone.now() + timedelta(days=1))
    assert len(mailoutbox) == MOST_A_DAY + 1


def test_a_silence_holds_for_its_cohort_and_its_kind(alice: User, cohort: Cohort) -> None:
    other = create_cohort(by=cohort.created_by, name="Other")
    stop_letters(user_id=alice.pk, cohort_id=cohort.pk, kind=Kind.REMINDER)
    assert not write(alice, "1", cohort)
    assert write(alice, "2", cohort, kind=Kind.RECHECK)
    assert write(alice, "3", other)
    stop_letters(user_id=alice.pk)
    assert not write(alice, "4", other, now=timezone.now() + timedelta(days=1))


def test_a_letter_stopped_before_it_is_sent_is_dropped(queued: None, alice: User, mailoutbox: list) -> None:
    write(alice)
    stop_letters(user_id=alice.pk)
    deliver.call(Letter.objects.get().pk)
    assert mailoutbox == [] and Letter.objects.get().dropped_at
