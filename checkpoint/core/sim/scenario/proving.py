"""A scenario's own tests: start, solutions, traps and hints hold, and no short cut leads to the end."""

import re
from collections.abc import Callable, Iterator, Sequence

from checkpoint.core.sim.commands import FOREIGN, TOOLS
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import Opening, OpeningError, opened
from checkpoint.core.sim.scenario.own_words import WORDS, allowed, typed
from checkpoint.core.sim.scenario.script import steps_of
from checkpoint.core.sim.scenario.session import Session, begun
from checkpoint.core.sim.scenario.variants import filled_in

SHORTCUT = 3
"""So few lines are never enough."""

_CODE = re.compile(r"`([^`\n]+)`|^(?: {4}|\$ )(.+)$", re.MULTILINE)


Opens = Callable[[Material, str], Opening]


def faults(
    material: Material, seeds: Sequence[str], shortcuts: bool = True, opens: Opens = opened
) -> list[str]:
    """Everything about a scenario that doesn't hold, as sentences for its author; nothing if all does.

    The search for short cuts looks at the first seed only. `opens` may know starts that were made before.
    """
    found = []
    first: Ways | None = None
    for seed in seeds:
        try:
            ways = Ways(opens(material, seed))
        except OpeningError as error:
            return [str(error)]
        first = first or ways
        own = filled_in(material, seed)
        told = [*_start(ways.start), *_solutions(ways, own), *_traps(ways, own)]
        found += [f"with seed {seed}: {fault}" for fault in told]
    if first is not None:
        found += _hints(first.start)
    if first is not None and shortcuts and not found:
        found = _shortcuts(first, filled_in(material, seeds[0]))
    return found


class Ways:
    """What comes of steps from one start; scripts that begin alike are played once as far as they do."""

    def __init__(self, opening: Opening) -> None:
        self.start = begun(opening)
        self._after: dict[tuple[Step, ...], tuple[Session, int]] = {(): (self.start, 0)}

    def after(self, steps: tuple[Step, ...]) -> tuple[Session, int]:
        """The session after all these steps, and the exit code of the last one."""
        found = self._after.get(steps)
        if found is None:
            session, answer = typed(self.after(steps[:-1])[0], steps[-1])
            found = self._after[steps] = session, answer.code
        return found

    def played(self, text: str) -> Session:
        """The session after a script."""
        return self.after(tuple(one.step for one in steps_of(text)))[0]


def _start(session: Session) -> Iterator[str]:
    for goal, state in session.states().items():
        if state != "open":
            yield f"the goal `{goal}` is {state} before anything was done"
    for rule in session.now.broken:
        yield f"the rule `{rule}` is broken before anything was done"


def _solutions(ways: Ways, own: Material) -> Iterator[str]:
    for slug, text in own.solutions.items():
        session = ways.played(text)
        for goal, state in session.states().items():
            if state != "met":
                yield f"the solution `{slug}` leaves the goal `{goal}` {state}"
        for rule in session.now.broken:
            yield f"the solution `{slug}` breaks the rule `{rule}`"


def _traps(ways: Ways, own: Material) -> Iterator[str]:
    for trap in own.scenario.traps:
        session = ways.played(own.traps[trap.slug])
        states = session.states()
        named = {"breaks": trap.breaks, "loses": trap.loses, "leaves": trap.leaves}
        real = {
            "breaks": tuple(session.now.broken),
            "loses": tuple(name for name, state in states.items() if state == "failed"),
            "leaves": tuple(name for name, state in states.items() if state == "open"),
        }
        for key, wanted in named.items():
            for name in wanted:
                if name not in real[key]:
                    yield f"the trap `{trap.slug}` {key} `{name}` not, although it says so"
        for name in real["breaks"]:
            if name not in trap.breaks:
                yield f"the trap `{trap.slug}` breaks `{name}` too, and doesn't say so"
        if session.ending == "clean":
            yield f"the trap `{trap.slug}` is no trap: it meets every goal and breaks no rule"


def _hints(session: Session) -> list[str]:
    """Every command that a hint shows can be typed here."""
    known = {*allowed(session), *TOOLS.builtins, *WORDS}
    found = []
    for goal in session.scenario.goals:
        for hint in goal.hints:
            for code in _commands(hint):
                if code.split()[0] in {*TOOLS.rows, *FOREIGN} - known:
                    found.append(f"a hint of `{goal.id}` shows `{code}`, which can't be typed here")
    return found


def _commands(text: str) -> Iterator[str]:
    for match in _CODE.finditer(text):
        code = (match[1] or match[2]).strip()
        if " " in code:
            yield code


# --- short cuts --------------------------------------------------------------


def _shortcuts(ways: Ways, own: Material) -> list[str]:
    """Ways of at most three lines, of those that solutions and traps are made of, in their order."""
    for text in (*own.solutions.values(), *own.traps.values()):
        steps = [one.step for one in steps_of(text) if one.step.kind != "wait"]
        way = _short_way(ways, (), steps)
        if way is not None:
            lines = "; ".join(one.line or f"saving {one.path}" for one in way)
            return [f"so few lines are enough: {lines}"]
    return []


def _short_way(ways: Ways, way: tuple[Step, ...], further: Sequence[Step]) -> tuple[Step, ...] | None:
    """A way that begins with these steps and meets every goal; a line that failed is no part of one."""
    session, code = ways.after(way)
    if code:
        return None
    if all(state == "met" for state in session.states().values()):
        return way
    if len(way) == SHORTCUT:
        return None
    tried = (_short_way(ways, (*way, one), further[number + 1 :]) for number, one in enumerate(further))
    return next((found for found in tried if found is not None), None)
