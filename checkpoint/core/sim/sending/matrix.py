"""Who catches what, alone, and which guardrails have to be off for a change to arrive."""

from collections.abc import Iterator

from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.sender import Off, Sender
from checkpoint.core.sim.sending.sent import Act, Sent
from checkpoint.core.values import Value


class Row(Value):
    """One change against every guardrail."""

    change: str
    alone: tuple[Act, ...]
    """What each guardrail does where it is the only one, in line order."""
    caught_by: str
    """Where all are on; empty for none."""
    arrives: bool
    """Where none is."""
    stopped: str
    """What stops it then, if it doesn't arrive."""
    smallest: tuple[Off, ...]
    """Each smallest set of guardrails without which it arrives: none of a set can be switched on again."""


def row(sender: Sender, change: str, line: Line) -> Row:
    """Sends the change as often as it takes. Raises OpeningError."""
    naked = sender.sent(line.guardrails)
    return Row(
        change=change,
        alone=tuple(_alone(sender, slug, line) for slug in line.guardrails),
        caught_by=sender.sent().caught_by,
        arrives=naked.arrived,
        stopped=naked.stopped,
        smallest=tuple(smallest_sets(sender, line)),
    )


def _alone(sender: Sender, slug: str, line: Line) -> Act:
    sent = sender.sent(line.without(slug))
    return next(one for one in sent.acts if one.guardrail == slug)


def smallest_sets(sender: Sender, line: Line) -> Iterator[Off]:
    """Every set of guardrails to switch off so that it arrives, none of them larger than it has to be."""
    found: list[set[str]] = []
    waiting: list[Off] = [()]
    seen: set[Off] = set(waiting)
    while waiting:
        off = waiting.pop(0)
        if any(one <= set(off) for one in found):
            continue
        sent = sender.sent(off)
        if sent.arrived:
            found.append(set(off))
            yield off
            continue
        for more in _larger(sent, off, line):
            if more not in seen:
                seen.add(more)
                waiting.append(more)


def _larger(sent: Sent, off: Off, line: Line) -> Iterator[Off]:
    """With one more switched off, of those that had a part."""
    for slug in sent.asked:
        if slug not in off:
            yield tuple(one for one in line.guardrails if one in (*off, slug))


def next_ones(sender: Sender, sent: Sent) -> tuple[str, ...]:
    """The guardrails that would catch it one after the other, if each that does were switched off, too."""
    found: list[str] = []
    while sent.caught_by and sent.caught_by not in found:
        found.append(sent.caught_by)
        sent = sender.sent((*sent.off, sent.caught_by))
    return tuple(found[1:])


def missed_by(sender: Sender, sent: Sent) -> tuple[str, ...]:
    """Of those that are switched off, the ones that would have caught it."""
    off = set(sent.off)
    return tuple(slug for slug in sent.off if sender.sent(off - {slug}).caught_by == slug)
