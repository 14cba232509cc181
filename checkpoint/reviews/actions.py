"""Every write of reviewing: decisions with their record, and how a reviewer wants to work."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.cohorts.models import Cohort
from checkpoint.reviews.models import ReviewerSetting
from checkpoint.selfcheck.decisions.actions import Ruling, record_decisions
from checkpoint.selfcheck.models import Decision


@transaction.atomic
def decide(
    *, cohort: Cohort, by: User, rulings: Sequence[Ruling], at: datetime | None = None
) -> list[Decision]:
    """All or, where somebody else was faster, none: raises DecidedMeanwhileError."""
    made = record_decisions(by_id=by.pk, rulings=rulings, at=at)
    for attempt, decisions in groupby(made, lambda one: one.verdict.attempt):
        said = ", ".join(f"{one.criterion} {one.outcome}" for one in decisions)
        record(
            cohort_id=cohort.pk,
            by=by,
            what="decided",
            person_id=attempt.user_id,
            subject=attempt.question,
            at=at,
            attempt=attempt.number,
            criteria=said,
        )
    return made


def note_export(*, cohort: Cohort, by: User) -> None:
    """The figures of agreement left the site."""
    record(cohort_id=cohort.pk, by=by, what="agreement-exported")


def note_patch(*, cohort: Cohort, by: User, question: str, decisions: int) -> None:
    """A patch made from learners' words left the site."""
    record(cohort_id=cohort.pk, by=by, what="patch-made", subject=question, decisions=decisions)


def set_verdict_first(*, user: User, first: bool) -> None:
    ReviewerSetting.objects.update_or_create(user=user, defaults={"verdict_first": first})
