"""Who is written to, when, and that nobody is told twice or of what is done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.assignments.actions import change_due, extend, remind_due, remove, write_digests
from checkpoint.assignments.models import Reminded
from checkpoint.cohorts.actions import create_cohort, join_cohort
from checkpoint.cohorts.models import Cohort
from checkpoint.mails.actions import stop_letters
from checkpoint.mails.models import Kind
from tests.assignments.conftest import given, within
from tests.builders import make_attempt, make_judged

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def addressees(outbox: list) -> list[str]:
    return sorted(mail.to[0].partition("@")[0] for mail in outbox)


def test_nobody_is_reminded_long_before(cohort: Cohort, alice: User, mailoutbox: list) -> None:
    given(cohort, within(days=5))
    remind_due(now=timezone.now())
    assert mailoutbox == []


def test_reminders_come_three_days_and_one_day_before_and_once_after(
    cohort: Cohort, alice: User, mailoutbox: list
) -> None:
    due_at = within(days=10)
    given(cohort, due_at)
    for before in (2.9, 2.5, 1.4, 0.9, 0.1, -0.5, -1.6, -5):
        remind_due(now=due_at - timedelta(days=before))
    assert len(mailoutbox) == 3
    assert "Due " in mailoutbox[0].subject and "Was due " in mailoutbox[2].subject
    assert "/selfcheck/target/" in mailoutbox[0].body and "(UTC)" in mailoutbox[0].body


def test_what_is_done_is_never_reminded_of(cohort: Cohort, alice: User, bob: User, mailoutbox: list) -> None:
    given(cohort, within(days=2))
    make_attempt(alice, "target")
    remind_due(now=timezone.now())
    assert addressees(mailoutbox) == ["bob"]


def test_looking_twice_writes_once(cohort: Cohort, alice: User, mailoutbox: list) -> None:
    given(cohort, within(days=2))
    remind_due(now=timezone.now())
    remind_due(now=timezone.now() + timedelta(minutes=10))
    assert len(mailoutbox) == 1


def test_several_things_due_make_one_letter(cohort: Cohort, alice: User, mailoutbox: list) -> None:
    given(cohort, within(days=2))
    given(cohort, within(days=2.5), "scenario", "wrong-target")
    remind_due(now=timezone.now())
    (mail,) = mailoutbox
    assert mail.subject == "2 assignments of Autumn group"
    assert mail.body.count("http://localhost:8000/s") == 2


def test_a_person_gets_one_letter_of_a_cohort_a_day(cohort: Cohort, alice: User, mailoutbox: list) -> None:
    noon = timezone.localtime(within(days=1)).replace(hour=12)
    given(cohort, noon + timedelta(days=2))
    remind_due(now=noon)
    given(cohort, noon + timedelta(days=1.5), "scenario", "wrong-target")
    remind_due(now=noon + timedelta(hours=1))
    assert len(mailoutbox) == 1
    remind_due(now=noon + timedelta(days=1))
    assert len(mailoutbox) == 2 and "2 assignments" in mailoutbox[1].subject


def test_an_extension_moves_the_reminder(
    cohort: Cohort, ivy: User, alice: User, bob: User, mailoutbox: list
) -> None:
    one = given(cohort, within(days=2))
    extend(assignment=one, user_id=alice.pk, by=ivy, due_at=within(days=9))
    remind_due(now=timezone.now())
    assert addressees(mailoutbox) == ["bob"]
    remind_due(now=timezone.now() + timedelta(days=7))
    assert addressees(mailoutbox) == ["alice", "bob"]


def test_another_due_date_is_reminded_of_anew(
    cohort: Cohort, ivy: User, alice: User, mailoutbox: list
) -> None:
    one = given(cohort, within(days=2))
    remind_due(now=timezone.now())
    change_due(assignment=one, by=ivy, due_at=within(days=9))
    remind_due(now=timezone.now() + timedelta(days=7))
    assert len(mailoutbox) == 2


def test_whoever_stopped_them_is_not_reminded(
    cohort: Cohort, alice: User, bob: User, mailoutbox: list
) -> None:
    stop_letters(user_id=alice.pk, cohort_id=cohort.pk, kind=Kind.REMINDER)
    given(cohort, within(days=2))
    remind_due(now=timezone.now())
    assert addressees(mailoutbox) == ["bob"]


def test_what_is_removed_is_not_reminded_of(cohort: Cohort, ivy: User, alice: User, mailoutbox: list) -> None:
    remove(assignment=given(cohort, within(days=2)), by=ivy)
    remind_due(now=timezone.now())
    assert mailoutbox == [] and not Reminded.objects.exists()


def test_instructors_of_a_cohort_are_not_reminded(cohort: Cohort, mailoutbox: list) -> None:
    given(cohort, within(days=2))
    remind_due(now=timezone.now())
    assert mailoutbox == []


# --- Digests ------------------------------------------------------------------------------


def test_on_monday_mornings_instructors_get_one_digest(
    cohort: Cohort, alice: User, bob: User, mailoutbox: list
) -> None:
    make_judged(alice, "target", "met", at=MONDAY - timedelta(days=1))
    given(cohort, MONDAY + timedelta(days=3))
    write_digests(now=MONDAY - timedelta(hours=3))
    write_digests(now=MONDAY + timedelta(days=1))
    assert mailoutbox == []
    write_digests(now=MONDAY)
    write_digests(now=MONDAY + timedelta(hours=2))
    (mail,) = mailoutbox
    assert mail.to == ["ivy@example.org"] and mail.subject == "Autumn group: your week"
    assert "Answers in the last 7 days: 1" in mail.body
    assert "1 done, 0 late, 1 open" in mail.body


def test_an_empty_cohort_has_no_digest(cohort: Cohort, mailoutbox: list) -> None:
    write_digests(now=MONDAY)
    assert mailoutbox == []


def test_a_digest_can_be_stopped(cohort: Cohort, ivy: User, alice: User, mailoutbox: list) -> None:
    stop_letters(user_id=ivy.pk, kind=Kind.DIGEST)
    write_digests(now=MONDAY)
    assert mailoutbox == []


@pytest.mark.parametrize("name", ["Second group"])
def test_each_cohort_has_a_digest_of_its_own(
    cohort: Cohort, ivy: User, alice: User, mailoutbox: list, name: str
) -> None:
    other = create_cohort(by=ivy, name=name)
    join_cohort(cohort=other, user=alice)
    write_digests(now=MONDAY)
    assert sorted(mail.subject for mail in mailoutbox) == ["Autumn group: your week", f"{name}: your week"]
