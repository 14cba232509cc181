"""What each page of the scenarios shows, gathered before its template is rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.content.types import Stage
from checkpoint.core.sim import limits
from checkpoint.core.sim.completion import Completion, completed
from checkpoint.core.sim.scenario.desk import OpenFile, listed_files, opened_file
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.own_words import prompt_of
from checkpoint.core.sim.scenario.panel import Fact, compared, panel_of
from checkpoint.core.sim.scenario.session import Session, tools_of
from checkpoint.core.sim.scenario.types import Goal, Rule, Scenario
from checkpoint.core.sim.scenario.variants import filled_in
from checkpoint.library import get_library
from checkpoint.scenarios import plays, queries
from checkpoint.scenarios.models import Kind, Run, TypedLine
from checkpoint.scenarios.queries import ScenarioStanding

TABS = 5
"""Files that the editor offers as tabs."""


# --- lists -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    number: int
    scenario: Scenario
    standing: ScenarioStanding | None
    now: bool


def scenario_rows(user_id: int | None) -> list[ScenarioRow]:
    """One query for somebody signed in, none for others."""
    standings = queries.standings_of([user_id]).get(user_id, {}) if user_id else {}
    found = [_as_told(material) for material in get_library().scenarios.values()]
    still = [one.slug for one in found if one.slug not in standings or standings[one.slug].ending != "clean"]
    return [
        ScenarioRow(number, one, standings.get(one.slug), bool(still) and one.slug == still[0])
        for number, one in enumerate(found, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Brief:
    """The page before a run."""

    scenario: Scenario
    number: int
    total: int
    runs: Sequence[Run]


def brief_page(material: Material, user_id: int | None) -> Brief:
    slugs = list(get_library().scenarios)
    scenario = material.scenario
    runs = queries.runs_of(user_id, scenario.slug) if user_id else []
    return Brief(_as_told(material), slugs.index(scenario.slug) + 1, len(slugs), runs)


def _as_told(material: Material) -> Scenario:
    """With the first variant's names: nobody should read a placeholder."""
    return filled_in(material, "1").scenario


# --- the workbench -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log with what it gave. `chunks`: (stream, text)."""

    number: int
    shown: str
    chunks: tuple[tuple[str, str], ...]
    code: int
    messages: tuple[tuple[str, str], ...]
    """(who, text) of what people wrote meanwhile."""
    pending: bool
    """Kept, but not played: the page was cut off in between."""


@dataclass(frozen=True, slots=True)
class GoalRow:
    goal: Goal
    state: str
    since: str
    """When it was met, on the scenario's clock."""
    hints: tuple[str, ...]
    """Those that were asked for."""
    more: int
    """How many are left."""
    now: bool


@dataclass(frozen=True, slots=True)
class StageRow:
    stage: Stage
    facts: tuple[Fact, ...]
    caught: bool


@dataclass(frozen=True, slots=True)
class Bench:
    run: Run
    scenario: Scenario
    number: int
    total: int
    session: Session | None
    """None for a run whose scenario has changed: it is shown, and not gone on with."""
    entries: tuple[Entry, ...]
    goals: tuple[GoalRow, ...]
    broken: tuple[Rule, ...]
    stages: tuple[StageRow, ...]
    file: OpenFile | None
    tabs: tuple[str, ...]
    files: tuple[str, ...]
    prompt: str
    clock: str
    seen: int
    problem: str = ""
    line: str = ""
    """What was typed and couldn't be kept."""

    @property
    def met(self) -> int:
        return sum(row.state == "met" for row in self.goals)

    @property
    def hints_read(self) -> int:
        return sum(len(row.hints) for row in self.goals)

    @property
    def hints_all(self) -> int:
        return sum(len(row.hints) + row.more for row in self.goals)


def bench_page(run: Run, *, file: str = "", problem: str = "", line: str = "") -> Bench:
    """The whole workbench of a run."""
    lines = queries.lines_of(run)
    slugs = list(get_library().scenarios)
    session = _session(run, lines)
    entries = tuple(entry_of(one) for one in lines)
    scenario = session.scenario if session else get_library().scenarios[run.scenario].scenario
    return Bench(
        run,
        scenario,
        slugs.index(run.scenario) + 1,
        len(slugs),
        session,
        entries,
        goal_rows(session) if session else (),
        broken_rules(session) if session else (),
        stage_rows(session, lines) if session else (),
        *(_desk(session, lines, file) if session else (None, (), ())),
        prompt=_prompt(session, lines),
        clock=clock_of(session) if session else "",
        seen=lines[-1].number if lines else 0,
        problem=problem,
        line=line,
    )


def _session(run: Run, lines: Sequence[TypedLine]) -> Session | None:
    if run.scenario not in get_library().scenarios or run.content != plays.content_of(run.scenario):
        return None
    return plays.session_of(run, lines)


def completion_of(run: Run, line: str) -> Completion:
    """For the end of a line as the run stands now; none in a run that is over, nor for more than one line."""
    lines = queries.lines_of(run)
    session = None if run.finished_at else _session(run, lines)
    if session is None or len(line) > limits.LINE or "\n" in line:
        return Completion(len(line), ())
    return completed(session.now.world, line, tools_of(session.scenario))


def _prompt(session: Session | None, lines: Sequence[TypedLine]) -> str:
    if session is not None:
        return prompt_of(session)
    return str((lines[-1].answer or {}).get("prompt", "~")) if lines else "~"


def entry_of(line: TypedLine) -> Entry:
    told: Mapping[str, Any] = line.answer or {}
    shown = line.line if line.kind == Kind.RUN else f"(saved {line.path})"
    events = told.get("events", ())
    return Entry(
        line.number,
        shown,
        tuple((stream, text) for stream, text in told.get("chunks", ())),
        int(told.get("code", 0)),
        tuple((str(one["who"]), str(one["text"])) for one in events if one["kind"] == "message"),
        line.answer is None,
    )


def goal_rows(session: Session) -> tuple[GoalRow, ...]:
    states = session.states()
    still = [slug for slug, state in states.items() if state == "open"]
    return tuple(
        GoalRow(
            goal,
            states[goal.id],
            _when(session, session.now.met.get(goal.id)),
            goal.hints[: session.hints.count(goal.id)],
            len(goal.hints) - session.hints.count(goal.id),
            bool(still) and goal.id == still[0],
        )
        for goal in session.scenario.goals
    )


def _when(session: Session, step: int | None) -> str:
    if step is None:
        return ""
    moment = next((one for one in session.trail if one.steps == step), None)
    return hour(moment.world.clock) if moment else ""


def broken_rules(session: Session) -> tuple[Rule, ...]:
    return tuple(rule for rule in session.scenario.rules if rule.id in session.now.broken)


def stage_rows(session: Session, lines: Sequence[TypedLine]) -> tuple[StageRow, ...]:
    """Facts of each stage, with what the last step changed."""
    before = session.trail[-2].world if len(session.trail) > 1 else session.now.world
    panel = compared(panel_of(before), panel_of(session.now.world))
    caught = _caught(lines[-1]) if lines else set()
    stages = get_library().stages
    return tuple(
        StageRow(stages[slug], facts, slug in caught) for slug, facts in panel.items() if slug in stages
    )


def _caught(line: TypedLine) -> set[str]:
    events = (line.answer or {}).get("events", ())
    return {
        str(one["stage"]) for one in events if one["kind"] == "guardrail" and one.get("result") == "caught"
    }


def _desk(
    session: Session, lines: Sequence[TypedLine], file: str
) -> tuple[OpenFile | None, tuple[str, ...], tuple[str, ...]]:
    """The open file, its tabs, and the files that can be opened."""
    world = session.now.world
    files = tuple(listed_files(world))
    tabs = [*_edited(lines), *files][:1] if not file else [file]
    shown = opened_file(world, file or tabs[0]) if tabs else None
    recent = list(dict.fromkeys([*([shown.path] if shown else []), *_edited(lines)]))[:TABS]
    return shown, tuple(recent), files


def _edited(lines: Sequence[TypedLine]) -> list[str]:
    """Files that were saved or asked for, the latest first."""
    found = []
    for line in reversed(lines):
        if line.kind == Kind.WRITE:
            found.append(line.path)
        asked = (one for one in (line.answer or {}).get("events", ()) if one["kind"] == "edit")
        found += [str(one["path"]) for one in asked]
    return list(dict.fromkeys(found))


def clock_of(session: Session) -> str:
    return hour(session.now.world.clock)


def hour(clock: int) -> str:
    """The scenario's clock as hours and minutes.

    >>> hour(0)
    '00:00'
    """
    return f"{datetime.fromtimestamp(clock, UTC):%H:%M}"
