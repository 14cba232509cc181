"""Every letter is written, sent and stopped here."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from checkpoint.mails.models import Kind, Letter, Silence
from checkpoint.mails.queries import is_silenced, letters_today, silences_about, waiting_letters
from checkpoint.mails.stopping import Stop, stop_link

MOST_A_DAY = 3
"""So many letters a person gets in one day, whatever happens."""

TAKEN_SOON = timedelta(minutes=2)
"""A letter older than this that nobody took is offered again."""

GIVEN_UP_AFTER = timedelta(days=1)
"""Nobody wants yesterday's reminder."""

OFFERED_AT_ONCE = 200

logger = logging.getLogger(__name__)


def write_letter(
    *, user_id: int, cohort_id: int | None, kind: Kind, key: str, subject: str, text: str, now: datetime
) -> bool:
    """Record a letter and leave it to the worker; False where it isn't wanted, is one too many or exists."""
    if is_silenced(user_id, cohort_id, kind) or letters_today(user_id, now) >= MOST_A_DAY:
        return False
    footer = f"\n\n--\nYou get this because you belong to a cohort at {settings.SITE_URL}.\nStop such mails: "
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                key=key,
                user_id=user_id,
                cohort_id=cohort_id,
                kind=kind,
                subject=" ".join(subject.split())[:200],
                text=text.strip() + footer + stop_link(Stop(user_id, cohort_id, kind)) + "\n",
                made_at=now,
            )
    except IntegrityError:
        return False
    deliver.enqueue(letter.pk)
    return True


@task()
def deliver(letter_id: int) -> None:
    """Send a letter at most once: it is claimed first, and given back only where nothing can have left."""
    if not Letter.objects.filter(pk=letter_id, claimed_at=None, dropped_at=None).update(
        claimed_at=timezone.now()
    ):
        return
    letter = Letter.objects.select_related("user").get(pk=letter_id)
    if not letter.user.is_active or is_silenced(letter.user_id, letter.cohort_id, letter.kind):
        Letter.objects.filter(pk=letter_id).update(dropped_at=timezone.now(), text="")
        return
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        logger.warning("The mail server isn't there; letter %s waits", letter_id)
        Letter.objects.filter(pk=letter_id).update(claimed_at=None)
        return
    try:
        connection.send_messages([_message(letter)])
    finally:
        connection.close()
    Letter.objects.filter(pk=letter_id).update(sent_at=timezone.now(), text="")


def _message(letter: Letter) -> EmailMessage:
    link = stop_link(Stop(letter.user_id, letter.cohort_id, Kind(letter.kind)))
    return EmailMessage(
        subject=letter.subject,
        body=letter.text,
        to=[letter.user.email],
        headers={
            "List-Unsubscribe": f"<{link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def deliver_waiting(*, now: datetime) -> None:
    """Offer letters again that nobody took, and give up on those that waited for a day."""
    old = Letter.objects.filter(claimed_at=None, dropped_at=None, made_at__lt=now - GIVEN_UP_AFTER)
    old.update(dropped_at=now, text="")
    for letter_id in waiting_letters(now - TAKEN_SOON, OFFERED_AT_ONCE):
        deliver.enqueue(letter_id)


# --- Stopping ------------------------------------------------------------------------


def stop_letters(*, user_id: int, cohort_id: int | None = None, kind: str = "") -> None:
    """Without a cohort from all of them, without a kind of every kind."""
    if not silences_about(user_id, cohort_id, kind).exists():
        with suppress(IntegrityError), transaction.atomic():  # said twice at once
            Silence.objects.create(user_id=user_id, cohort_id=cohort_id, kind=kind)


def resume_letters(*, user_id: int, cohort_id: int | None = None, kind: str = "") -> None:
    """What somebody stopped in other words stays stopped."""
    silences_about(user_id, cohort_id, kind).delete()


def end_silence(*, user_id: int, silence_id: int) -> None:
    """One of one's own."""
    Silence.objects.filter(pk=silence_id, user_id=user_id).delete()
