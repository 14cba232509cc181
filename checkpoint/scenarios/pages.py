"""What each page of the scenarios shows, gathered before its template is rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from checkpoint.core.content.types import Stage
from checkpoint.core.sim import limits
from checkpoint.core.sim.completion import Completion, completed
from checkpoint.core.sim.scenario.desk import OpenFile, listed_files, opened_file
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.own_words import prompt_of
from checkpoint.core.sim.scenario.panel import Fact, Panel, compared, panel_of
from checkpoint.core.sim.scenario.session import Session, tools_of
from checkpoint.core.sim.scenario.types import Goal, Rule, Scenario
from checkpoint.core.sim.world import World
from checkpoint.library import get_library
from checkpoint.scenarios import plays, queries
from checkpoint.scenarios.faults import looked
from checkpoint.scenarios.models import Kind, Run, TypedLine
from checkpoint.scenarios.plays import Play, Stand

TABS = 5
"""Files that the editor offers as tabs."""


# --- the brief ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brief:
    """The page before a run."""

    scenario: Scenario
    number: int
    total: int
    runs: Sequence[Run]

    @property
    def open_run(self) -> Run | None:
        """The latest that isn't finished."""
        return next((run for run in self.runs if run.finished_at is None), None)


def brief_page(material: Material, user_id: int | None) -> Brief:
    slugs = list(get_library().scenarios)
    scenario = material.scenario
    runs = queries.runs_of(user_id, scenario.slug) if user_id else []
    return Brief(get_library().told[scenario.slug], slugs.index(scenario.slug) + 1, len(slugs), runs)


# --- the workbench -----------------------------------------------------------


_LEADER = "." * 12
"""Between a check's name and its outcome, as pre-commit prints them."""


def _is_row(line: str) -> bool:
    """Whether a line has three columns at least, two blanks or more between, or two and dots between."""
    columns = sum(bool(one.strip()) for one in line.split("  "))
    return line[:1].strip() != "" and (columns > 2 or _LEADER in line)


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

    @property
    def has_columns(self) -> bool:
        """Whether it is a table, whose lines had better scroll sideways than break."""
        return sum(_is_row(line) for _, text in self.chunks for line in text.splitlines()) > 1


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
class Desk:
    """The open file, its tabs, and the files that can be opened."""

    file: OpenFile | None = None
    tabs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


PARTS = frozenset({"goals", "world", "files"})


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
    desk: Desk
    prompt: str
    clock: str
    seen: int
    problem: str = ""
    line: str = ""
    """What was typed and couldn't be kept."""
    parts: frozenset[str] = PARTS
    """What of the page isn't as it was before the last line."""

    @property
    def is_untouched(self) -> bool:
        """Whether the run stands where every run of its variant begins, and nothing else is to be said."""
        return self.session is not None and not self.seen and not self.problem

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
    stand = plays.stand_of(run, lines) if _goes_on(run) else None
    last = lines[-1] if lines else None
    return _bench(run, stand, lines, last, file=file, problem=problem, line=line)


def with_unsaved(page: Bench, path: str, text: str) -> Bench:
    """The workbench with a file open as its learner wrote it, though it couldn't be saved."""
    shown = page.desk.file or OpenFile(path, text, exists=False)
    return replace(page, desk=replace(page.desk, file=replace(shown, text=text)))


def bench_since(run: Run, seen: int, *, file: str = "") -> Bench:
    """The workbench of a run, of its lines only those after `seen`."""
    number = queries.last_number(run)
    lines = queries.lines_between(run, min(seen, number - 1), number + 1)
    stand = _stand_after(run, number) if _goes_on(run) else None
    fresh = [line for line in lines if line.number > seen]
    return _bench(run, stand, fresh, lines[-1] if lines else None, file=file)


def _stand_after(run: Run, number: int) -> Stand:
    stand = plays.kept_stand(run, number)
    return plays.gone_on(run, stand, queries.lines_between(run, stand.number, number + 1))


def _bench(
    run: Run,
    stand: Stand | None,
    lines: Sequence[TypedLine],
    last: TypedLine | None,
    *,
    file: str,
    problem: str = "",
    line: str = "",
) -> Bench:
    slugs = list(get_library().scenarios)
    session = stand.session if stand else None
    return Bench(
        run,
        session.scenario if session else get_library().scenarios[run.scenario].scenario,
        slugs.index(run.scenario) + 1,
        len(slugs),
        session,
        tuple(entry_of(one) for one in lines),
        goal_rows(session) if session else (),
        broken_rules(session) if session else (),
        looked(run, lambda: stage_rows(session, last), ()) if session else (),
        looked(run, lambda: desk_of(stand, file), Desk()) if stand else Desk(),
        prompt=_prompt(session, last),
        clock=clock_of(session) if session else "",
        seen=last.number if last else 0,
        problem=problem,
        line=line,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What this worker told of a run: its last line, the world at a glance after it."""

    number: int
    world: World
    panel: Panel
    stages: tuple[StageRow, ...]


_tellings: plays.Shelf[str, _Told] = plays.Shelf(plays.SESSIONS)
"""By run."""


def page_after(run: Run, play: Play) -> Bench:
    """What one line changed of a workbench that shows all lines before it."""
    session, line = play.after.session, play.line
    slugs = list(get_library().scenarios)
    told = _tellings.get(str(run.pk))
    unknown = _Told(line.number, session.now.world, {}, ())
    now = looked(run, lambda: _told_after(session, line, told), unknown)
    _tellings.put(str(run.pk), now)
    parts = _changed(play, told, now)
    return Bench(
        run,
        session.scenario,
        slugs.index(run.scenario) + 1,
        len(slugs),
        session,
        (entry_of(line),),
        goal_rows(session) if "goals" in parts else (),
        broken_rules(session),
        now.stages,
        looked(run, lambda: desk_of(play.after, line.path), Desk()) if "files" in parts else Desk(),
        prompt=prompt_of(session),
        clock=clock_of(session),
        seen=line.number,
        parts=parts,
    )


def _told_after(session: Session, line: TypedLine, told: _Told | None) -> _Told:
    panel = panel_of(session.now.world)
    before = session.trail[-2].world if len(session.trail) > 1 else None
    known = told.panel if told and told.world is before else None
    return _Told(line.number, session.now.world, panel, _stages(panel, before, line, known))


def _changed(play: Play, told: _Told | None, now: _Told) -> frozenset[str]:
    before, after = play.before.session, play.after.session
    changed = {
        "goals": _judged(before) != _judged(after),
        "world": told is None or told.number != now.number - 1 or told.stages != now.stages,
        "files": _at_desk(before) != _at_desk(after) or play.opens_a_file,
    }
    return frozenset(part for part, is_so in changed.items() if is_so)


def _judged(session: Session) -> tuple[object, ...]:
    now = session.now
    return dict(now.met), dict(now.lost), dict(now.broken), session.hints


def _at_desk(session: Session) -> tuple[object, ...]:
    """Files are never changed in place: the same tree is the same files."""
    return id(session.now.world.files), session.now.world.shell.cwd


def _goes_on(run: Run) -> bool:
    return run.scenario in get_library().scenarios and run.content == plays.content_of(run.scenario)


def completion_of(run: Run, line: str) -> Completion:
    """For the end of a line as the run stands now; none in a run that is over, nor for more than one line."""
    if run.finished_at or not _goes_on(run) or len(line) > limits.LINE or "\n" in line:
        return Completion(len(line), ())
    session = _stand_after(run, queries.last_number(run)).session
    none = Completion(len(line), ())
    return looked(run, lambda: completed(session.now.world, line, tools_of(session.scenario)), none)


def _prompt(session: Session | None, last: TypedLine | None) -> str:
    if session is not None:
        return prompt_of(session)
    return str((last.answer or {}).get("prompt", "~")) if last else "~"


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


def stage_rows(session: Session, last: TypedLine | None) -> tuple[StageRow, ...]:
    """Facts of each stage, with what the last step changed."""
    if len(session.trail) > 1:
        return _stages(panel_of(session.now.world), session.trail[-2].world, last)
    return _stages(_first_panel(session.now.world), None, last)


_first_panels: plays.Shelf[int, tuple[World, Panel]] = plays.Shelf(plays.OPENINGS)


def _first_panel(world: World) -> Panel:
    """Every run of a variant starts in the same world."""
    found = _first_panels.get(id(world))
    if found is None:
        found = world, panel_of(world)
        _first_panels.put(id(world), found)
    return found[1]


def _stages(
    panel: Panel, before: World | None, last: TypedLine | None, known: Panel | None = None
) -> tuple[StageRow, ...]:
    """`known`: the world before at a glance, where that was asked already."""
    if before is not None:
        panel = compared(known or panel_of(before), panel)
    caught = _caught(last) if last else set()
    stages = get_library().stages
    return tuple(
        StageRow(stages[slug], facts, slug in caught) for slug, facts in panel.items() if slug in stages
    )


def _caught(line: TypedLine) -> set[str]:
    events = (line.answer or {}).get("events", ())
    return {
        str(one["stage"]) for one in events if one["kind"] == "guardrail" and one.get("result") == "caught"
    }


_desks: plays.Shelf[tuple[object, ...], tuple[object, Desk]] = plays.Shelf(plays.OPENINGS)
"""By the tree of files, which is kept with it, and by what is open."""


def desk_of(stand: Stand, file: str) -> Desk:
    """Many runs have the same files: those that none of their lines touched yet."""
    world = stand.session.now.world
    key = id(world.files), world.shell.cwd, world.shell.home, file, stand.edited
    found = _desks.get(key)
    if found is None:
        found = world.files, _desk(world, stand.edited, file)
        _desks.put(key, found)
    return found[1]


def _desk(world: World, edited: Sequence[str], file: str) -> Desk:
    files = tuple(listed_files(world))
    tabs = [*edited, *sorted(files, key=_is_hidden)][:1] if not file else [file]
    shown = opened_file(world, file or tabs[0]) if tabs else None
    recent = list(dict.fromkeys([*([shown.path] if shown else []), *edited]))[:TABS]
    return Desk(shown, tuple(recent), files)


def _is_hidden(path: str) -> bool:
    return "/." in path


def clock_of(session: Session) -> str:
    return hour(session.now.world.clock)


def hour(clock: int) -> str:
    """The scenario's clock as hours and minutes.

    >>> hour(0)
    '00:00'
    """
    return f"{datetime.fromtimestamp(clock, UTC):%H:%M}"
