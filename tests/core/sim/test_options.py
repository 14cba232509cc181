"""What the tables say of options: one that isn't simulated is refused by name and changes nothing, one that
the real tool hasn't gets that tool's own complaint."""

from dataclasses import replace

import pytest
from immutables import Map

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.table import Command, Option
from tests.core.sim.conftest import Terminal

OURS = ("terraform", "gh", "gitleaks", "pre-commit", "sops", "age", "age-keygen", "make", "credctl")
ROWS = [
    row for name in OURS for row in TOOLS.rows[name].walk() if row.run is not None and row.name != "hook-impl"
]
ABSENT = [(row, option) for row in ROWS for option in row.options if not option.simulated]


def words(row: Command, option: Option) -> str:
    value = " x" if option.value and not option.optional else ""
    return f"{row.path} {option.key}{value}"


def kept(terminal: Terminal) -> object:
    """The world but for what every line changes."""
    world = terminal.world
    shell = replace(world.shell, history=(), status=0, variables=Map())
    return replace(world, clock=0, shell=shell)


@pytest.mark.parametrize(("row", "option"), ABSENT, ids=[words(*one) for one in ABSENT])
def test_a_real_option_that_is_not_simulated_says_so_and_changes_nothing(repository, row, option):
    before = kept(repository)
    made = repository(words(row, option))
    assert made.code == 2
    assert made.stderr.startswith("simulator: ") or "\nsimulator: " in made.stderr
    assert "is not simulated here; nothing was done" in made.stderr
    assert kept(repository) == before


READING = [row for row in ROWS if row.options]


@pytest.mark.parametrize("row", READING, ids=[row.path for row in READING])
def test_an_option_that_the_real_tool_has_not_gets_its_own_complaint(repository, row):
    before = kept(repository)
    made = repository(f"{row.path} --no-such-option")
    assert made.code != 0
    assert "simulator:" not in made.stderr
    assert kept(repository) == before
