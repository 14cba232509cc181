"""What each guardrail did to a change, from the events of its way."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpoint.core.sim.events import Event, GuardrailActed
from checkpoint.core.sim.parts.flux.kustomizations import SLUG as GITOPS
from checkpoint.core.sim.scenario.seen import Logged
from checkpoint.core.sim.scenario.session import Session
from checkpoint.core.sim.scenario.telling import told_in_words
from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.reach import bare, gets_in, unready, writes_by_hand
from checkpoint.core.sim.sending.sent import Act, Did, Typed


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that a guardrail did: caught, passed or bypassed. `step` counts from 1."""

    guardrail: str
    stage: str
    result: str
    about: str
    step: int


def is_catch(event: Event) -> bool:
    return isinstance(event, GuardrailActed) and event.result == "caught"


def traces(session: Session) -> Iterator[Trace]:
    """In the order in which they happened. What Flux does about the change is a trace of reconciliation."""
    touched = inside = False
    for one in session.now.log.every():
        inside = inside or gets_in(one)
        touched = touched or (one.event.kind == "kube.write" and writes_by_hand(one.event))
        event = one.event
        if isinstance(event, GuardrailActed):
            yield Trace(event.guardrail, event.stage, event.result, event.about, one.step)
        elif (inside and _delivers(one)) or (touched and event.kind == "flux.reconcile"):
            yield Trace(GITOPS, "flux", "passed", told_in_words(event), one.step)


def _delivers(one: Logged) -> bool:
    event = bare(one.event)
    if event.kind == "kube.write":
        return getattr(event, "path", "") == "flux" and bool(getattr(event, "changed", True))
    return event.kind == "flux.image-commit" or unready(event)


def catcher(found: Sequence[Trace]) -> str:
    """The guardrail that said no first."""
    return next((one.guardrail for one in found if one.result == "caught"), "")


_DECISIVE = {"caught": 0, "bypassed": 1, "passed": 2}


def acts(
    line: Line, away: frozenset[str], found: Sequence[Trace], typed: Sequence[Typed], by: str, reached: str
) -> tuple[Act, ...]:
    """Each guardrail's part, in line order; `by` kept the change from arriving."""
    own: Mapping[str, list[Trace]] = {
        slug: [one for one in found if one.guardrail == slug and one.result in _DECISIVE]
        for slug in line.guardrails
    }
    return tuple(
        Act(guardrail=slug, did="off")
        if slug in away
        else _act(slug, own[slug], typed, by)
        if own[slug]
        else Act(guardrail=slug, did=_not_asked(line, slug, by, reached))
        for slug in line.guardrails
    )


def _not_asked(line: Line, slug: str, by: str, reached: str) -> Did:
    return "unreached" if by and line.stands_behind(slug, by, reached) else "unasked"


def _act(slug: str, own: Sequence[Trace], typed: Sequence[Typed], by: str) -> Act:
    told = next((one for one in own if one.about), own[0])
    one = min(own, key=lambda trace: _DECISIVE[trace.result])
    if slug == by and one.result != "caught":
        one = told
    at = typed[one.step - 1] if 0 < one.step <= len(typed) else None
    return Act(
        guardrail=slug,
        did="caught" if slug == by or one.result == "caught" else _SAID[one.result],
        stage=one.stage,
        line=at.line if at else "",
        about=one.about,
        said=telling(at.output) if at and at.code and one.result == "caught" else "",
        refused=one.result == "caught",
        around=one.result == "bypassed",
    )


_SAID: dict[str, Did] = {"bypassed": "unasked", "passed": "passed"}

_DOTS = re.compile(r"\.{4,}")
_MARKS = ("[guard", "x ", "error", "fatal", "remote: error", "! [", "blocked")


def telling(output: str) -> str:
    """The line by which a tool says what is wrong.

    >>> telling("Check yaml......Failed\\n- hook id: yaml")
    'Check yaml: Failed'
    """
    rows = [row.strip(" │╷╵\t") for row in output.splitlines()]
    rows = [row for row in rows if row]
    failed = [row for row in rows if row.endswith("Failed")]
    marked = [row for row in rows if row.lower().startswith(_MARKS)]
    return _DOTS.sub(": ", (failed or marked or rows or [""])[0])
