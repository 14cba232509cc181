"""What the playground's pages show, gathered before their templates are rendered."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from checkpoint.core.content.library import Library, Pointer, read_label
from checkpoint.core.content.places import gate_of
from checkpoint.core.content.types import Guardrail, Question, Stage
from checkpoint.core.diagram.passage import Passage
from checkpoint.core.sim.scenario.types import Scenario
from checkpoint.core.sim.sending.change import Change
from checkpoint.core.sim.sending.matrix import Row
from checkpoint.core.sim.sending.sent import Act, Sent, Typed
from checkpoint.library import get_library
from checkpoint.playground.sendings import Result, Sending, sending_of, sendings
from checkpoint.playground.words import DID, Words

ICONS = {"passed": "pass", "caught": "stop"}
"""By what a guardrail did; the others were no part of it."""

SECONDS_EACH = 4
"""How long one change of the matrix takes to work out, roughly."""


@dataclass(frozen=True, slots=True)
class GateRow:
    """One guardrail's switch, and what it did. `terminal` is what it printed when it refused."""

    guardrail: Guardrail
    act: Act
    word: str
    icon: str
    why: str
    terminal: str

    @property
    def on(self) -> bool:
        return self.act.did != "off"

    @property
    def caught(self) -> bool:
        return self.act.did == "caught"


@dataclass(frozen=True, slots=True)
class Part:
    """Lines typed at one stage."""

    stage: Stage
    lines: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A change that was sent."""

    change: Change
    changes: tuple[Change, ...]
    sent: Sent
    headline: str
    rest: str
    passage: Passage
    gates: tuple[GateRow, ...]
    parts: tuple[Part, ...]
    question: Question | None
    scenario: Scenario | None
    reading: tuple[Pointer, ...]

    @property
    def on(self) -> int:
        return sum(gate.on for gate in self.gates)

    @property
    def address(self) -> str:
        return address_of(self.change.slug, self.sent.off)

    @property
    def all_on(self) -> str:
        return address_of(self.change.slug)


def address_of(change: str, off: Sequence[str] = ()) -> str:
    """The playground in this state.

    >>> address_of("drift", ["pre-commit"])
    '/playground/?change=drift&off=pre-commit'
    """
    query = urlencode([("change", change), *(("off", slug) for slug in off)])
    return f"{reverse('playground')}?{query}"


def page_of(slug: str, off: Sequence[str]) -> Page:
    """Raises KeyError for a change that isn't there."""
    library, sending = get_library(), sending_of(slug)
    change, result = sending.sendable.change, sending.result(off)
    words, sent = Words(library, change, result), result.sent
    links = (read_label(library, f"lesson:{lesson}") for lesson in change.lessons)
    return Page(
        change,
        tuple(one.change for one in library.changes.values()),
        sent,
        words.headline(),
        words.rest(),
        passage_of(library, sent, bad=not result.harmless),
        tuple(_gate(library, words, result, act) for act in sent.acts),
        tuple(_parts(library, sent.typed)),
        library.questions.get(change.question),
        library.scenarios[change.scenario].scenario if change.scenario else None,
        tuple(link for link in links if link is not None),
    )


def _gate(library: Library, words: Words, result: Result, act: Act) -> GateRow:
    told = result.otherwise.get(act.guardrail, act)
    act = _as_reached(result, act)
    guardrail = library.guardrails[act.guardrail]
    why, icon = words.why(act), ICONS.get(act.did, "skip")
    return GateRow(guardrail, act, DID[act.did], icon, why, told.said if told.did == "caught" else "")


def _as_reached(result: Result, act: Act) -> Act:
    """Not asked so far, but farther on it would have been: the change didn't come to it."""
    farther = next(one for one in result.last.acts if one.guardrail == act.guardrail)
    if act.did == "unasked" and not act.around and farther.did in ("passed", "caught"):
        return act.model_copy(update={"did": "unreached"})
    return act


def _parts(library: Library, typed: Sequence[Typed]) -> list[Part]:
    """The lines in order, grouped by the stage at which they were typed."""
    parts: list[Part] = []
    for one in typed:
        if parts and parts[-1].stage.slug == one.at:
            parts[-1] = Part(parts[-1].stage, (*parts[-1].lines, one))
        else:
            parts.append(Part(library.stages[one.at], (one,)))
    return parts


# --- the drawing -------------------------------------------------------------


def passage_of(library: Library, sent: Sent, *, bad: bool) -> Passage:
    """How far it came, for the diagram. A guardrail that caught it away from its gate lets the flow by."""
    stages = list(library.stages)
    states = {act.guardrail: _gate_state(library, stages, sent, act) for act in sent.acts}
    reached = stages[0] if sent.around else sent.reached
    harmed = sent.arrived or sent.undone
    return Passage(
        reached=reached,
        bad=bad,
        gates=tuple(states.items()),
        hit=(sent.reached,) if harmed else (),
        around="by hand, around the line" if sent.around else "",
    )


def _gate_state(library: Library, stages: list[str], sent: Sent, act: Act) -> str:
    if act.guardrail == sent.caught_by:
        gate = stages.index(gate_of(library, library.guardrails[act.guardrail]))
        return "caught" if gate > stages.index(sent.reached) and not sent.around else "acted"
    return {"off": "off", "unreached": "idle"}.get(act.did, "on")


# --- the matrix --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A guardrail alone against a change."""

    guardrail: Guardrail
    act: Act
    word: str
    icon: str
    address: str


@dataclass(frozen=True, slots=True)
class SmallestSet:
    """Guardrails without which a change arrives; none of them can be switched on again."""

    guardrails: tuple[Guardrail, ...]
    address: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A change against every guardrail; `row` is None while it isn't worked out."""

    change: Change
    row: Row | None
    cells: tuple[Cell, ...]
    sets: tuple[SmallestSet, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every change against every guardrail. `missing` rows aren't worked out yet."""

    guardrails: tuple[Guardrail, ...]
    rows: tuple[MatrixRow, ...]
    missing: int
    seconds: int
    """How long they take together, roughly."""


def matrix_page() -> Matrix:
    """What is worked out by now; sends nothing."""
    library = get_library()
    rows = tuple(_row(library, one) for one in sendings().values())
    missing = sum(one.row is None for one in rows)
    return Matrix(tuple(library.guardrails.values()), rows, missing, missing * SECONDS_EACH)


def _row(library: Library, sending: Sending) -> MatrixRow:
    change, found = sending.sendable.change, sending.row()
    address = address_of(change.slug)
    if found is None:
        return MatrixRow(change, None, (), (), address)
    cells = tuple(_cell(library, change, act) for act in found.alone)
    sets = tuple(
        SmallestSet(tuple(library.guardrails[slug] for slug in off), address_of(change.slug, off))
        for off in found.smallest
    )
    return MatrixRow(change, found, cells, sets, address)


def _cell(library: Library, change: Change, act: Act) -> Cell:
    others = [slug for slug in library.guardrails if slug != act.guardrail]
    return Cell(
        library.guardrails[act.guardrail],
        act,
        DID[act.did],
        ICONS.get(act.did, "skip"),
        address_of(change.slug, others),
    )
