"""Who wants which letters, and how many somebody got today."""

from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.mails.models import Kind, Letter, Silence
from checkpoint.mails.stopping import Stop


def is_silenced(user_id: int, cohort_id: int | None, kind: str) -> bool:
    """One query."""
    of_cohort = Q(cohort=None) | Q(cohort_id=cohort_id)
    return Silence.objects.filter(of_cohort, user_id=user_id, kind__in=("", kind)).exists()


def letters_today(user_id: int, now: datetime) -> int:
    """How many letters somebody was written on this day of the site. One query."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    return Letter.objects.filter(user_id=user_id, made_at__gte=midnight, dropped_at=None).count()


def was_written(key: str) -> bool:
    """One query."""
    return Letter.objects.filter(key=key).exists()


def silences_of(user_id: int) -> QuerySet[Silence]:
    """With their cohorts. One query."""
    return Silence.objects.filter(user_id=user_id).select_related("cohort").order_by("cohort__name", "kind")


def silences_at(stop: Stop) -> tuple[bool, bool]:
    """Whether a link's own letters are stopped, and whether all are. One query."""
    kinds = {(s.cohort_id, s.kind) for s in Silence.objects.filter(user_id=stop.user_id)}
    return (stop.cohort_id, stop.kind.value) in kinds, (None, "") in kinds


def person_of(stop: Stop) -> User | None:
    """Whose link it is, while they have an account. One query."""
    return User.objects.filter(pk=stop.user_id, is_active=True).first()


def cohort_name(stop: Stop) -> str:
    """'' where there is no cohort (any more). One query."""
    if stop.cohort_id is None:
        return ""
    found = Letter.objects.filter(cohort_id=stop.cohort_id).values_list("cohort__name", flat=True)
    return next(iter(found[:1]), "")


def silences_about(user_id: int, cohort_id: int | None, kind: str) -> QuerySet[Silence]:
    """The one made in just these words, if it was."""
    about = Q(cohort=None) if cohort_id is None else Q(cohort_id=cohort_id)
    return Silence.objects.filter(about, user_id=user_id, kind=kind)


def waiting_letters(before: datetime, most: int) -> list[int]:
    """Ids of letters nobody has taken yet, the oldest first. One query."""
    waiting = Letter.objects.filter(claimed_at=None, dropped_at=None, made_at__lt=before)
    return list(waiting.order_by("made_at").values_list("pk", flat=True)[:most])


def kinds_for(is_instructor: bool) -> tuple[Kind, ...]:
    """What somebody may get at all."""
    kinds = (Kind.REMINDER, Kind.RECHECK)
    return (*kinds, Kind.DIGEST) if is_instructor else kinds
