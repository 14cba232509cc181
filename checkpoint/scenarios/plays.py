"""Runs as sessions: opened once a worker, replayed from their lines, kept in memory while they go on."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from checkpoint.core.sim.codec import engine
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.debrief import Without, without
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import Opening, opened
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.session import Answer, Session, begun
from checkpoint.library import get_library
from checkpoint.scenarios.models import Kind, Run, TypedLine

OPENINGS, SESSIONS = 64, 200
"""How many a worker keeps."""

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


_openings: Shelf[tuple[str, str, str], Opening] = Shelf(OPENINGS)
_contents: Shelf[int, tuple[Material, str]] = Shelf(OPENINGS)
_sessions: Shelf[tuple[str, str], tuple[int, Session]] = Shelf(SESSIONS)
"""By run and content: how many lines it has, and the session after them."""


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
    key = slug, seed, content_of(slug)
    found = _openings.get(key)
    if found is None:
        found = opened(get_library().scenarios[slug], seed)
        _openings.put(key, found)
    return found


def step_of(line: TypedLine) -> Step:
    if line.kind == Kind.WRITE:
        return Step("write", path=line.path, content=line.content)
    return Step("run", line.line)


def session_of(run: Run, lines: Sequence[TypedLine]) -> Session:
    """The session after all these lines of a run, which begin with its first."""
    key = str(run.pk), run.content
    found = _sessions.get(key)
    if found is None or found[0] > len(lines):
        found = (0, begun(opening_of(run.scenario, run.seed)))
    done, session = found
    for line in lines[done:]:
        session, _ = typed(session, step_of(line), tty=True)
    if lines:
        _sessions.put(key, (len(lines), session))
    return session


def played(run: Run, before: Sequence[TypedLine], line: TypedLine) -> tuple[Session, Answer]:
    """One more line after the ones before it, and what it gave."""
    session, answer = typed(session_of(run, before), step_of(line), tty=True)
    _sessions.put((str(run.pk), run.content), (len(before) + 1, session))
    return session, answer


def replayed(run: Run, lines: Sequence[TypedLine]) -> Session:
    """The session after some of a run's lines, without what is kept for going on."""
    session = begun(opening_of(run.scenario, run.seed))
    for line in lines:
        session, _ = typed(session, step_of(line), tty=True)
    return session


_withouts: Shelf[tuple[str, str, int, str], Without] = Shelf(SESSIONS)


def without_of(run: Run, session: Session, guardrail: str) -> Without:
    """What the same lines would have done without a guardrail; played once a worker."""
    key = str(run.pk), run.content, session.lines, guardrail
    found = _withouts.get(key)
    if found is None:
        found = without(session, guardrail)
        _withouts.put(key, found)
    return found
