"""Every read of runs: one's own, those shared with an instructor, and how somebody stands with a scenario."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast

from checkpoint.core.content.skills import Played
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.library import get_library
from checkpoint.prepared import Prepared, PreparedFirst, PreparedObjects, Small
from checkpoint.scenarios.models import Run as Run  # a word for other apps too, which know no models
from checkpoint.scenarios.models import TypedLine

Learners = QuerySet[Any, Any] | Collection[int]
"""User ids, or the query of one column that gives them."""

LISTED = 10
"""Of somebody's runs of a scenario."""


# Every line that is typed asks most of these, so they are compiled once.
_own_run = PreparedFirst(
    Run, lambda user_id, run_id: Run.objects.filter(pk=run_id, user_id=user_id), int, UUID
)
_lines = PreparedObjects(TypedLine, lambda run_id: TypedLine.objects.filter(run_id=run_id), UUID)
_lines_between = PreparedObjects(
    TypedLine,
    lambda run_id, after, before: TypedLine.objects.filter(
        run_id=run_id, number__gt=after, number__lt=before
    ),
    *(UUID, Small, Small),
)
_last_number = Prepared(
    lambda run_id: TypedLine.objects.filter(run_id=run_id).order_by("-number").values_list("number")[:1],
    UUID,
)
_moment_of = Prepared(
    lambda run_id, number: TypedLine.objects.filter(run_id=run_id, number=number).values_list("at"),
    *(UUID, Small),
)
_unanswered = Prepared(
    lambda run_id: (
        TypedLine.objects.filter(run_id=run_id, answer__isnull=True).order_by().values_list("number")[:1]
    ),
    UUID,
)
_runs = PreparedObjects(
    Run,
    lambda user_id, scenario: Run.objects.filter(user_id=user_id, scenario=scenario).order_by("-touched_at")[
        :LISTED
    ],
    *(int, str),
)
_begun = Prepared(
    lambda user_id, scenario, since: (
        Run.objects.filter(user_id=user_id)
        .order_by()
        .values("user_id")
        .annotate(
            alike=Count("pk", filter=Q(scenario=scenario)),
            late=Count("pk", filter=Q(started_at__gt=since)),
            first=Min("started_at", filter=Q(started_at__gt=since)),
        )
        .values_list("alike", "late", "first")
    ),
    *(int, str, datetime),
)


def run_of(user_id: int, run_id: UUID) -> Run | None:
    """Somebody's own run."""
    return _own_run.first(user_id, run_id)


def lines_of(run: Run) -> list[TypedLine]:
    return _lines.all(run.pk)


def lines_between(run: Run, after: int, before: int) -> list[TypedLine]:
    """Those with a number between the two, neither included; nothing is asked where none can be."""
    return _lines_between.all(run.pk, after, before) if before - after > 1 else []


def has_unanswered(run: Run) -> bool:
    """Whether the server stopped at one of its lines."""
    return bool(_unanswered.rows(run.pk))


def unanswered_lines(run: Run) -> list[TypedLine]:
    """Those at which the server stopped."""
    return list(run.lines.filter(answer__isnull=True))


def last_number(run: Run) -> int:
    """Of the line that was kept last; 0 where there is none."""
    return next((number for (number,) in _last_number.rows(run.pk)), 0)


def moment_of(run: Run, number: int) -> datetime | None:
    """When a line was kept; None where it wasn't."""
    return next((at for (at,) in _moment_of.rows(run.pk, number)), None)


def runs_of(user_id: int, scenario: str) -> list[Run]:
    """The latest first, and no more than a page lists."""
    return _runs.all(user_id, scenario)


@dataclass(frozen=True, slots=True)
class Begun:
    """How many runs somebody has begun: of one scenario, and of any after some time."""

    alike: int = 0
    late: int = 0
    first: datetime | None = None
    """When the first of the late ones began."""


def begun_by(user_id: int, scenario: str, since: datetime) -> Begun:
    """One query."""
    return next((Begun(*row) for row in _begun.rows(user_id, scenario, since)), Begun())


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


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A scenario in the course's list."""

    number: int
    scenario: Scenario
    standing: ScenarioStanding | None
    now: bool
    """Whether it is the first that isn't solved cleanly."""


def scenario_rows(user_id: int | None) -> list[ScenarioRow]:
    """Every scenario, and how somebody stands with it. One query; none for a visitor."""
    standings = standings_of([user_id]).get(user_id, {}) if user_id else {}
    told = get_library().told
    still = [slug for slug in told if slug not in standings or standings[slug].ending != "clean"]
    return [
        ScenarioRow(number, one, standings.get(slug), slug in still[:1])
        for number, (slug, one) in enumerate(told.items(), start=1)
    ]


# --- Shared with instructors ------------------------------------------------------------


class Shared(NamedTuple):
    """A run that its learner shares, without its lines."""

    run_id: UUID
    user_id: int
    scenario: str
    ending: str
    at: datetime
    finished: bool


def shared_rows(learners: Learners) -> QuerySet[Run, tuple[Any, ...]]:
    """The query whose rows make `Shared`, the latest first."""
    shared = Run.objects.filter(user_id__in=learners, shared=True).order_by("-touched_at", "id")
    return shared.annotate(finished=Q(finished_at__isnull=False)).values_list(
        "id", "user_id", "scenario", "ending", "touched_at", "finished"
    )


def shared_by(user_id: int) -> tuple[Shared, ...]:
    """Everything somebody shares. One query."""
    return tuple(Shared(*row) for row in shared_rows([user_id]))


def shared_run(run_id: UUID) -> Run | None:
    """Whoever's it is: that the asker is one of their instructors is the caller's to know. One query."""
    return Run.objects.filter(pk=run_id, shared=True).first()


# --- What runs came to, for skills ----------------------------------------------------


def played_rows(learners: Learners) -> QuerySet[Run, tuple[Any, ...]]:
    """The query whose rows `gather_played` takes: nobody's runs that came to the same are told twice."""
    return (
        Run.objects.filter(user_id__in=learners)
        .annotate(met_text=Cast("met", TextField()), broken_text=Cast("broken", TextField()))
        .values_list("user_id", "scenario", "met_text", "broken_text")
        .distinct()
    )


def gather_played(rows: Iterable[tuple[int, str, str, str]]) -> dict[int, set[Played]]:
    """By user id; many runs share a few results, and each is read from its JSON once. No query."""
    found: dict[int, set[Played]] = {}
    for user_id, scenario, met, broken in rows:
        found.setdefault(user_id, set()).add(_played(scenario, met, broken))
    return found


def played_by(user_id: int) -> set[Played]:
    """What somebody's runs came to. One query."""
    return gather_played(played_rows([user_id])).get(user_id, set())


class Newest(NamedTuple):
    """Somebody's latest run of a scenario, without its lines."""

    played: Played
    ending: str
    run_id: UUID
    shared: bool
    finished: bool


def newest_rows(learners: Learners) -> QuerySet[Run, tuple[Any, ...]]:
    """The query whose rows `gather_newest` takes."""
    runs = Run.objects.filter(user_id__in=learners).order_by("touched_at", "id")
    return runs.annotate(
        met_text=Cast("met", TextField()),
        broken_text=Cast("broken", TextField()),
        finished=Q(finished_at__isnull=False),
    ).values_list("user_id", "scenario", "met_text", "broken_text", "ending", "id", "shared", "finished")


def gather_newest(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[str, Newest]]:
    """By user id and scenario. No query."""
    found: dict[int, dict[str, Newest]] = {}
    for user_id, scenario, met, broken, *facts in rows:
        found.setdefault(user_id, {})[scenario] = Newest(_played(scenario, met, broken), *facts)
    return found


def begun_rows(learners: Learners, earlier: datetime, later: datetime) -> QuerySet[Run, tuple[bool, int]]:
    """The query for how many runs these learners began since the later time, and between the two."""
    begun = Run.objects.filter(user_id__in=learners, started_at__gte=earlier)
    return begun.annotate(is_later=Q(started_at__gte=later)).values_list("is_later").annotate(Count("id"))


@lru_cache(maxsize=4096)
def _played(scenario: str, met: str, broken: str) -> Played:
    return Played(scenario, frozenset(json.loads(met)), frozenset(json.loads(broken)))


# --- For a list of everybody's ----------------------------------------------------------


class RunRow(NamedTuple):
    """A run without its lines, and what it came to."""

    run_id: UUID
    user_id: int
    scenario: str
    started_at: datetime
    touched_at: datetime
    finished_at: datetime | None
    ending: str
    met: Sequence[str]
    broken: Sequence[str]
    hints: int
    shared: bool
    lines: int


def runs_of_many(user_ids: Iterable[int]) -> Iterator[RunRow]:
    """Every run of these learners, by learner and time, a few at a time. One query."""
    rows = (
        Run.objects.filter(user_id__in=tuple(user_ids))
        .annotate(typed=Count("lines"))
        .order_by("user_id", "started_at", "id")
        .values_list(
            *("id", "user_id", "scenario", "started_at", "touched_at", "finished_at"),
            *("ending", "met", "broken", "hints", "shared", "typed"),
        )
    )
    return (RunRow(*row) for row in rows.iterator(chunk_size=500))


def shared_by_many(user_ids: Iterable[int]) -> Iterator[Run]:
    """The runs that these learners share, with their lines. One query, and one for each 50."""
    shared = Run.objects.filter(user_id__in=tuple(user_ids), shared=True)
    return shared.order_by("user_id", "started_at", "id").prefetch_related("lines").iterator(chunk_size=50)


def first_finished(learners: Learners, scenarios: Iterable[str]) -> Iterable[tuple[int, str, datetime]]:
    """(user id, scenario, when they first finished a run of it). One query."""
    runs = Run.objects.filter(user_id__in=learners, scenario__in=tuple(scenarios), finished_at__isnull=False)
    return runs.values_list("user_id", "scenario").annotate(first=Min("finished_at"))
