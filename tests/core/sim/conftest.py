"""A world with one small repository, and a hand to type with."""

from collections.abc import Callable

import pytest

from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.run import typed
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.world import World

GITCONFIG = "[user]\n\tname = Robin\n\temail = robin@example.com\n[init]\n\tdefaultBranch = main\n"

Hand = Callable[..., Outcome]


class Terminal:
    """Types lines one after the other and keeps the world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, line: str, **how: object) -> Outcome:
        made = typed(self.world, line, **how)
        self.world = made.world
        return made

    def out(self, line: str) -> str:
        made = self(line)
        assert made.code == 0, made.stderr
        return made.stdout


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(world_from({"files": {".gitconfig": GITCONFIG}}))


@pytest.fixture
def repository(terminal: Terminal) -> Terminal:
    terminal("git init -q app; cd app; echo one > a.txt; git add .; git commit -qm 'First'")
    return terminal
