"""The sentence model on a site: made ready by a command, used by grading, and its absence said in words."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from checkpoint.core.grading.encoder import Encoder
from checkpoint.core.grading.grade import grade
from checkpoint.library import get_grader, get_library
from checkpoint.sentences.conversion import place
from tests.operations.test_serve import ROOT, fresh, get, manage, serving

__all__ = ["fresh"]
ASKED = json.dumps({"id": "a", "question": "stale-plan", "answer": "Somebody applied after it was made."})


def graded(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "grade"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=ASKED, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def known_rubrics(fresh: dict[str, str], encoder: Encoder, settings: Settings) -> None:
    """The rubrics' vectors are there already, which else take most of the time."""
    for question in get_library().questions.values():
        grade(get_grader(), question, "")
    rubrics = "sentence-model/rubrics"
    shutil.copytree(settings.SENTENCE_MODEL_DIR / "rubrics", Path(fresh["CHECKPOINT_VAR"]) / rubrics)


@pytest.mark.usefixtures("known_rubrics")
def test_the_command_makes_it_ready_and_a_second_run_has_nothing_to_do(fresh: dict[str, str]) -> None:
    assert "isn't ready" in manage(fresh, "sentence_model", "--state").stdout
    made = manage(fresh, "sentence_model")
    assert made.returncode == 0, made.stderr
    assert "The sentence model is ready" in made.stdout
    again = manage(fresh, "sentence_model")
    assert (again.returncode, again.stdout) == (0, "")
    assert "is ready" in manage(fresh, "sentence_model", "--state").stdout


def test_switched_off_it_is_not_made_and_the_command_says_so(fresh: dict[str, str]) -> None:
    off = {**fresh, "CHECKPOINT_SENTENCE_MODEL": "off"}
    refused = manage(off, "sentence_model")
    assert refused.returncode == 1
    assert "switched off by CHECKPOINT_SENTENCE_MODEL" in refused.stderr
    assert not (Path(fresh["CHECKPOINT_VAR"]) / "sentence-model").exists()


@pytest.mark.usefixtures("known_rubrics")
def test_grading_makes_it_ready_by_itself_and_prints_nothing_but_json(fresh: dict[str, str]) -> None:
    ran = graded(fresh)
    (line,) = ran.stdout.splitlines()
    assert json.loads(line)["grader"].startswith("semantic/")
    assert ran.stderr == ""


def test_without_it_grading_says_so_beside_the_json_and_grades_by_words(fresh: dict[str, str]) -> None:
    ran = graded({**fresh, "CHECKPOINT_SENTENCE_MODEL": "off"})
    (line,) = ran.stdout.splitlines()
    assert json.loads(line)["grader"].startswith("lexical/")
    assert "Graded without the sentence model" in ran.stderr


def test_a_site_starts_whatever_has_become_of_the_model(fresh: dict[str, str]) -> None:
    place(Path(fresh["CHECKPOINT_VAR"]) / "sentence-model").mkdir(parents=True)
    with serving(fresh, "--no-demo") as (port, printed):
        assert any(line.startswith("Checkpoint is ready") for line in printed)
        assert get(port, "/readyz")[0] == 200
