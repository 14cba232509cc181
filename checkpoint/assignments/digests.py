"""The weekly letter to whoever looks after a cohort: the cohort page's figures in a few lines."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from checkpoint.assignments.figures import figures_of
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import answers_given, learners, looked_after, totals
from checkpoint.library import get_library

HOUR = 7
"""From then on, on Mondays, by the site's clock."""

WEEK = timedelta(days=7)


def week_of(now: datetime) -> str | None:
    """The week's name while its digest is to be written, such as 2026-W48."""
    local = timezone.localtime(now)
    if local.weekday() != 0 or local.hour < HOUR:
        return None
    year, week, _ = local.isocalendar()
    return f"{year}-W{week:02}"


def digest_readers() -> Iterator[tuple[Cohort, list[int]]]:
    """Each cohort with the ids of its owners and instructors. One query."""
    for _, seats in groupby(looked_after(), key=lambda seat: seat.cohort_id):
        mine = list(seats)
        yield mine[0].cohort, [seat.user_id for seat in mine]


def digest_letter(cohort: Cohort, now: datetime) -> tuple[str, str] | None:
    """Subject and text; nothing about a cohort in which nobody learns. Eight queries."""
    people = learners(cohort)
    if not people:
        return None
    known, questions = totals(cohort), len(get_library().questions)
    before, lately = answers_given(cohort, now - 2 * WEEK, now - WEEK)
    quiet = [
        person.name
        for person in people
        if _day(known[person.user_id][1] if person.user_id in known else person.joined_at)
        <= timezone.localdate(now) - WEEK
        and (person.last_seen_on or date.min) <= timezone.localdate(now) - WEEK
    ]
    context = {
        "cohort": cohort,
        "learners": len(people),
        "ready": sum(cleared >= questions > 0 for cleared, _ in known.values()),
        "answers": lately,
        "answers_before": before,
        "quiet": quiet[:5],
        "more_quiet": max(0, len(quiet) - 5),
        "assignments": figures_of(cohort, now),
        "address": settings.SITE_URL + reverse("cohort", args=[cohort.slug]),
    }
    return f"{cohort.name}: your week", render_to_string("assignments/digest.txt", context)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
