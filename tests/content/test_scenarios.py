"""The course's own scenarios hold: start, solutions, traps, hints, variants, and nothing shorter."""

import json
from functools import cache
from pathlib import Path

import pytest

from checkpoint.core.content.library import Library, load_library
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import Opening, opened
from checkpoint.core.sim.scenario.proving import faults
from checkpoint.core.sim.scenario.variants import filled_in, names_in

SEEDS = ("1", "2", "3")
_COURSE: Library = load_library(Path(__file__).parents[2] / "lessons")


def _opened(material: Material, seed: str) -> Opening:
    return _start(material.scenario.slug, seed)


@cache
def _start(slug: str, seed: str) -> Opening:
    """One for all tests: worlds are never changed in place."""
    return opened(_COURSE.scenarios[slug], seed)


@pytest.fixture(params=_COURSE.scenarios)
def material(request: pytest.FixtureRequest) -> Material:
    return _COURSE.scenarios[request.param]


def test_a_scenario_holds_with_every_seed_and_has_no_short_cut(material):
    assert faults(material, SEEDS, opens=_opened) == []


def test_every_name_of_a_variant_has_its_value(material):
    for seed in SEEDS:
        made = filled_in(material, seed)
        told = json.dumps(made.scenario.model_dump(mode="json"))
        scripts = (*made.solutions.values(), *made.traps.values(), *(one.earlier for one in made.layers))
        assert not names_in("\n".join((told, *scripts))) - {"learner"}


def test_a_scenario_practises_skills_that_the_course_names(material):
    places = _COURSE.skills.values()
    practised = [p for place in places for p in place.practices if p.scenario is material.scenario]
    assert practised and all(practice.goals for practice in practised)


def test_another_seed_makes_another_exercise(material):
    told = {filled_in(material, seed).scenario.model_dump_json() for seed in map(str, range(1, 7))}
    assert len(told) >= 3
