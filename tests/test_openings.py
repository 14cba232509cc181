"""Starts of worlds kept in files: read, they are the same; what can't be read or has changed is made anew."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from checkpoint import openings
from checkpoint.core.content.library import Library
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.script import steps_of
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.scenario.variants import filled_in


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "openings"


@pytest.fixture
def material(mini_course: Library) -> Material:
    return next(iter(mini_course.scenarios.values()))


def test_a_start_that_was_kept_is_the_one_that_was_made(kept, material):
    made = openings.opening_of(material, "2")
    assert len(list(kept.iterdir())) == 1
    assert openings.opening_of(material, "2") == made == opened(material, "2")


def test_a_kept_start_is_read_and_not_made_again(kept, material, monkeypatch):
    made = openings.opening_of(material, "2")
    monkeypatch.setattr(openings, "opened", None)
    assert openings.opening_of(material, "2") == made


def test_the_same_lines_give_the_same_in_a_start_that_was_read(kept, material):
    openings.opening_of(material, "1")
    steps = [one.step for one in steps_of(filled_in(material, "1").solutions["solution"])]
    steps.append(Step("run", "git -C ~/app log; kubectl get all -A; date; ls -la"))
    told = []
    for opening in (opened(material, "1"), openings.opening_of(material, "1")):
        session, answers = begun(opening), []
        for step in steps:
            session, answer = typed(session, step, tty=True)
            answers.append(answer)
        told.append((answers, session.now.world, session.states()))
    assert told[0] == told[1]


def test_each_seed_content_and_simulator_has_a_file_of_its_own(kept, material, monkeypatch):
    other = replace(material, scenario=material.scenario.model_copy(update={"brief": "Another one."}))
    found = {openings.file_of(*one) for one in ((material, "1"), (material, "2"), (other, "1"))}
    monkeypatch.setattr(openings, "simulator", lambda: "another")
    found.add(openings.file_of(material, "1"))
    assert len(found) == 4


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_file_is_made_anew(kept, material, damage):
    made = openings.opening_of(material, "1")
    path = openings.file_of(material, "1")
    path.write_bytes(path.read_bytes()[:-40] if damage is None else damage)
    assert openings.opening_of(material, "1") == made
    assert openings._read(path) == made.world


def test_a_folder_that_cannot_be_written_keeps_nobody_from_playing(kept, material):
    kept.write_text("in the way")
    assert openings.opening_of(material, "1") == opened(material, "1")


def test_the_command_makes_what_is_missing_and_removes_what_nothing_needs(kept, mini_course, capsys):
    kept.mkdir()
    (kept / "old.world").write_text("of before")
    call_command("openings")
    found = set(kept.iterdir())
    expected = {openings.file_of(one, "1") for one in mini_course.scenarios.values()}
    expected |= {openings.file_of(one.material(), "1") for one in mini_course.changes.values()}
    assert expected <= found and kept / "old.world" not in found
    assert "starts are ready" in capsys.readouterr().out
    call_command("openings")
    assert set(kept.iterdir()) == found and capsys.readouterr().out == ""
