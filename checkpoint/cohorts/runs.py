"""Runs that learners share: where instructors find them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from checkpoint.cohorts import queries
from checkpoint.cohorts.models import Cohort
from checkpoint.cohorts.queries import Learner
from checkpoint.library import get_library
from checkpoint.scenarios.queries import Run, Shared, shared_run

LATEST = 8
"""So many shared runs stand on the cohort's page; each learner's page has all of theirs."""


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A shared run with the words for it."""

    run: Shared
    learner: str
    title: str
    number: str
    """S3, as the list of scenarios has it; empty where the scenario is gone."""


def shared_row(run: Shared, learner: str) -> SharedRow:
    scenarios = get_library().scenarios
    if run.scenario not in scenarios:
        return SharedRow(run, learner, run.scenario, "")
    number = list(scenarios).index(run.scenario) + 1
    return SharedRow(run, learner, scenarios[run.scenario].scenario.title, f"S{number}")


def latest_shared(cohort: Cohort, names: Mapping[int, str]) -> list[SharedRow]:
    """One query; `names` are the learners' by user id."""
    found = queries.shared_runs(cohort, LATEST)
    return [shared_row(run, names[run.user_id]) for run in found if run.user_id in names]


def shared_in(cohort: Cohort, run_id: UUID) -> tuple[Run, Learner]:
    """Two queries; not found unless one of the cohort's learners shares it."""
    run = shared_run(run_id)
    learner = queries.learner(cohort, run.user_id) if run else None
    if run is None or learner is None:
        raise Http404("No such run.")
    return run, learner
