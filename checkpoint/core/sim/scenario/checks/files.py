"""Files on the learner's machine."""

from checkpoint.core.sim.parts.files import decoded
from checkpoint.core.sim.scenario.checks.texts import TextCheck
from checkpoint.core.sim.scenario.seen import Seen
from checkpoint.core.sim.shell.expand import home_expanded
from checkpoint.core.sim.world import World


class FileCheck(TextCheck):
    """A file exists (or doesn't), and says something."""

    path: str
    """Absolute or below `~`."""
    exists: bool = True
    unchanged: bool = False
    """It is what it was at the start."""

    def holds(self, seen: Seen) -> bool:
        text = _text(seen.world, self.path)
        if text is None or not self.exists:
            return (text is not None) == self.exists
        if self.unchanged and text != _text(seen.start, self.path):
            return False
        return self.fits(text)


def _text(world: World, path: str) -> str | None:
    path = home_expanded(path, world.shell)
    return decoded(world.files.read(path)) if world.files.is_file(path) else None
