"""Regrades and assignments of the desk: processor time and queries, by words alone, on cohorts of their own.

Run by `desk` in a process of its own. Each learner has one answer in words of their own; `grading` measures
what the sentence model takes.
"""

import os
import time
from collections.abc import Callable
from itertools import cycle, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from checkpoint.accounts.models import User  # noqa: E402
from checkpoint.assignments.actions import assign, remind_due  # noqa: E402
from checkpoint.assignments.due import tasks  # noqa: E402
from checkpoint.cohorts.actions import create_cohort  # noqa: E402
from checkpoint.cohorts.models import Cohort, Membership  # noqa: E402
from checkpoint.cohorts.roles import Role  # noqa: E402
from checkpoint.core.grading.heldout import marked_answers  # noqa: E402
from checkpoint.library import get_library  # noqa: E402
from checkpoint.regrades import actions  # noqa: E402
from checkpoint.regrades.models import Regrade  # noqa: E402
from checkpoint.selfcheck.actions import record_history  # noqa: E402
from checkpoint.selfcheck.models import Attempt, AttemptVerdict  # noqa: E402
from script.benchmarks.desk import SIZES, queries_counted  # noqa: E402

QUESTION = "stale-plan"


class Desk:
    """A cohort of this size, each learner with one answer in words of their own, judged some time ago."""

    def __init__(self, size: int) -> None:
        self.ivy = User.objects.create_user(f"ivy-{size}@example.org", is_instructor=True)
        self.cohort: Cohort = create_cohort(by=self.ivy, name=f"Regraded {size}")
        people = User.objects.bulk_create(
            (User(email=f"person-{size}-{n}@example.org", name=f"Person {n}") for n in range(size)),
            batch_size=500,
        )
        Membership.objects.bulk_create(
            (Membership(cohort=self.cohort, user=one, role=Role.LEARNER) for one in people), batch_size=500
        )
        texts = sorted({one.text for one in marked_answers(get_library().questions[QUESTION])})
        words = islice(cycle(texts), size)
        record_history(
            [
                Attempt(user=one, question=QUESTION, number=1, answer=f"{text} ({n})", at=timezone.now())
                for n, (one, text) in enumerate(zip(people, words, strict=True))
            ]
        )
        verdicts = AttemptVerdict.objects.filter(attempt__user__in=people)
        verdicts.update(grader="an-earlier/1")
        # A few were judged differently then, so that the regrade has somebody to tell.
        verdicts.filter(pk__in=list(verdicts.values_list("pk", flat=True)[::20])).update(level="ready")
        assign(cohort=self.cohort, by=self.ivy, asked=list(tasks().values()), due_at=timezone.now())
        self.client = Client()
        self.client.force_login(self.ivy)

    @property
    def regrade(self) -> Regrade:
        return Regrade.objects.get(cohort=self.cohort)


def _finish(desk: Desk) -> None:
    while actions.step(desk.regrade.pk):
        pass


def dry_run(desk: Desk) -> None:
    actions.begin(cohort=desk.cohort, by=desk.ivy, questions=[QUESTION])
    _finish(desk)


def applied(desk: Desk) -> None:
    actions.apply(regrade=desk.regrade, by=desk.ivy)
    _finish(desk)


def undone(desk: Desk) -> None:
    actions.undo(regrade=desk.regrade, by=desk.ivy)
    _finish(desk)


def reminded(_desk: Desk) -> None:
    remind_due(now=timezone.now())


def page(address: str) -> Callable[[Desk], None]:
    """One GET by the cohort's instructor."""

    def get(desk: Desk) -> None:
        regrade = Regrade.objects.filter(cohort=desk.cohort).first()
        path = address.format(
            slug=desk.cohort.slug,
            regrade=regrade and regrade.pk,
            assignment=desk.cohort.assignments.first().pk,
        )
        answer = desk.client.get(path, HTTP_HOST="localhost")
        assert answer.status_code == 200, answer.status_code  # noqa: S101

    return get


MEASURED: dict[str, Callable[[Desk], None]] = {
    "regrade: what is outdated": page("/cohorts/{slug}/regrade/"),
    "regrade: dry run": dry_run,
    "regrade: what would change": page("/cohorts/{slug}/regrade/{regrade}/"),
    "regrade: applied": applied,
    "regrade: undone": undone,
    "assignments, all of a course": page("/cohorts/{slug}/assignments/"),
    "assignments: one": page("/cohorts/{slug}/assignments/{assignment}/"),
    "assignments: all reminded": reminded,
}
"""In the order run: what comes later finds what came before."""


def main() -> None:
    # Pieces are done here and now, not by a worker.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    print(f"\n  {'learners':>8}  {'what':30}{'CPU s':>8}{'queries':>9}{'ms each':>9}")
    for size in SIZES:
        desk = Desk(size)
        page("/cohorts/")(desk)  # what every first page makes ready is not measured
        for what, do in MEASURED.items():
            began = time.process_time()
            with queries_counted() as queries:
                do(desk)
            seconds = time.process_time() - began
            each = 1000 * seconds / size
            print(f"  {size:8}  {what:30}{seconds:8.2f}{len(queries):9}{each:9.2f}", flush=True)


main()
