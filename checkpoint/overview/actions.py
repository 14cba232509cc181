"""The one thing written when somebody looks: that they did, for the owners of the cohort."""

from datetime import timedelta

from django.utils import timezone

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.audit.queries import was_recorded

ONE_LOOK = timedelta(hours=1)
"""Pages opened within it are one look."""


def note_look(*, cohort_id: int, by: User, learner_id: int) -> None:
    """Somebody sees a learner's pages as the learner does."""
    since = timezone.now() - ONE_LOOK
    if not was_recorded(cohort_id, by.pk, "seen-as", learner_id, since):
        record(cohort_id=cohort_id, by=by, what="seen-as", person_id=learner_id)
