"""What a session came to: the steps that decided it, what was touched besides, what each guardrail did."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from checkpoint.core.sim.events import Event, GuardrailActed, Other
from checkpoint.core.sim.parts.forge.running import RUNNER
from checkpoint.core.sim.runner import NOBODY
from checkpoint.core.sim.scenario.matching import matches
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.seen import Logged
from checkpoint.core.sim.scenario.session import Moment, Session, begun
from checkpoint.core.sim.scenario.telling import told_in_words
from checkpoint.core.sim.scenario.types import Rule

WRITES = (
    "kube.write",
    "terraform.apply",
    "terraform.state",
    "terraform.force-unlock",
    "git.push",
    "forge.merge",
    "forge.rules",
)
"""Kinds of events that change something others live with."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What a guardrail did at a step. `result`: caught, passed, bypassed, off."""

    guardrail: str
    stage: str
    result: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Decisive:
    """A step that decided something. `told` are sentences on what happened."""

    number: int
    clock: int
    line: str
    told: tuple[str, ...]
    met: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    acted: tuple[Acted, ...] = ()

    @property
    def mark(self) -> str:
        """miss: something was broken or lost; met: a goal was reached; ink: a guardrail stopped it."""
        if self.broken or self.lost:
            return "miss"
        if self.met:
            return "met"
        return "ink" if any(one.result == "caught" for one in self.acted) else ""


@dataclass(frozen=True, slots=True)
class Touched:
    """A change that the task did not ask for, with what it costs where a rule says so."""

    number: int
    clock: int
    told: str
    cost: str = ""
    because: str = ""
    """Markdown, for what followed from a change that the task did ask for; nothing is `told` then."""


@dataclass(frozen=True, slots=True)
class Journey:
    """How far a change got. `around`: it never entered the line.

    Of one that was caught, `told` is only what the guardrail said of it.
    """

    number: int
    clock: int
    told: str
    reached: str
    caught_by: str = ""
    around: bool = False


@dataclass(frozen=True, slots=True)
class Without:
    """The same lines played without one guardrail: what would have come of them."""

    guardrail: str
    more: tuple[str, ...]
    """Sentences on what happened only then."""
    broken: tuple[str, ...]
    """Rules that were broken only then."""
    undone: tuple[str, ...] = ()
    """Objects that were put back as Git has them, and wouldn't have been, or less often."""

    @property
    def differs(self) -> bool:
        return bool(self.more or self.broken or self.undone)


def names_of(session: Session) -> dict[str, str]:
    """How the people of the story are shown."""
    return {one.name: one.shown or one.name.capitalize() for one in session.scenario.people}


def events_of(moment: Moment) -> list[Logged]:
    """What happened in the step that led to a moment."""
    return [one for one in moment.log.every() if one.step == moment.steps]


def shown_line(moment: Moment) -> str:
    """As it was typed; a save names its file."""
    if moment.given is None:
        return ""
    if moment.given.kind == "write":
        return f"(saved {moment.given.path})"
    return moment.given.line


# --- the steps that decided it -----------------------------------------------


def decisive(session: Session) -> list[Decisive]:
    """In their order, those in which a goal, a rule or a guardrail had a part, or something was changed."""
    names = names_of(session)
    found = [
        _decisive(before, after, names)
        for before, after in zip(session.trail, session.trail[1:], strict=False)
    ]
    return [one for one in found if one.met or one.broken or one.lost or one.acted or one.told]


def _decisive(before: Moment, after: Moment, names: Mapping[str, str]) -> Decisive:
    events = [one.event for one in events_of(after)]
    told = tuple(filter(None, (told_in_words(event, names) for event in _mattering(events))))
    guards = (event for event in events if isinstance(event, GuardrailActed))
    acted = tuple(Acted(event.guardrail, event.stage, event.result, event.about) for event in guards)
    return Decisive(
        after.number,
        after.world.clock,
        shown_line(after),
        told,
        tuple(sorted(after.met.keys() - before.met.keys())),
        tuple(sorted(after.broken.keys() - before.broken.keys())),
        tuple(sorted(after.lost.keys() - before.lost.keys())),
        tuple(one for one in acted if one.result != "passed"),
    )


_LOOKS = ("edit", "hint", "forge.looked", "unsupported", "guardrail", "secret.decrypted", "git.commit")


def _matters(event: Event) -> bool:
    """Whoever did it: looks and what a guardrail did at their own desk decide nothing."""
    return (event.event if isinstance(event, Other) else event).kind not in _LOOKS


def _mattering(events: list[Event]) -> list[Event]:
    """Without looks, and without the write that suspending or resuming something is."""
    paused = {_named(one)[1] for one in events if one.kind == "flux.suspend"}
    return [one for one in events if _matters(one) and not _pauses(one, paused)]


def _pauses(event: Event, paused: set[str]) -> bool:
    kind, name = _named(event)
    return event.kind == "kube.write" and kind.endswith("toolkit.fluxcd.io") and name in paused


def _named(event: Event) -> tuple[str, str]:
    """Kind and name of the object that an event is about."""
    kind, _, name = str(getattr(event, "object", "")).partition("/")
    return kind, name


# --- the ledger --------------------------------------------------------------


def ledger(session: Session) -> list[Touched]:
    """Every change of the learner's that the scenario's scope doesn't name, and what broken rules cost.

    A rule may be broken by what followed from a change that the task does ask for: its reason stands there.
    """
    costs, reasons = _costs(session), _reasons(session)
    found: list[Touched] = []
    for moment in session.trail[1:]:
        before = len(found)
        for one in events_of(moment):
            if _is_write(one.event) and not any(
                matches(match, one.event) for match in session.scenario.scope
            ):
                told = told_in_words(one.event, names_of(session))
                if told:
                    found.append(Touched(moment.number, one.clock, told, costs.get(moment.steps, "")))
        if moment.steps in costs and len(found) == before:
            place = moment.number, moment.world.clock
            found.append(Touched(*place, "", costs[moment.steps], reasons[moment.steps]))
    return found


def _in_scope(session: Session, event: Event) -> bool:
    return any(matches(match, event) for match in session.scenario.scope)


def _is_write(event: Event) -> bool:
    """Whether the learner or the pipeline changed something; what was refused or changed nothing is none."""
    if isinstance(event, Other) and event.actor == RUNNER and event.event.kind == "terraform.apply":
        facts = event.event.told()
        return facts["result"] == "applied" and any(facts[name] for name in ("add", "change", "destroy"))
    if isinstance(event, Other) or event.kind not in WRITES:
        return event.kind == "secret.exposed"
    result = getattr(event, "result", "")
    if event.kind == "kube.write":
        return bool(getattr(event, "changed", True)) and getattr(event, "path", "") == "direct"
    return result in ("", "accepted", "applied", "merged", "unlocked")


def _costs(session: Session) -> dict[int, str]:
    """By the step that broke rules, what they cost."""
    return _by_step(session, lambda rule: rule.cost)


def _reasons(session: Session) -> dict[int, str]:
    """By the step that broke rules which cost something, why."""
    return _by_step(session, lambda rule: rule.because if rule.cost else "")


def _by_step(session: Session, said: Callable[[Rule], str]) -> dict[int, str]:
    rules = {rule.id: rule for rule in session.scenario.rules}
    found: dict[int, list[str]] = {}
    for name, step in session.now.broken.items():
        if said(rules[name]):
            found.setdefault(step, []).append(said(rules[name]))
    return {step: " ".join(told) for step, told in found.items()}


# --- how far each change got -------------------------------------------------

_REACHED = {
    "git.commit": "workstation",
    "git.push": "git",
    "forge.opened": "ci",
    "forge.review": "review",
    "forge.merge": "flux",
}


def journeys(session: Session) -> list[Journey]:
    """Changes along the line, each as far as it got, and those that went around it; as they came."""
    names = names_of(session)
    found: list[Journey] = []
    along: Journey | None = None
    for moment in session.trail[1:]:
        for one in events_of(moment):
            event = one.event.event if isinstance(one.event, Other) else one.event
            if isinstance(event, GuardrailActed) and event.result == "caught" and one.event is event:
                found.append(_caught(moment, one, event))
            elif _is_around(one.event) and not _in_scope(session, one.event):
                told = told_in_words(one.event, names)
                found.append(Journey(moment.number, one.clock, told, "cluster", around=True))
            elif _goes_along(event, one.event):
                along = _farther(along, moment, one, names)
    return sorted([*found, *([along] if along else [])], key=lambda one: one.number)


def _caught(moment: Moment, one: Logged, event: GuardrailActed) -> Journey:
    return Journey(moment.number, one.clock, event.about, event.stage, event.guardrail)


def _is_around(event: Event) -> bool:
    if isinstance(event, Other):
        return _is_write(event) and getattr(event.event, "approval", "") == NOBODY
    if event.kind == "terraform.apply":
        return getattr(event, "result", "") == "applied" and getattr(event, "via", "") != "pipeline"
    return event.kind == "kube.write" and _is_write(event)


def _goes_along(event: Event, given: Event) -> bool:
    if event.kind == "kube.write":
        return getattr(event, "path", "") == "flux" and bool(getattr(event, "changed", True))
    if event.kind == "terraform.apply":
        return _is_write(given) and getattr(event, "via", "") == "pipeline"
    if event.kind in ("git.push", "forge.merge"):
        return given is event and _is_write(event)
    return event.kind in _REACHED


def _farther(along: Journey | None, moment: Moment, one: Logged, names: Mapping[str, str]) -> Journey:
    event = one.event.event if isinstance(one.event, Other) else one.event
    stages = ("workstation", "git", "ci", "review", "flux", "cluster")
    reached = _REACHED.get(event.kind, "cluster")
    if along is not None and stages.index(along.reached) >= stages.index(reached):
        return along
    return Journey(moment.number, one.clock, told_in_words(one.event, names) or "Flux applied it.", reached)


# --- without a guardrail -----------------------------------------------------


def without(session: Session, guardrail: str) -> Without:
    """What the same lines would have done in a world without one of its guardrails."""
    world = session.opening.world
    opening = replace(session.opening, world=replace(world, off=world.off | {guardrail}))
    other = begun(opening)
    for moment in session.trail[1:]:
        if moment.given is not None:
            other, _ = typed(other, moment.given)
    here, there = list(_changes(session)), list(_changes(other))
    more = tuple(one for one in there if one not in here)
    broken = tuple(sorted(other.now.broken.keys() - session.now.broken.keys()))
    return Without(guardrail, more, broken, tuple(sorted(_put_back(session) - _put_back(other))))


def _put_back(session: Session) -> Counter[str]:
    """Objects that Flux found changed by hand and put back, as often as it did."""
    seen = (one.event for one in session.now.log.every())
    events = (one.event if isinstance(one, Other) else one for one in seen)
    return Counter(name for event in events for name in getattr(event, "corrected", ()))


def _changes(session: Session) -> Iterator[str]:
    names = names_of(session)
    for one in session.now.log.every():
        if _is_write(one.event):
            yield _unnumbered(told_in_words(one.event, names))
        elif one.event.kind == "git.commit":  # what was committed, not what the hooks did
            yield _unnumbered(told_in_words(one.event, names).partition(": ")[0] + ".")


def _unnumbered(told: str) -> str:
    """Without the short hash of a commit, which differs from one replay to the other."""
    head, bracket, tail = told.partition(" (")
    return head + tail[tail.find(")") + 1 :] if bracket else told


def broken_rules(session: Session) -> list[Rule]:
    """In the order in which they were broken."""
    rules = {rule.id: rule for rule in session.scenario.rules}
    return [rules[name] for name, _ in sorted(session.now.broken.items(), key=lambda one: one[1])]
