"""A change's own tests: it isn't there at first, arrives where nothing stands, is caught as it says."""

from collections.abc import Iterator

from checkpoint.core.sim.scenario.opening import OpeningError
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.sending.change import Sendable
from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.send import has_arrived
from checkpoint.core.sim.sending.sender import Sender


def faults(sendable: Sendable, line: Line, sender: Sender | None = None) -> list[str]:
    """Everything about a change that doesn't hold, as sentences for its author; nothing if all does.

    `sender` may be one that was asked before.
    """
    sender = sender or Sender(sendable, line)
    try:
        opening, change = sender.ready
    except OpeningError as error:
        return [str(error)]
    if has_arrived(opening, change, begun(opening)):
        return ["it has arrived before anything was sent"]
    return [*_without_guardrails(sender, sendable, line), *_with_guardrails(sender, sendable, line)]


def _without_guardrails(sender: Sender, sendable: Sendable, line: Line) -> Iterator[str]:
    sent = sender.sent(line.guardrails)
    expected = sendable.change.stopped_by
    if not sent.arrived and not expected:
        yield f"with every guardrail off it doesn't arrive: {sent.stopped or 'nothing stops it either'}"
    if sent.arrived and expected:
        yield f"with every guardrail off it arrives, although {expected} should stop it"
    if expected and not sent.arrived and not sent.stopped:
        yield f"with every guardrail off no line fails, although {expected} should stop it"


def _with_guardrails(sender: Sender, sendable: Sendable, line: Line) -> Iterator[str]:
    named = sendable.change.guardrails
    first = sender.sent().caught_by
    if first != (named[0] if named else ""):
        yield f"where all are on, {first or 'none'} catches it, and `guardrails` names another one first"
    for slug in line.guardrails:
        catches = sender.sent(line.without(slug)).caught_by == slug
        if catches and slug not in named:
            yield f"{slug} alone catches it, and `guardrails` doesn't name it"
        if slug in named and not catches:
            yield f"{slug} alone doesn't catch it, although `guardrails` names it"
