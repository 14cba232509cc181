"""What goals and rules are made of: something happened, in some order, or the world is in some state."""

from collections.abc import Iterator

from pydantic import model_validator

from checkpoint.core.sim.scenario.checks.built import BuiltCheck
from checkpoint.core.sim.scenario.checks.clock import ClockCheck
from checkpoint.core.sim.scenario.checks.cluster import (
    ContextCheck,
    FluxCheck,
    ObjectCheck,
    PolicyCheck,
    RunningCheck,
    SecretCheck,
)
from checkpoint.core.sim.scenario.checks.credentials import CredentialCheck
from checkpoint.core.sim.scenario.checks.files import FileCheck
from checkpoint.core.sim.scenario.checks.forge import PullCheck, RulesCheck
from checkpoint.core.sim.scenario.checks.git import BranchCheck, HistoryCheck
from checkpoint.core.sim.scenario.checks.terraform import StateCheck
from checkpoint.core.sim.scenario.matching import Match
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.values import Value


class Unprepared(Value):
    """An event came although another one, that should have been there first, hadn't happened."""

    event: Match
    lacks: Match
    """What had to come first."""
    renewed_by: Match | None = None
    """An event after which it has to come again before the next one."""

    def holds(self, seen: Seen) -> bool:
        return any(not self._prepared(seen, one.place) for one in seen.log.matching(self.event))

    def _prepared(self, seen: Seen, place: int) -> bool:
        since = -1
        if self.renewed_by is not None:
            since = max(
                (one.place for one in seen.log.matching(self.renewed_by) if one.place < place), default=-1
            )
        return any(since < one.place < place for one in seen.log.matching(self.lacks))


class Afterwards(Value):
    """An event came after another one."""

    event: Match
    since: Match

    def holds(self, seen: Seen) -> bool:
        first = next(seen.log.matching(self.since), None)
        return first is not None and any(one.place > first.place for one in seen.log.matching(self.event))


class Condition(Value):
    """Exactly one of these keys."""

    happened: Match | None = None
    """An event of this kind, with these facts."""
    in_order: tuple[Match, ...] = ()
    """Events, each after the one before it; others may come between."""
    unprepared: Unprepared | None = None
    afterwards: Afterwards | None = None
    file: FileCheck | None = None
    branch: BranchCheck | None = None
    history: HistoryCheck | None = None
    built: BuiltCheck | None = None
    object: ObjectCheck | None = None
    running: RunningCheck | None = None
    flux: FluxCheck | None = None
    policy: PolicyCheck | None = None
    secret: SecretCheck | None = None
    credential: CredentialCheck | None = None
    context: ContextCheck | None = None
    state: StateCheck | None = None
    pull: PullCheck | None = None
    rules: RulesCheck | None = None
    clock: ClockCheck | None = None
    any: "tuple[Condition, ...]" = ()
    """One of these at least."""
    none: "tuple[Condition, ...]" = ()
    """Not one of these."""

    @model_validator(mode="after")
    def _has_one_key(self) -> "Condition":
        if len(self.model_fields_set) != 1:
            given = ", ".join(sorted(self.model_fields_set)) or "nothing"
            raise ValueError(f"a condition has exactly one key, and here are {given}: write each as an item")
        return self

    def holds(self, seen: Seen) -> bool:
        if self.happened is not None:
            return any(True for _ in seen.log.matching(self.happened))
        if self.in_order:
            return _in_order(self.in_order, seen)
        if self.any:
            return any_of(self.any, seen)
        if self.none:
            return not any_of(self.none, seen)
        check = getattr(self, next(iter(self.model_fields_set)))
        return bool(check.holds(seen))

    def matches(self) -> Iterator[Match]:
        """Every match of events in it, for the author's check."""
        if self.happened is not None:
            yield self.happened
        yield from self.in_order
        if self.unprepared is not None:
            yield from (self.unprepared.event, self.unprepared.lacks)
            if self.unprepared.renewed_by is not None:
                yield self.unprepared.renewed_by
        if self.afterwards is not None:
            yield from (self.afterwards.event, self.afterwards.since)
        for one in (*self.any, *self.none):
            yield from one.matches()


def any_of(conditions: tuple[Condition, ...], seen: Seen) -> bool:
    return any(one.holds(seen) for one in conditions)


def all_of(conditions: tuple[Condition, ...], seen: Seen) -> bool:
    return all(one.holds(seen) for one in conditions)


def _in_order(wanted: tuple[Match, ...], seen: Seen) -> bool:
    place = -1
    for match in wanted:
        found = next((one for one in seen.log.matching(match) if one.place > place), None)
        if found is None:
            return False
        place = found.place
    return True
