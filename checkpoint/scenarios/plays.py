"""Runs as sessions: opened once a worker, replayed from their lines, kept in memory while they go on."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from checkpoint.core.sim.codec import engine
from checkpoint.core.sim.events import FileOpened
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.debrief import Without, without
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import Opening
from checkpoint.core.sim.scenario.own_words import crashed, typed
from checkpoint.core.sim.scenario.session import Answer, Session, begun
from checkpoint.library import get_library
from checkpoint.openings import opening_of as opening_for
from checkpoint.scenarios.models import Kind, Run, TypedLine

OPENINGS, SESSIONS = 24, 200
"""How many a worker keeps; a start that it doesn't keep is read from its file."""

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


@dataclass
class Shelf(Generic[Key, Kept]):
    """The last few things that were used, safe between threads."""

    most: int
    held: "OrderedDict[Key, Kept]" = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> Kept | None:
        with self.lock:
            if key in self.held:
                self.held.move_to_end(key)
            return self.held.get(key)

    def put(self, key: Key, value: Kept) -> None:
        with self.lock:
            self.held[key] = value
            self.held.move_to_end(key)
            while len(self.held) > self.most:
                self.held.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a run is after its first lines."""

    session: Session
    number: int = 0
    """Of the last of these lines."""
    edited: tuple[str, ...] = ()
    """Files that were saved or asked for, the latest first; what was taken back among them."""


_starts: Shelf[tuple[str, str, str], Stand] = Shelf(OPENINGS)
_contents: Shelf[int, tuple[Material, str]] = Shelf(OPENINGS)
_sessions: Shelf[tuple[str, str], Stand] = Shelf(SESSIONS)
"""By run and content."""


def content_of(slug: str) -> str:
    """Scenario and simulator as they are now: a run goes on only in the world that it began in."""
    return _content(get_library().scenarios[slug])


def _content(material: Material) -> str:
    """Kept with the material that it was made of, for as long as that is served."""
    found = _contents.get(id(material))
    if found is None or found[0] is not material:
        found = (material, f"{engine()}:{material.fingerprint()}")
        _contents.put(id(material), found)
    return found[1]


def opening_of(slug: str, seed: str) -> Opening:
    """The start of a scenario. Raises KeyError for one that isn't there."""
    return start_of(slug, seed).session.opening


def start_of(slug: str, seed: str) -> Stand:
    """Before the first line: every run of a variant begins with the same. Raises KeyError."""
    key = slug, seed, content_of(slug)
    found = _starts.get(key)
    if found is None:
        found = Stand(begun(opening_for(get_library().scenarios[slug], seed)))
        _starts.put(key, found)
    return found


def step_of(line: TypedLine) -> Step:
    if line.kind == Kind.WRITE:
        return Step("write", path=line.path, content=line.content)
    return Step("run", line.line)


def kept_stand(run: Run, upto: int) -> Stand:
    """Where a run is after as many of its first lines as this worker has played already.

    Never more than asked for; what comes after them is for `gone_on`.
    """
    found = _sessions.get((str(run.pk), run.content))
    return start_of(run.scenario, run.seed) if found is None or found.number > upto else found


def gone_on(run: Run, stand: Stand, lines: Sequence[TypedLine]) -> Stand:
    """After these lines too, which follow the ones before; kept for the next one."""
    for line in lines:
        stand, _ = _after(stand, line)
    if lines:
        _sessions.put((str(run.pk), run.content), stand)
    return stand


def stand_of(run: Run, lines: Sequence[TypedLine]) -> Stand:
    """Where a run is after all these lines, which begin with its first."""
    stand = kept_stand(run, len(lines))
    return gone_on(run, stand, lines[stand.number :])


def session_of(run: Run, lines: Sequence[TypedLine]) -> Session:
    """The session after all these lines of a run, which begin with its first."""
    return stand_of(run, lines).session


@dataclass(frozen=True, slots=True)
class Play:
    """A line, where the run was before and after it, and what it gave."""

    line: TypedLine
    before: Stand
    after: Stand
    answer: Answer

    @property
    def opens_a_file(self) -> bool:
        """Saved, or asked for."""
        return next(_edited_by(self.line, self.answer), None) is not None


def played(run: Run, before: Stand, line: TypedLine) -> Play:
    """One more line."""
    after, answer = _after(before, line)
    _sessions.put((str(run.pk), run.content), after)
    return Play(line, before, after, answer)


def _after(stand: Stand, line: TypedLine) -> tuple[Stand, Answer]:
    session, answer = _typed(stand.session, line)
    edited = tuple(dict.fromkeys((*_edited_by(line, answer), *stand.edited)))
    return Stand(session, line.number, edited), answer


def _edited_by(line: TypedLine, answer: Answer) -> Iterator[str]:
    if line.kind == Kind.WRITE:
        yield line.path
    yield from (event.path for event in answer.events if isinstance(event, FileOpened))


def replayed(run: Run, lines: Sequence[TypedLine]) -> Session:
    """The session after some of a run's lines, without what is kept for going on."""
    session = start_of(run.scenario, run.seed).session
    for line in lines:
        session, _ = _typed(session, line)
    return session


def _typed(session: Session, line: TypedLine) -> tuple[Session, Answer]:
    """A line at which the simulator failed has failed for ever: its learner was told that it changed nothing,
    and went on from there, whatever has been mended since."""
    if (line.answer or {}).get("faulted"):
        return crashed(session, step_of(line))
    return typed(session, step_of(line), tty=True)


_withouts: Shelf[tuple[str, str, int, str], Without] = Shelf(SESSIONS)


def without_of(run: Run, session: Session, guardrail: str) -> Without:
    """What the same lines would have done without a guardrail; played once a worker."""
    key = str(run.pk), run.content, session.lines, guardrail
    found = _withouts.get(key)
    if found is None:
        found = without(session, guardrail)
        _withouts.put(key, found)
    return found
