"""The small scenario in docs/writing-scenarios.md, taken literally: it is a whole one."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from checkpoint.core.content.library import ContentError, load_library

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/writing-scenarios.md"
LONGEST = 30
"""Lines of YAML."""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The course with the guide's four files in it."""
    course = tmp_path / "lessons"
    shutil.copytree(ROOT / "lessons", course)
    settings.LESSONS_DIR = course
    folder = course / "checkpoint-a/scenarios/wrong-target"
    (folder / "traps").mkdir(parents=True)
    part = GUIDE.read_text().partition("## A small one")[2].partition("\n## ")[0]
    for name, text in re.findall(r"`([\w/.-]+)`[^`\n]*:\n\n```\w+\n(.*?)```", part, re.DOTALL):
        (folder / name).write_text(text)
    return folder


def proved() -> str:
    told = StringIO()
    call_command("prove", "wrong-target", stdout=told, skip_checks=True)
    return told.getvalue()


def test_it_holds_what_it_says_in_under_thirty_lines(folder: Path):
    assert len((folder / "scenario.yaml").read_text().splitlines()) < LONGEST
    assert proved() == "wrong-target: holds\n"


def test_a_solution_that_does_not_solve_it_is_told(folder: Path):
    (folder / "solution.txt").write_text("$ kubectl config use-context staging\n")
    told = StringIO()
    with pytest.raises(CommandError, match="not every scenario"):
        call_command("prove", "wrong-target", stdout=told, skip_checks=True)
    assert "the solution `solution` leaves the goal `scaled` open" in told.getvalue()


def test_a_system_that_is_not_there_is_told_with_its_nearest(folder: Path):
    file = folder / "scenario.yaml"
    file.write_text(file.read_text().replace("kubernetes:", "kubernets:"))
    with pytest.raises(ContentError, match=r"yaml:8: there is no system `kubernets`; did you"):
        load_library(folder.parents[2])


def test_a_scenario_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(CommandError, match="no scenario wrong-targets; there are wrong-context, stale-plan"):
        call_command("prove", "wrong-targets", skip_checks=True)
