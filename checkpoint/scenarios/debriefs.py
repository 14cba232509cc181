"""What the debrief and the replay of a run show, gathered before their templates are rendered."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse

from checkpoint.core.content.library import Pointer, read_label
from checkpoint.core.diagram.passage import Passage
from checkpoint.core.sim.parts.files import legible
from checkpoint.core.sim.scenario.debrief import (
    Decisive,
    Journey,
    Touched,
    Without,
    broken_rules,
    decisive,
    journeys,
    ledger,
)
from checkpoint.core.sim.scenario.session import Session
from checkpoint.core.sim.scenario.types import Rule
from checkpoint.library import get_library
from checkpoint.scenarios import plays, queries
from checkpoint.scenarios.faults import looked
from checkpoint.scenarios.models import Run, TypedLine
from checkpoint.scenarios.pages import Entry, GoalRow, StageRow, entry_of, goal_rows, hour, stage_rows

ENDINGS = {
    "clean": ("Solved", "Every goal met, and nothing broken on the way."),
    "costly": ("Solved, at a cost", "Every goal met, but something was broken on the way."),
    "unfinished": ("Not solved yet", "Goals are still open."),
}
CAST_WIDTH, CAST_HEIGHT = 120, 36


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the debrief: its word, and its goals and rules by title."""

    step: Decisive
    when: str
    signal: str
    word: str
    because: tuple[str, ...]
    stopped: tuple[str, ...]
    """What guardrails said, where nothing else is told of the step."""


@dataclass(frozen=True, slots=True)
class Part:
    """A guardrail's part: what it did in this run, and what would have come without it."""

    slug: str
    name: str
    did: str
    otherwise: str
    """What would have come of the same lines without it."""


@dataclass(frozen=True, slots=True)
class Debrief:
    run: Run
    session: Session
    title: str
    ending: str
    told: str
    steps: tuple[StepRow, ...]
    goals: tuple[GoalRow, ...]
    standings: tuple[str, ...]
    """A sentence on each goal: when it was met, or why it isn't."""
    rules: tuple[Rule, ...]
    kept: tuple[Rule, ...]
    ledger: tuple[tuple[str, Touched], ...]
    journeys: tuple[tuple[str, Journey], ...]
    passage: Passage
    parts: tuple[Part, ...]
    reading: tuple[Pointer, ...]
    lines: int

    @property
    def met(self) -> int:
        return sum(row.state == "met" for row in self.goals)

    @property
    def told_goals(self) -> Iterator[tuple[GoalRow, str]]:
        return zip(self.goals, self.standings, strict=True)

    @property
    def damage(self) -> StepRow | None:
        """The first step that broke or lost something."""
        return next((row for row in self.steps if row.step.mark == "miss"), None)

    @property
    def before_damage(self) -> int:
        return self.damage.step.number - 1 if self.damage else 0


def debrief_page(run: Run) -> Debrief | None:
    """None for a run whose scenario has changed since: it can't be played again."""
    session = session_for(run)
    if session is None:
        return None
    title, _ = ENDINGS[session.ending]
    texts = session.scenario.debrief
    told = {"clean": texts.clean, "costly": texts.costly, "unfinished": texts.unfinished}[session.ending]
    found = journeys(session)
    goals = goal_rows(session)
    return Debrief(
        run,
        session,
        title,
        session.ending,
        told,
        tuple(step_row(session, step) for step in decisive(session)),
        goals,
        tuple(standing_of(session, row) for row in goals),
        tuple(broken_rules(session)),
        tuple(rule for rule in session.scenario.rules if rule.id not in session.now.broken),
        tuple((hour(one.clock), one) for one in ledger(session)),
        tuple((hour(one.clock), _named(one)) for one in found),
        passage_of(session, found),
        parts_of(run, session),
        tuple(_reading(session)),
        session.lines,
    )


def session_for(run: Run, upto: int | None = None) -> Session | None:
    """The session after a run's lines, or after those up to a number."""
    if run.scenario not in get_library().scenarios or run.content != plays.content_of(run.scenario):
        return None
    lines = queries.lines_of(run)
    if upto is None:
        return plays.session_of(run, lines)
    return plays.replayed(run, [line for line in lines if line.number <= upto])


def standing_of(session: Session, row: GoalRow) -> str:
    """How a goal stands at the end; one that was met and isn't any more says so. Markdown."""
    if row.state == "failed":
        return row.goal.because
    if row.state == "met":
        return f"Met at {row.since}." if row.since else "Met."
    once = next((one for one in session.trail if row.goal.id in one.met), None)
    if once is None:
        return "Still open."
    return f"Met at {hour(once.world.clock)}, and open again at the end."


def step_row(session: Session, step: Decisive) -> StepRow:
    """A step with its verdict, and why rules that it broke and goals that it lost are there."""
    goals = {goal.id: goal for goal in session.scenario.goals}
    rules = {rule.id: rule for rule in session.scenario.rules}
    because = [rules[name].because for name in step.broken] + [goals[name].because for name in step.lost]
    signal, word = _word(step, session)
    caught = [one for one in step.acted if one.result == "caught" and not step.told]
    stopped = tuple(caught_by(one.guardrail, one.about) for one in caught)
    return StepRow(step, hour(step.clock), signal, word, tuple(filter(None, because)), stopped)


def caught_by(guardrail: str, about: str) -> str:
    """A sentence, with the guardrail's own name."""
    known = get_library().guardrails
    name = known[guardrail].facts.title if guardrail in known else guardrail
    return legible(f"{name} caught it{': ' if about else ''}{about}.")


def _named(journey: Journey) -> Journey:
    if not journey.caught_by:
        return journey
    return replace(journey, told=caught_by(journey.caught_by, journey.told))


def _word(step: Decisive, session: Session) -> tuple[str, str]:
    """The verdict beside a step: signal and word."""
    order = [goal.id for goal in session.scenario.goals]
    stages = get_library().stages
    if step.broken:
        return "miss", "Broke a rule"
    if step.lost:
        return "miss", f"Goal {order.index(step.lost[0]) + 1} lost"
    if step.met:
        return "met", " and ".join(f"Goal {place + 1}" for place in sorted(map(order.index, step.met)))
    for one in step.acted:
        if one.result == "caught":
            return "miss", f"Caught at {stages[one.stage].title}" if one.stage in stages else "Caught"
        if one.result == "bypassed":
            return "hold", "Went around it"
        if one.result == "off":
            return "hold", "Switched off"
    return "", ""


# --- the drawing -------------------------------------------------------------


def passage_of(session: Session, found: Sequence[Journey]) -> Passage:
    """How far the learner's changes got, in one drawing."""
    order = list(get_library().stages)
    along = [one for one in found if not one.around and not one.caught_by]
    caught = {one.caught_by for one in found if one.caught_by}
    around = next((one for one in found if one.around), None)
    reached = max((one.reached for one in along), key=order.index, default="workstation")
    off = session.opening.world.off
    gates = tuple(
        (slug, "off" if slug in off else "caught" if slug in caught and not along else "on")
        for slug in get_library().guardrails
    )
    told = f"{hour(around.clock)}: around the line" if around else ""
    harmed = ("cluster",) if around and session.now.broken else ()
    return Passage(reached, bool(session.now.broken), gates, harmed, told)


# --- guardrails --------------------------------------------------------------

_DID = {
    "caught": "It caught something here.",
    "bypassed": "You went around it.",
    "off": "It was switched off.",
    "passed": "It looked, and let it pass.",
}
_SAME = {
    "caught": "Without it, what it stopped would have failed all the same, or changed nothing.",
    "passed": "Without it nothing would have been different: it had no objection.",
}
"""Where the same lines come to the same; of a guardrail that had no part, nothing needs to be said."""


def parts_of(run: Run, session: Session) -> tuple[Part, ...]:
    """Those that the scenario is about, and those that acted."""
    results: dict[str, set[str]] = {}
    for one in session.now.log.by_kind.get("guardrail", ()):
        acted = one.event.told()
        if "guardrail" in acted:
            results.setdefault(str(acted["guardrail"]), set()).add(str(acted["result"]))
    known = get_library().guardrails
    wanted = [slug for slug in known if slug in results or slug in session.scenario.guardrails]
    return tuple(_part(run, session, slug, results.get(slug, set())) for slug in wanted)


def _part(run: Run, session: Session, slug: str, results: Collection[str]) -> Part:
    without = plays.without_of(run, session, slug)
    return Part(slug, get_library().guardrails[slug].facts.title, did(results), otherwise(without, results))


def did(results: Collection[str]) -> str:
    """What a guardrail did; that it looked is told only where it did nothing else."""
    told = [sentence for result, sentence in _DID.items() if result in results and result != "passed"]
    return " ".join(told) or (_DID["passed"] if results else "None of your lines came to it.")


def otherwise(without: Without, results: Collection[str]) -> str:
    """What would have come of the same lines without a guardrail that did this."""
    if without.undone:
        told = [f"Without it a change by hand would have stayed: {', '.join(without.undone)}."]
        return " ".join([*told, *without.more])
    if without.more:
        return f"Without it: {' '.join(without.more)}"
    if without.broken:
        return "Without it a rule would have been broken."
    return next((told for result, told in _SAME.items() if result in results), "")


def _reading(session: Session) -> Iterator[Pointer]:
    library = get_library()
    for lesson in session.scenario.lessons:
        label = read_label(library, f"lesson:{lesson}")
        if label:
            yield label


# --- replay ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Replay:
    """A run as it stood after one of its lines; 0 is the start."""

    run: Run
    session: Session | None
    title: str
    number: int
    last: int
    entries: tuple[Entry, ...]
    goals: tuple[GoalRow, ...]
    rules: tuple[Rule, ...]
    stages: tuple[StageRow, ...]
    clock: str
    marks: tuple[tuple[Entry, str, str], ...]
    """Every line, with the signal and word of those that decided something."""

    damage: int | None
    """The first line that broke or lost something."""

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def replay_page(run: Run, number: int) -> Replay | None:
    """None where the run has no such line."""
    lines = queries.lines_of(run)
    last = lines[-1].number if lines else 0
    if number > last:
        return None
    upto = [line for line in lines if line.number <= number]
    session = session_for(run, number)
    material = get_library().scenarios.get(run.scenario)
    entries = tuple(entry_of(line) for line in lines)
    end = plays.session_of(run, lines) if session else None
    return Replay(
        run,
        session,
        material.scenario.title if material else run.scenario,
        number,
        last,
        entries,
        goal_rows(session) if session else (),
        tuple(broken_rules(session)) if session else (),
        looked(run, lambda: stage_rows(session, upto[-1] if upto else None), ()) if session else (),
        hour(session.now.world.clock) if session else "",
        tuple(_marked(entries, end)),
        next((step.number for step in decisive(end) if step.mark == "miss"), None) if end else None,
    )


def _marked(entries: Sequence[Entry], end: Session | None) -> Iterator[tuple[Entry, str, str]]:
    words = {step.number: _word(step, end) for step in decisive(end)} if end else {}
    for entry in entries:
        yield entry, *words.get(entry.number, ("", ""))


# --- to take along -----------------------------------------------------------


def transcript(lines: Sequence[TypedLine]) -> str:
    """Commands and what they printed, as text."""
    return "".join(_transcribed(entry_of(line)) for line in lines)


def _transcribed(entry: Entry) -> str:
    printed = "".join(text for _, text in entry.chunks)
    told = f"$ {entry.shown}\n{printed}"
    if entry.code:
        told += f"[exit {entry.code}]\n"
    return told + "".join(f"# {who.capitalize()}: {text}\n" for who, text in entry.messages)


def recording(run: Run, lines: Sequence[TypedLine]) -> str:
    """An asciicast, version 2: a header and one event a line, two seconds between commands."""
    header = {
        "version": 2,
        "width": CAST_WIDTH,
        "height": CAST_HEIGHT,
        "timestamp": int(run.started_at.timestamp()),
        "title": run.scenario,
    }
    rows: list[str] = [json.dumps(header)]
    at = 0.0
    for line in lines:
        entry = entry_of(line)
        rows.append(json.dumps([round(at, 3), "o", f"$ {_screen(entry.shown)}\r\n"], ensure_ascii=False))
        printed = "".join(text for _, text in entry.chunks)
        if printed:
            rows.append(json.dumps([round(at + 0.6, 3), "o", _screen(printed)], ensure_ascii=False))
        at += 2.0
    return "\n".join(rows) + "\n"


def _screen(text: str) -> str:
    """A terminal goes down by the newline and back by the carriage return."""
    return text.replace("\n", "\r\n")


def as_file(run: Run, text: str, kind: str, suffix: str) -> HttpResponse:
    """A text of a run to take along; nobody's cache keeps it."""
    response = HttpResponse(legible(text), content_type=f"{kind}; charset=utf-8")
    name = f"{run.scenario}-{run.started_at:%Y-%m-%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
