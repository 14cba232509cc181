"""How many age keys a learner has made."""

from dataclasses import dataclass

from checkpoint.core.sim import limits
from checkpoint.core.sim.errors import Exhausted


@dataclass(frozen=True, slots=True)
class Generated:
    """A world's part: the age keys of this run, those of its start and of other people not counted."""

    keys: int = 0

    def one_more(self) -> "Generated":
        if self.keys >= limits.AGE_KEYS:
            raise Exhausted(f"a session makes at most {limits.AGE_KEYS} age keys; reset it to go on")
        return Generated(self.keys + 1)
