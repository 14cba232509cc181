"""Whether an event is one that an author means: its kind and some of its facts."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from fnmatch import fnmatchcase
from functools import cache

from pydantic import TypeAdapter

from checkpoint.core.sim.events import Event, Other
from checkpoint.core.values import Value

Plain = str | int | bool


class Bound(Value):
    """A fact that isn't named outright."""

    at_least: int | None = None
    at_most: int | None = None
    other_than: Plain | tuple[Plain, ...] | None = None
    """None of these; texts may hold `*`."""


Wanted = Plain | tuple[Plain, ...] | Bound
"""A value, one of several, or a bound. In texts `*` stands for anything."""

Match = Mapping[str, Wanted]
"""`kind` and facts of an event, each with what it should be."""


LEARNER = "learner"
"""Whose events are meant where a match names no `actor`; `actor: "*"` is everybody's."""


def matches(match: Match, event: Event) -> bool:
    """Whether the event's kind and every fact that the match names are as it says.

    A fact that is a list fits if one of its entries does; an empty list fits only `""`.
    """
    actor = LEARNER
    if isinstance(event, Other):
        actor, event = event.actor, event.event
    return (
        match["kind"] == event.kind
        and _fits(match.get("actor", LEARNER), actor)
        and all(
            _fits(wanted, getattr(event, name, None)) for name, wanted in match.items() if name not in _OWN
        )
    )


_OWN = ("kind", "actor")


def _fits(wanted: Wanted, fact: object) -> bool:
    if isinstance(fact, tuple):
        return any(_fits(wanted, one) for one in fact or ("",))
    if isinstance(wanted, Bound):
        return _within(wanted, fact)
    if isinstance(wanted, tuple):
        return any(_is(one, fact) for one in wanted)
    return _is(wanted, fact)


def _within(bound: Bound, fact: object) -> bool:
    if bound.at_least is not None and not (isinstance(fact, int) and fact >= bound.at_least):
        return False
    if bound.at_most is not None and not (isinstance(fact, int) and fact <= bound.at_most):
        return False
    return bound.other_than is None or not _fits(bound.other_than, fact)


def _is(wanted: Plain, fact: object) -> bool:
    if isinstance(wanted, str) and isinstance(fact, str):
        return fnmatchcase(fact, wanted) if "*" in wanted else fact == wanted
    return type(wanted) is type(fact) and wanted == fact


# --- as text, for a world that waits for an event ----------------------------

_ADAPTER: TypeAdapter[dict[str, Wanted]] = TypeAdapter(dict[str, Wanted])


def text_of(match: Match) -> str:
    """As JSON."""
    return _ADAPTER.dump_json(dict(match), exclude_unset=True).decode()


@cache
def match_from(text: str) -> Match:
    return _ADAPTER.validate_json(text)


# --- what authors can ask for ------------------------------------------------


@cache
def kinds() -> Mapping[str, type[Event]]:
    """Every kind of event that the simulator knows, by the name that stands in `kind`."""
    return {one.kind: one for one in _below(Event) if one.kind not in (Event.kind, Other.kind)}


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def unknown_in(match: Match) -> tuple[str, tuple[str, ...]] | None:
    """A name in a match that nothing has, and the names there are; None where all exist."""
    kind = match.get("kind")
    if not isinstance(kind, str) or kind not in kinds():
        return str(kind), tuple(sorted(kinds()))
    facts = tuple(one.name for one in fields(kinds()[kind]))
    wrong = next((name for name in match if name not in (*_OWN, *facts)), None)
    return (wrong, facts) if wrong else None
