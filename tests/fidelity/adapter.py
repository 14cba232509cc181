"""The simulator behind the interface of the recordings' checker."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import world_from


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


def session(setup: Mapping[str, Any]) -> Session:
    return Session(setup)
