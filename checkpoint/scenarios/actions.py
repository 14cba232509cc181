"""Every write of runs: begun, a line typed, a file saved, finished, shared, branched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from checkpoint.core.sim.parts.files import legible
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.own_words import prompt_of
from checkpoint.core.sim.scenario.own_words import typed as typed_in
from checkpoint.core.sim.scenario.session import Answer, Session, just_broken
from checkpoint.core.sim.scenario.variants import number
from checkpoint.library import get_library
from checkpoint.prepared_writes import PreparedInsert, PreparedUpdate
from checkpoint.scenarios.faults import written_down
from checkpoint.scenarios.models import Kind, Run, TypedLine
from checkpoint.scenarios.plays import Play, content_of, gone_on, kept_stand, played, start_of
from checkpoint.scenarios.queries import (
    Begun,
    begun_by,
    last_number,
    lines_between,
    lines_of,
    moment_of,
    unanswered_lines,
)

VARIANTS = 8
"""How many different seeds a scenario is played with; the first try is the same for nobody."""
MOST_LINES = 2_000
MOST, MOST_WITHIN = 60, timedelta(minutes=1)
"""So many lines within this time; nobody types more, programs do."""
MOST_RUNS, MOST_RUNS_WITHIN = 30, timedelta(minutes=10)
"""So many runs begun within this time, branches among them: each keeps a row, a branch all its lines."""
RACES = 10


_STANDING = ("touched_at", "stands_after", "ending", "met", "broken", "hints")
_new_run = PreparedInsert(Run)
_new_line = PreparedInsert(TypedLine)
_answer_of_line = PreparedUpdate(TypedLine, ("answer",), {"id": "="})
_standing_of_run = PreparedUpdate(Run, _STANDING, {"id": "=", "stands_after": "<"})
"""What every run and every line writes."""


class RunOverError(Exception):
    """Nothing can be typed any more; `why` says so to the learner."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooFastError(Exception):
    """`wait` seconds until the next line is taken."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"{MOST} lines within {MOST_WITHIN}")
        self.wait = wait


class TooManyRunsError(Exception):
    """`wait` seconds until the next run may begin."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"{MOST_RUNS} runs within {MOST_RUNS_WITHIN}")
        self.wait = wait


def start_run(*, user_id: int, scenario: str, seed: str = "") -> Run:
    """A new try, with another variant than the one before. Raises TooManyRunsError, with nothing kept."""
    before = _at_this_pace(user_id, scenario)
    first = number(str(user_id), scenario, VARIANTS)
    seed = seed or str(1 + (first + before.alike) % VARIANTS)
    run = Run(user_id=user_id, scenario=scenario, seed=seed, content=content_of(scenario))
    _new_run.insert(run)
    return run


def _at_this_pace(user_id: int, scenario: str) -> Begun:
    """What somebody has begun before, unless that was too much in a short time."""
    now = timezone.now()
    before = begun_by(user_id, scenario, now - MOST_RUNS_WITHIN)
    if settings.RATE_LIMITS_ON and before.first is not None and before.late >= MOST_RUNS:
        raise TooManyRunsError(int((before.first + MOST_RUNS_WITHIN - now).total_seconds()) + 1)
    return before


def type_line(
    *,
    run: Run,
    kind: str = Kind.RUN,
    line: str = "",
    path: str = "",
    content: str = "",
    now: datetime | None = None,
) -> Play:
    """Keep a line, play it, keep what it gave. Raises RunOverError and TooFastError, with nothing kept."""
    typed = keep_line(run=run, kind=kind, line=line, path=path, content=content, at=now or timezone.now())
    return answer_line(run=run, typed=typed)


def answer_line(*, run: Run, typed: TypedLine) -> Play:
    """Play a line that is kept, after all lines before it, and keep what it gave."""
    stand = kept_stand(run, typed.number - 1)
    before = gone_on(run, stand, lines_between(run, stand.number, typed.number))
    with written_down(run, typed.number):
        play = played(run, before, typed)
    _answered(run, typed, play.after.session, play.answer)
    return play


def answer_kept_lines(*, run: Run) -> None:
    """Play the lines that were kept and then left without their answer, because the server stopped.

    Another worker may be at the same: the same lines give the same answers.
    """
    for line in unanswered_lines(run):
        answer_line(run=run, typed=line)


@transaction.atomic
def _answered(run: Run, line: TypedLine, session: Session, answer: Answer) -> None:
    line.answer = told(session, answer)
    _answer_of_line.update([line.answer], [line.pk])
    _stand(run, session, line)


def told(session: Session, answer: Answer) -> dict[str, object]:
    """What the terminal showed, to be shown again without playing it, and the rules that it broke."""
    return {
        "chunks": [[chunk.stream, legible(chunk.text)] for chunk in answer.chunks],
        "code": answer.code,
        "clock": session.now.world.clock,
        "events": [_legible(event.told()) for event in answer.events],
        "prompt": prompt_of(session),
        **({"broke": broke} if (broke := just_broken(session)) else {}),
        **({"faulted": True} if answer.faulted else {}),
    }


def _legible(told: Any) -> Any:
    """An event as every database keeps it."""
    if isinstance(told, str):
        return legible(told)
    if isinstance(told, dict):
        return {key: _legible(one) for key, one in told.items()}
    return [_legible(one) for one in told] if isinstance(told, list | tuple) else told


def keep_line(*, run: Run, kind: str, line: str, path: str, content: str, at: datetime) -> TypedLine:
    """Store a line before it is played.

    Two at once take the same number, so one of them is refused by the database and looks again.
    """
    typed = TypedLine(run=run, kind=kind, line=line, path=path, content=content, at=at)
    for _ in range(RACES):
        typed.number = 1 + _last_line(run, at)
        try:
            with transaction.atomic():
                _new_line.insert(typed)
            return typed
        except IntegrityError:
            continue
    raise TooFastError(1)


def _last_line(run: Run, now: datetime) -> int:
    """The number of the latest line, 0 where there is none; raises if no other may follow."""
    if run.finished_at is not None:
        raise RunOverError("This run is finished. Start another one to go on.")
    if run.content != content_of(run.scenario):
        raise RunOverError("This scenario has changed since you began. Your lines are kept; start it anew.")
    last = last_number(run)
    if last >= MOST_LINES:
        raise RunOverError(f"A run has at most {MOST_LINES:,} lines. Finish it, or start another one.")
    if settings.RATE_LIMITS_ON and _is_too_fast(run, last, now):
        raise TooFastError(int(MOST_WITHIN.total_seconds()))
    return last


def _is_too_fast(run: Run, last: int, now: datetime) -> bool:
    """Whether the latest `MOST` lines were all kept within the time: the first of them tells."""
    first = moment_of(run, last - MOST + 1) if last >= MOST else None
    return first is not None and first > now - MOST_WITHIN


def _stand(run: Run, session: Session, line: TypedLine) -> None:
    """Unless a later line has said how it stands: two tabs may answer out of order."""
    facts = {"touched_at": line.at, "stands_after": line.number, **_come_to(session)}
    _standing_of_run.update([facts[name] for name in _STANDING], [run.pk, line.number])


def _come_to(session: Session) -> dict[str, object]:
    return {
        "ending": session.ending,
        "met": sorted(session.now.met),
        "broken": sorted(session.now.broken),
        "hints": len(session.hints),
    }


def finish_run(*, run: Run, now: datetime | None = None) -> None:
    """Nothing more is typed in it; the debrief is open."""
    if run.finished_at is None:
        _leave_nothing_unanswered(run)
        run.finished_at = now or timezone.now()
        run.save(update_fields=("finished_at",))


def _leave_nothing_unanswered(run: Run) -> None:
    playable = run.scenario in get_library().scenarios and run.content == content_of(run.scenario)
    if playable and run.lines.filter(answer__isnull=True).exists():
        answer_kept_lines(run=run)


def share_run(*, run: Run, shared: bool) -> None:
    run.shared = shared
    run.save(update_fields=("shared",))


@transaction.atomic
def branch_run(*, run: Run, at: int) -> Run:
    """Another try that begins with this one's lines up to a number. Raises TooManyRunsError."""
    _at_this_pace(run.user_id, run.scenario)
    other = Run.objects.create(
        user_id=run.user_id,
        scenario=run.scenario,
        seed=run.seed,
        content=run.content,
        branched_from=run,
    )
    kept = [one for one in lines_of(run) if one.number <= at]
    TypedLine.objects.bulk_create(_copied(one, other, one.at) for one in kept)
    return other


def _copied(line: TypedLine, run: Run, at: datetime) -> TypedLine:
    return TypedLine(
        run=run,
        number=line.number,
        kind=line.kind,
        line=line.line,
        path=line.path,
        content=line.content,
        at=at,
        answer=line.answer,
    )


# --- Whole runs at once ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run that was: what was typed, when it began, and whether its learner shares it."""

    user_id: int
    scenario: str
    seed: str
    steps: tuple[Step, ...]
    at: datetime
    shared: bool
    finished: bool


A_LINE = timedelta(seconds=50)
"""From one line of a recorded run to the next."""


@transaction.atomic
def record_runs(recorded: Iterable[Recorded]) -> None:
    """Store runs with their answers; what several people typed alike is played once."""

    runs, typed = [], []
    for one in recorded:
        lines, end = _as_played(content_of(one.scenario), one.scenario, one.seed, one.steps)
        run = _recorded_run(one, end)
        runs.append(run)
        typed += [_copied(line, run, one.at + line.number * A_LINE) for line in lines]
    Run.objects.bulk_create(runs, batch_size=500)
    TypedLine.objects.bulk_create(typed, batch_size=500)


@lru_cache(maxsize=128)
def _as_played(
    _content: str, scenario: str, seed: str, steps: tuple[Step, ...]
) -> tuple[list[TypedLine], dict[str, object]]:
    """The answered lines, and what the run came to."""
    session, lines = start_of(scenario, seed).session, []
    for place, step in enumerate(steps, start=1):
        session, answer = typed_in(session, step, tty=True)
        lines.append(_line(place, step, told(session, answer)))
    return lines, _come_to(session)


def _line(number: int, step: Step, answer: dict[str, object]) -> TypedLine:
    kind = Kind.WRITE if step.kind == "write" else Kind.RUN
    return TypedLine(
        number=number, kind=kind, line=step.line, path=step.path, content=step.content, answer=answer
    )


def _recorded_run(one: Recorded, end: dict[str, object]) -> Run:
    over = one.at + len(one.steps) * A_LINE
    return Run(
        user_id=one.user_id,
        scenario=one.scenario,
        seed=one.seed,
        content=content_of(one.scenario),
        started_at=one.at,
        touched_at=over,
        finished_at=over if one.finished else None,
        shared=one.shared,
        stands_after=len(one.steps),
        **end,
    )
