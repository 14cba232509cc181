"""Which learners the table shows and in which order, as the address asks."""

from collections.abc import Callable, Collection, Mapping, Sequence

from checkpoint.cohorts.helping import Helped
from checkpoint.cohorts.misses import MISSED, EverybodysRuns, question_of, title_of
from checkpoint.cohorts.queries import Learner
from checkpoint.cohorts.rows import Row
from checkpoint.cohorts.wishes import Wish
from checkpoint.library import get_library
from checkpoint.selfcheck.queries.crowd import Latest
from checkpoint.selfcheck.queries.standings import criteria_by_stage, is_cleared

Everybodys = Mapping[int, Mapping[str, Latest]]
"""Latest answers by user id and question."""

Test = Callable[[Row], bool]


def narrowed(
    wish: Wish,
    rows: Sequence[Row],
    helped: Sequence[Helped],
    latest: Everybodys,
    played: EverybodysRuns,
) -> list[Row]:
    """The rows that pass everything the address asks for, in its order."""
    tests = list(_tests(wish, helped, latest, played))
    found = [row for row in rows if all(test(row) for test in tests)] if tests else list(rows)
    return _ordered(wish, found, helped, latest)


def _tests(
    wish: Wish, helped: Sequence[Helped], latest: Everybodys, played: EverybodysRuns
) -> Collection[Test]:
    """Nothing unknown narrows anything."""
    found: list[Test] = []
    if wish.words:
        found.append(lambda row: is_called(wish.words, row.learner))
    if wish.show:
        found.append(_shown(wish.show, helped))
    for asked, test in ((wish.missed, _misses), (wish.skill, _lacks), (wish.stage, _stands_before)):
        made = test(asked, latest, played) if asked else None
        if made:
            found.append(made)
    if wish.has:
        found.append(
            lambda row: any(
                wish.has in one.judgement.misconceptions
                for one in latest.get(row.learner.user_id, {}).values()
            )
        )
    goal = _goal_of(wish.goal)
    if goal:
        found.append(_leaves_open(*goal, played))
    return found


def is_called(words: str, person: Learner) -> bool:
    """Whether the name or address holds these words."""
    words = words.casefold()
    return words in person.name.casefold() or words in person.email.casefold()


def _shown(show: str, helped: Sequence[Helped]) -> Test:
    if show == "ready":
        return lambda row: row.is_ready
    if show == "open":
        return lambda row: not row.is_ready
    if show == "quiet":
        return lambda row: row.is_quiet
    wanted = {one.learner.user_id for one in helped if any(reason.kind == show for reason in one.reasons)}
    return lambda row: row.learner.user_id in wanted


def _misses(criterion: str, latest: Everybodys, _: EverybodysRuns) -> Test | None:
    place = question_of(criterion)
    if place is None:
        return None
    slug, index = place[0].slug, place[1]

    def misses(row: Row) -> bool:
        mine = latest.get(row.learner.user_id, {}).get(slug)
        return mine is not None and mine.judgement.outcomes[index] in MISSED

    return misses


def _lacks(skill: str, latest: Everybodys, played: EverybodysRuns) -> Test | None:
    """One half of the skill at least, of those that the course asks for."""
    place = get_library().skills.get(skill)
    if place is None:
        return None

    def lacks(row: Row) -> bool:
        user_id = row.learner.user_id
        answer = latest.get(user_id, {}).get(place.asked_in)
        said = place.said(answer.judgement.outcomes if answer else None)
        return not {said, place.done(played.get(user_id, ()))} <= {"met", ""}

    return lacks


def _stands_before(stage: str, latest: Everybodys, _: EverybodysRuns) -> Test | None:
    """Hasn't cleared the stage."""
    criteria = criteria_by_stage(get_library()).get(stage)
    if not criteria:
        return None

    def stands_before(row: Row) -> bool:
        mine = latest.get(row.learner.user_id, {})
        return not is_cleared(criteria, {slug: one.judgement.outcomes for slug, one in mine.items()})

    return stands_before


def _goal_of(asked: str) -> tuple[str, str] | None:
    """Scenario and goal of `stale-plan.seen`."""
    slug, _, goal = asked.partition(".")
    material = get_library().scenarios.get(slug)
    known = material is not None and goal in {one.id for one in material.scenario.goals}
    return (slug, goal) if known else None


def _leaves_open(scenario: str, goal: str, played: EverybodysRuns) -> Test:
    """Tried the scenario, and met the goal in no run."""

    def leaves_open(row: Row) -> bool:
        runs = [run for run in played.get(row.learner.user_id, ()) if run.scenario == scenario]
        return bool(runs) and not any(goal in run.met for run in runs)

    return leaves_open


def _ordered(wish: Wish, rows: list[Row], helped: Sequence[Helped], latest: Everybodys) -> list[Row]:
    """Rows come by name, and stay so among equals."""
    if wish.sort == "quiet":
        return sorted(rows, key=lambda row: row.seen)
    if wish.sort == "help":
        places = {one.learner.user_id: place for place, one in enumerate(helped)}
        return sorted(rows, key=lambda row: places.get(row.learner.user_id, len(places)))
    if wish.sort == "readiness":
        return sorted(rows, key=lambda row: (row.is_ready, _met(latest.get(row.learner.user_id, {}))))
    return rows


def _met(mine: Mapping[str, Latest]) -> int:
    return sum(one.judgement.met for one in mine.values())


def narrowed_to(wish: Wish) -> tuple[str, ...]:
    """What of the course the table is narrowed to, in words."""
    said = (saying(getattr(wish, name)) for name, saying in _SAYINGS.items() if getattr(wish, name))
    return tuple(filter(None, said))


def _criterion_said(asked: str) -> str:
    place = question_of(asked)
    return f"Left out or only touched: {place[0].required[place[1]].heading}" if place else ""


def _goal_said(asked: str) -> str:
    found = _goal_of(asked)
    if not found:
        return ""
    scenario = get_library().scenarios[found[0]].scenario
    goal = next(goal for goal in scenario.goals if goal.id == found[1])
    return f"Tried {scenario.title} and never met: {title_of(found[0], goal)}"


def _idea_said(asked: str) -> str:
    claims = {m.id: m.claim for q in get_library().questions.values() for m in q.misconceptions}
    return f"Has the idea: {claims[asked]}" if asked in claims else ""


def _skill_said(asked: str) -> str:
    place = get_library().skills.get(asked)
    return f"Lacks a half of the skill: {place.skill.title}" if place else ""


def _stage_said(asked: str) -> str:
    stage = get_library().stages.get(asked)
    return f"Hasn’t cleared the stage: {stage.title}" if stage else ""


_SAYINGS: dict[str, Callable[[str], str]] = {
    "missed": _criterion_said,
    "goal": _goal_said,
    "has": _idea_said,
    "skill": _skill_said,
    "stage": _stage_said,
}
