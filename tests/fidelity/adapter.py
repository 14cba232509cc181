"""The simulator behind the interface of the recordings' checker."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from immutables import Map

from checkpoint.core.sim.parts.files import Files, Folder
from checkpoint.core.sim.parts.git.hosting import Hosting
from checkpoint.core.sim.parts.git.repository import Written
from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import changed_by, world_from
from checkpoint.core.sim.world import World

SERVERS = "/srv/git"
"""Where the recordings keep what stands on the git servers."""


class Session:
    """One recorded session, replayed on a world."""

    def __init__(self, setup: Mapping[str, Any]) -> None:
        self.world = world_from(setup)
        self.tty = bool(setup.get("tty"))

    def run(self, command: str, stdin: str | None, clock: int) -> tuple[str, str, int]:
        if clock:
            self.world = replace(self.world, clock=clock)
        made = typed(self.world, command, stdin=stdin or "", tty=self.tty)
        self.world = made.world
        return (made.terminal, "", made.code) if self.tty else (made.stdout, made.stderr, made.code)

    def setup(self, step: Mapping[str, Any]) -> None:
        """What somebody else did: typed on a world whose servers' disks are in reach and unprotected."""
        if step.get("clock"):
            self.world = replace(self.world, clock=step["clock"])
        before = self.world
        made = typed(_opened(before), step["command"], stdin=step.get("stdin") or "")
        after = _closed(made.world, before)
        after = replace(after, shell=before.shell).having(before.part(Written))
        self.world = changed_by(after, step.get("state") or {})


def _opened(world: World) -> World:
    hosting = world.part(Hosting)
    files = world.files.graft(SERVERS, hosting.files.root)
    return replace(world, files=files).having(replace(hosting, protections=Map()))


def _closed(world: World, before: World) -> World:
    """Servers' disks out of reach again. What was pushed stands in the part, what was made in the folder."""
    hosting = world.part(Hosting)
    folder = world.files.get(SERVERS)
    servers = hosting.files if hosting.files != before.part(Hosting).files else None
    if servers is None and isinstance(folder, Folder):
        servers = Files(folder)
    root = replace(world.files.root, entries=world.files.root.entries.delete("srv"))
    made = replace(world, files=replace(world.files, root=root))
    rules = before.part(Hosting).protections
    return made.having(replace(hosting, files=servers or hosting.files, protections=rules))


def session(setup: Mapping[str, Any]) -> Session:
    return Session(setup)
