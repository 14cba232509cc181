"""Where each learner stands, in one row: questions first, then scenarios."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checkpoint.exports.asked import WHO, Asked
from checkpoint.exports.cells import Cell
from checkpoint.exports.times import utc
from checkpoint.library import get_library
from checkpoint.scenarios.queries import RunRow, runs_of_many
from checkpoint.selfcheck.queries.many import LevelRow, levels_of_many

_SAID = ("level", "met", "of", "attempts")
_DONE = ("ending", "goals met", "of", "runs")
_RANK = ("unfinished", "costly", "clean")


class Best(NamedTuple):
    """A learner's runs of one scenario: the best ending, the goals any of them met, how many there are."""

    ending: str
    met: frozenset[str]
    runs: int


def columns() -> Sequence[str]:
    library = get_library()
    said = [f"{slug} {what}" for slug in library.questions for what in _SAID]
    done = [f"{slug} {what}" for slug in library.scenarios for what in _DONE]
    return (*WHO, "cohort", "joined_at", "last_seen_on", "questions_cleared", *said, *done)


def rows(asked: Asked) -> Iterator[Sequence[Cell]]:
    """Two queries."""
    levels: dict[int, dict[str, LevelRow]] = {}
    for level in levels_of_many(asked.people):
        levels.setdefault(level.user_id, {})[level.question] = level
    runs: dict[int, dict[str, Best]] = {}
    for run in runs_of_many(asked.people):
        theirs = runs.setdefault(run.user_id, {})
        theirs[run.scenario] = _better(theirs.get(run.scenario), run)
    for user_id, person in asked.people.items():
        mine, tried = levels.get(user_id, {}), runs.get(user_id, {})
        seen = person.last_seen_on.isoformat() if person.last_seen_on else ""
        cleared = sum(mine[slug].level == "ready" for slug in get_library().questions if slug in mine)
        yield (
            *(*asked.who(user_id), asked.cohort.slug, utc(person.joined_at), seen, cleared),
            *_said(mine),
            *_done(tried),
        )


def _better(best: Best | None, run: RunRow) -> Best:
    if best is None:
        return Best(run.ending, frozenset(run.met), 1)
    ending = max(best.ending, run.ending, key=_RANK.index)
    return Best(ending, best.met | frozenset(run.met), best.runs + 1)


def _said(mine: Mapping[str, LevelRow]) -> Iterator[Cell]:
    for slug, question in get_library().questions.items():
        standing, required = mine.get(slug), [c.id for c in question.required]
        if standing is None:
            yield from ("", None, len(required), 0)
            continue
        met = sum(standing.outcomes.get(criterion) == "met" for criterion in required)
        yield from (standing.level, met, len(required), standing.attempts)


def _done(tried: Mapping[str, Best]) -> Iterator[Cell]:
    for slug, material in get_library().scenarios.items():
        goals, best = [goal.id for goal in material.scenario.goals], tried.get(slug)
        if best is None:
            yield from ("", None, len(goals), 0)
            continue
        yield from (best.ending, sum(goal in best.met for goal in goals), len(goals), best.runs)
