"""Send a change down the line: type its lines until something says no, let time pass, and look."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from checkpoint.core.sim.parts.flux.kustomizations import SLUG as GITOPS
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.conditions import all_of
from checkpoint.core.sim.scenario.debrief import shown_line
from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.opening import Opening
from checkpoint.core.sim.scenario.script import steps_of
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.scenario.session import Answer, Session, begun, taken
from checkpoint.core.sim.sending.acts import Trace, acts, catcher, is_catch, telling, traces
from checkpoint.core.sim.sending.change import Change
from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.reach import CLUSTER, came_to
from checkpoint.core.sim.sending.sent import Sent, Typed

PRINTED = 4_000
"""Characters of a line's output that are kept."""


@dataclass(frozen=True, slots=True)
class _Way:
    """The lines as they went."""

    session: Session
    typed: tuple[Typed, ...] = ()

    @property
    def ended(self) -> str:
        """By what the last line ended, if it failed."""
        last = self.typed[-1] if self.typed else None
        return (telling(last.output) or f"exit code {last.code}") if last and last.code else ""


Arrives = Callable[[frozenset[str]], bool]


def send(
    opening: Opening, change: Change, off: Iterable[str], line: Line, arrives: Arrives | None = None
) -> Sent:
    """The change sent from its start with these guardrails switched off.

    `arrives` says of another set whether it arrives then; it may remember what was found out before.
    """
    away = frozenset(off) & set(line.guardrails)
    way = _gone(opening, change, away)
    arrived = has_arrived(opening, change, way.session)
    found = tuple(traces(way.session))
    by = "" if arrived else catcher(found)
    if not (arrived or by or way.ended):
        asked = arrives or (lambda others: arrived_without(opening, change, others))
        by = _silent_catcher(away, line, found, asked)
    reached, around = came_to(way.session, line.stages, [one.at for one in way.typed])
    return Sent(
        change=change.slug,
        off=tuple(slug for slug in line.guardrails if slug in away),
        arrived=arrived,
        reached=reached,
        around=around,
        caught_by=by,
        undone=by == GITOPS and reached == CLUSTER,
        stopped="" if arrived or by else way.ended,
        acts=acts(line, away, found, way.typed, by, reached),
        typed=way.typed,
        asked=_asked(change, line, found),
    )


def has_arrived(opening: Opening, change: Change, session: Session) -> bool:
    """Whether the harm is done, and stays."""
    return all_of(change.arrived, Seen(opening.world, session.now.world, session.now.log))


def arrived_without(opening: Opening, change: Change, away: frozenset[str]) -> bool:
    """Whether it arrives with these guardrails switched off."""
    return has_arrived(opening, change, _gone(opening, change, away).session)


def _silent_catcher(away: frozenset[str], line: Line, found: tuple[Trace, ...], arrives: Arrives) -> str:
    """The guardrail that made it harmless without saying no: without it the same change arrives.

    Those farther down the line are tried first, for that is where it would have arrived.
    """
    at_work = {one.guardrail for one in found if one.result == "passed"} - away
    for slug in reversed(line.guardrails):
        if slug in at_work and arrives(away | {slug}):
            return slug
    return ""


def _asked(change: Change, line: Line, found: tuple[Trace, ...]) -> tuple[str, ...]:
    """The guardrails whose being there made a difference, or could have."""
    names = {one.guardrail for one in found} | {leg.without for leg in change.legs}
    return tuple(slug for slug in line.guardrails if slug in names)


# --- typing ------------------------------------------------------------------


def _gone(opening: Opening, change: Change, away: frozenset[str]) -> _Way:
    """Every line up to the first that fails or is caught; then time passes."""
    world = opening.world
    way = _Way(begun(replace(opening, world=replace(world, off=world.off | away))))
    for at, step in _steps(change, away):
        session, answer = taken(way.session, step)
        way = _Way(session, (*way.typed, _typed(at, step, session, answer)))
        if answer.code or any(is_catch(one) for one in answer.events):
            break
    session, _ = taken(way.session, Step("wait", seconds=seconds_in(change.settles)))
    return replace(way, session=session)


def _steps(change: Change, away: frozenset[str]) -> Iterator[tuple[str, Step]]:
    for leg in change.legs:
        if not leg.without or leg.without in away:
            yield from ((leg.at, one.step) for one in steps_of(leg.does))


def _typed(at: str, step: Step, session: Session, answer: Answer) -> Typed:
    shown = shown_line(session.now) or f"(waited {step.seconds // 60} minutes)"
    printed = "".join(chunk.text for chunk in answer.chunks)
    return Typed(at=at, line=shown, code=answer.code, output=printed[-PRINTED:])
