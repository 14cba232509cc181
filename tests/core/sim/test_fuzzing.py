"""The fuzzer itself: it finds what is broken, shortens it, and a short run over all tools finds nothing."""

from dataclasses import replace

import pytest

from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.run import Step
from script.fuzzing import hunt
from script.fuzzing.hunt import hunted, problem_of, rows_of, shortened, start_of


def test_two_thousand_drawn_lines_are_all_borne():
    found = [finding for _, finding in hunted(seed=7, lines=2_000) if finding]
    assert [one.told() for one in found] == []


def test_the_same_seed_draws_the_same_lines():
    assert list(hunted(3, 60)) == list(hunted(3, 60))


def test_every_tool_of_the_table_is_drawn_from():
    assert {row.path.split(" ")[0] for row in rows_of("")} == set(TOOLS.rows)


@pytest.fixture
def fragile(monkeypatch):
    """A simulator that can't bear the word `nope`."""
    real = hunt.step

    def step(world, one):
        if "nope" in one.line:
            raise KeyError("nope")
        return real(world, one)

    monkeypatch.setattr(hunt, "step", step)


def test_an_exception_is_found_and_shortened_to_the_one_line_that_raises_it(fragile):
    world = start_of("shell-basics-1")
    steps = tuple(Step("run", line) for line in ("echo a", "ls | grep nope | wc -l"))
    _, problem = problem_of(world, steps[-1])
    assert problem.startswith("KeyError at ")
    assert shortened(world, steps, problem) == (Step("run", "nope"),)


def test_an_outcome_beyond_a_limit_is_found(monkeypatch):
    real = hunt.step

    def step(world, one):
        return replace(real(world, one), code=300)

    monkeypatch.setattr(hunt, "step", step)
    assert problem_of(start_of("shell-basics-1"), Step("run", "true"))[1] == "bad exit code"
