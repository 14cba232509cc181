"""Files on the learner's machine."""

from checkpoint.core.sim.parts.files import decoded
from checkpoint.core.sim.parts.registry import Registry
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
    digests_of: tuple[str, ...] = ()
    """Images of the registry, by their tags: their digests stand in it."""

    def holds(self, seen: Seen) -> bool:
        text = _text(seen.world, self.path)
        if text is None or not self.exists:
            return (text is not None) == self.exists
        if self.unchanged and text != _text(seen.start, self.path):
            return False
        digests = [seen.world.part(Registry).digest(one) for one in self.digests_of]
        return self.fits(text) and all(one.removeprefix("sha256:") in text for one in digests)


def _text(world: World, path: str) -> str | None:
    path = home_expanded(path, world.shell)
    return decoded(world.files.read(path)) if world.files.is_file(path) else None
