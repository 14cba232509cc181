"""Pull requests on the forge."""

from fnmatch import fnmatchcase
from typing import Literal

from checkpoint.core.sim.parts.forge import Forge, Pull
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.values import Value


class PullCheck(Value):
    """At least so many pull requests are like this; with `count: 0` none is."""

    number: int | None = None
    head: str = "*"
    author: str = "*"
    state: Literal["OPEN", "MERGED", "CLOSED"] | None = None
    only_files: tuple[str, ...] = ()
    """Everything that it changes is one of these; `*` stands for anything."""
    touches: str = ""
    """One of the files that it changes."""
    count: int = 1

    def holds(self, seen: Seen) -> bool:
        found = sum(self._fits(one) for one in seen.world.part(Forge).pulls)
        return found >= self.count if self.count else found == 0

    def _fits(self, pull: Pull) -> bool:
        if self.number is not None and pull.number != self.number:
            return False
        if self.state is not None and pull.state != self.state:
            return False
        return (
            fnmatchcase(pull.head, self.head)
            and fnmatchcase(pull.author, self.author)
            and (not self.touches or any(fnmatchcase(one, self.touches) for one in pull.files))
            and (not self.only_files or self._touches_only(pull))
        )

    def _touches_only(self, pull: Pull) -> bool:
        return bool(pull.files) and all(
            any(fnmatchcase(one, wanted) for wanted in self.only_files) for one in pull.files
        )


class RulesCheck(Value):
    """What the default branch asks for before a change gets in."""

    requires: tuple[str, ...] = ()
    """Checks that are required, whichever others are."""
    approvals: int = 0
    """So many at least."""
    enforce_admins: bool | None = None

    def holds(self, seen: Seen) -> bool:
        rules = seen.world.part(Forge).rules
        bound = self.enforce_admins is None or self.enforce_admins == rules.enforce_admins
        return bound and set(self.requires) <= set(rules.contexts) and rules.approvals >= self.approvals
