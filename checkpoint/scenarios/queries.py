"""Every read of runs: one's own, those shared with an instructor, and how somebody stands with a scenario."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkpoint.scenarios.models import Run, TypedLine


def run_of(user_id: int, run_id: UUID) -> Run | None:
    """Somebody's own run."""
    return Run.objects.filter(pk=run_id, user_id=user_id).first()


def lines_of(run: Run) -> list[TypedLine]:
    return list(run.lines.all())


def runs_of(user_id: int, scenario: str, most: int = 10) -> list[Run]:
    """The latest first."""
    return list(Run.objects.filter(user_id=user_id, scenario=scenario).order_by("-touched_at")[:most])


def count_of(user_id: int, scenario: str) -> int:
    return Run.objects.filter(user_id=user_id, scenario=scenario).count()


@dataclass(frozen=True, slots=True)
class ScenarioStanding:
    """One learner, one scenario: the best that a run came to, and when the last one was."""

    scenario: str
    ending: str
    met: frozenset[str]
    """Goals that some run met."""
    broken: frozenset[str]
    """Rules that the best run broke."""
    runs: int
    at: datetime
    open_run: UUID | None
    """The latest that isn't finished."""


_RANK = {"unfinished": 0, "costly": 1, "clean": 2}


def standings_of(user_ids: Iterable[int]) -> Mapping[int, Mapping[str, ScenarioStanding]]:
    """By learner and scenario; one query."""
    found: dict[int, dict[str, list[Run]]] = {}
    for run in Run.objects.filter(user_id__in=list(user_ids)).order_by("touched_at"):
        found.setdefault(run.user_id, {}).setdefault(run.scenario, []).append(run)
    return {
        user: {slug: _standing(slug, runs) for slug, runs in by_slug.items()}
        for user, by_slug in found.items()
    }


def _standing(slug: str, runs: list[Run]) -> ScenarioStanding:
    best = max(runs, key=lambda run: (_RANK[run.ending], len(run.met), run.touched_at))
    still = [run.pk for run in runs if run.finished_at is None]
    return ScenarioStanding(
        slug,
        best.ending,
        frozenset(goal for run in runs for goal in run.met),
        frozenset(best.broken),
        len(runs),
        runs[-1].touched_at,
        still[-1] if still else None,
    )
