"""The scenario's clock since the start."""

from pydantic import field_validator

from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.values import Value


class ClockCheck(Value):
    """How long ago the learner began, on the scenario's clock."""

    at_least: str = ""
    at_most: str = ""
    """Lengths of time such as `45m`."""

    @field_validator("at_least", "at_most")
    @classmethod
    def _is_time(cls, given: str) -> str:
        if given and "@" not in given:
            seconds_in(given)
        return given

    def holds(self, seen: Seen) -> bool:
        passed = seen.world.clock - seen.start.clock
        if self.at_least and passed < seconds_in(self.at_least):
            return False
        return not self.at_most or passed <= seconds_in(self.at_most)
