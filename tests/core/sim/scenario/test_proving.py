"""A scenario's own tests find what is wrong with it."""

from dataclasses import replace

from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.proving import faults
from checkpoint.core.sim.scenario.types import Scenario


def changed(material: Material, **facts: object) -> Material:
    scenario = Scenario.model_validate({**material.scenario.model_dump(exclude_unset=True), **facts})
    return replace(material, scenario=scenario)


def test_the_small_scenario_holds(wrong_target):
    assert faults(wrong_target, ("1", "2"), shortcuts=False) == []


def test_a_scenario_of_three_lines_is_too_short(wrong_target):
    assert faults(wrong_target, ("1",))[0].startswith("so few lines are enough: ")


def test_a_solution_that_leaves_a_goal_open_is_found(wrong_target):
    told = faults(replace(wrong_target, solutions={"solution": "$ pwd"}), ("1",))
    assert "with seed 1: the solution `solution` leaves the goal `scaled` open" in told


def test_a_goal_that_is_met_at_the_start_is_found(wrong_target):
    goal = {"id": "scaled", "title": "S", "needs": [{"context": {"current": "production"}}]}
    told = faults(changed(wrong_target, goals=[goal], traps=[]), ("1",))
    assert "with seed 1: the goal `scaled` is met before anything was done" in told


def test_a_trap_that_breaks_nothing_is_found(wrong_target):
    told = faults(replace(wrong_target, traps={"at-once": "$ pwd"}), ("1",))
    assert any("breaks `production-untouched` not" in fault for fault in told)


def test_a_trap_that_solves_it_is_found(wrong_target):
    told = faults(replace(wrong_target, traps={"at-once": wrong_target.solutions["solution"]}), ("1",))
    assert any("is no trap" in fault for fault in told)


def test_a_hint_with_a_command_that_cant_be_typed_is_found(wrong_target):
    told = faults(changed(wrong_target, tools=["git"]), ("1",), shortcuts=False)
    assert any("which can't be typed here" in fault for fault in told)


def test_a_start_that_fails_says_which_line(wrong_target):
    layers = (*wrong_target.layers[:-1], replace(wrong_target.layers[-1], earlier="$ false"))
    assert faults(replace(wrong_target, layers=layers), ("1",)) == [
        "the start of wrong-target can't be made: line 1 of the earlier lines ends with 1: nothing was said"
    ]
