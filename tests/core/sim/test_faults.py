"""Faults of the simulator's own: whose they are, what they take back, and what is told of them."""

import pytest

from checkpoint.core.sim.actors import ACTORS, WITNESSES, Due, Schedule, catch_up, plan
from checkpoint.core.sim.faults import gathered
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.opening import without_scenario
from checkpoint.core.sim.scenario.own_words import CRASHED, typed
from checkpoint.core.sim.scenario.session import begun, tools_of
from checkpoint.core.sim.start import world_from
from checkpoint.core.sim.table import Command


@pytest.fixture
def actor(monkeypatch):
    """Makes somebody do something that is due at once and again each minute; gives the world."""

    def having(act):
        monkeypatch.setitem(ACTORS, "somebody", act)
        world = world_from({})
        return plan(world, Due(world.clock, "somebody", "something", every=60))

    return having


def failing(world, due):
    raise AttributeError("something")


def test_somebody_at_whose_doing_the_simulator_fails_changes_nothing_and_stops_nobody(actor):
    session = begun(without_scenario(actor(failing)))
    with gathered() as found:
        session, answer = typed(session, Step("run", "echo here"))
    assert (answer.text("out"), answer.code) == ("here\n", 0)
    assert [fault.kind for fault in found] == ["AttributeError"] * 2, "at the start and a minute later"
    assert session.now.world.part(Schedule).due


@pytest.fixture
def failing_witness():
    def witness(world, events):
        raise KeyError("seen")

    WITNESSES.append(witness)
    yield
    WITNESSES.remove(witness)


def test_what_somebody_did_is_taken_back_whole_where_a_witness_fails(actor, failing_witness):
    world = actor(lambda world, due: (world.having_drawn(), (object(),)))
    after, events = catch_up(world)
    assert (after.drawn, events) == (world.drawn, ())


def test_a_fault_tells_where_it_was_and_not_what_was_typed(actor):
    def told(world, due):
        raise ValueError("AGE-SECRET-KEY")

    with gathered() as found:
        catch_up(actor(told))
    assert "ValueError" in str(found[0]) and "in told" in str(found[0])
    assert "AGE-SECRET-KEY" not in repr(found)


def test_a_line_for_which_the_machine_has_no_memory_is_no_fault_of_the_line(monkeypatch):
    def hungry(process, args):
        raise MemoryError

    session = begun(without_scenario(world_from({})))
    monkeypatch.setitem(tools_of(session.scenario).rows, "hungry", Command("hungry", "eats", run=hungry))
    with pytest.raises(MemoryError):
        typed(session, Step("run", "hungry"))


def test_a_save_at_which_the_simulator_fails_leaves_the_shell_as_it_was():
    before = begun(without_scenario(world_from({})))
    after, answer = typed(before, Step("write", path="a", content=None))
    assert "this save could not be simulated" in answer.text("err")
    assert (answer.code, after.lines) == (CRASHED, 1)
    assert after.now.world == before.now.world
