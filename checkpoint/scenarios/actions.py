"""Every write of runs: begun, a line typed, a file saved, finished, shared, branched."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from checkpoint.core.sim.scenario.own_words import prompt_of
from checkpoint.core.sim.scenario.session import Answer, Session
from checkpoint.core.sim.scenario.variants import number
from checkpoint.scenarios.models import Kind, Run, TypedLine
from checkpoint.scenarios.plays import content_of, played
from checkpoint.scenarios.queries import count_of, lines_of

VARIANTS = 8
"""How many different seeds a scenario is played with; the first try is the same for nobody."""
MOST_LINES = 2_000
MOST, MOST_WITHIN = 60, timedelta(minutes=1)
"""So many lines within this time; nobody types more, programs do."""
RACES = 10


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


def start_run(*, user_id: int, scenario: str, seed: str = "") -> Run:
    """A new try, with another variant than the one before."""
    first = number(str(user_id), scenario, VARIANTS)
    seed = seed or str(1 + (first + count_of(user_id, scenario)) % VARIANTS)
    return Run.objects.create(user_id=user_id, scenario=scenario, seed=seed, content=content_of(scenario))


def type_line(
    *,
    run: Run,
    kind: str = Kind.RUN,
    line: str = "",
    path: str = "",
    content: str = "",
    now: datetime | None = None,
) -> tuple[TypedLine, Session, Answer]:
    """Keep a line, play it, keep what it gave. Raises RunOverError and TooFastError, with nothing kept."""
    now = now or timezone.now()
    typed = _kept(TypedLine(run=run, kind=kind, line=line, path=path, content=content, at=now))
    before = [one for one in lines_of(run) if one.number < typed.number]
    session, answer = played(run, before, typed)
    typed.answer = told(session, answer)
    typed.save(update_fields=("answer",))
    _stand(run, session, now)
    return typed, session, answer


def told(session: Session, answer: Answer) -> dict[str, object]:
    """What the terminal showed, to be shown again without playing it."""
    return {
        "chunks": [[chunk.stream, chunk.text] for chunk in answer.chunks],
        "code": answer.code,
        "clock": session.now.world.clock,
        "events": [event.told() for event in answer.events],
        "prompt": prompt_of(session),
    }


def _kept(typed: TypedLine) -> TypedLine:
    """Two at once take the same number, so one of them is refused by the database and looks again."""
    for _ in range(RACES):
        _may_type(typed.run, typed.at)
        last = typed.run.lines.order_by("-number").values_list("number", flat=True).first()
        typed.number = (last or 0) + 1
        try:
            with transaction.atomic():
                typed.save(force_insert=True)
            return typed
        except IntegrityError:
            continue
    raise TooFastError(1)


def _may_type(run: Run, now: datetime) -> None:
    if run.finished_at is not None:
        raise RunOverError("This run is finished. Start another one to go on.")
    if run.content != content_of(run.scenario):
        raise RunOverError("This scenario has changed since you began. Your lines are kept; start it anew.")
    if run.lines.count() >= MOST_LINES:
        raise RunOverError(f"A run has at most {MOST_LINES:,} lines. Finish it, or start another one.")
    if run.lines.filter(at__gt=now - MOST_WITHIN).count() >= MOST:
        raise TooFastError(int(MOST_WITHIN.total_seconds()))


def _stand(run: Run, session: Session, now: datetime) -> None:
    run.touched_at = now
    run.ending = session.ending
    run.met = sorted(session.now.met)
    run.broken = sorted(session.now.broken)
    run.hints = len(session.hints)
    run.save(update_fields=("touched_at", "ending", "met", "broken", "hints"))


def finish_run(*, run: Run, now: datetime | None = None) -> None:
    """Nothing more is typed in it; the debrief is open."""
    if run.finished_at is None:
        run.finished_at = now or timezone.now()
        run.save(update_fields=("finished_at",))


def share_run(*, run: Run, shared: bool) -> None:
    run.shared = shared
    run.save(update_fields=("shared",))


@transaction.atomic
def branch_run(*, run: Run, at: int) -> Run:
    """Another try that begins with this one's lines up to a number."""
    other = Run.objects.create(
        user_id=run.user_id,
        scenario=run.scenario,
        seed=run.seed,
        content=run.content,
        branched_from=run,
    )
    kept = [one for one in lines_of(run) if one.number <= at]
    TypedLine.objects.bulk_create(
        TypedLine(
            run=other,
            number=one.number,
            kind=one.kind,
            line=one.line,
            path=one.path,
            content=one.content,
            at=one.at,
            answer=one.answer,
        )
        for one in kept
    )
    return other
