"""The bridge: loaded once in production, watched in development, refusing to start on broken content."""

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.utils.autoreload import StatReloader, autoreload_started
from pytest_django import Settings

from checkpoint.core.content.library import ContentError
from checkpoint.library import REFUSED, Served, get_library, library_problems, start_library
from tests.conftest import MINI_LESSONS

LESSON = "chapter-02/lesson.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI_LESSONS, tmp_path / "lessons"))


def change(folder: Path, old: str, new: str) -> None:
    file = folder / LESSON
    file.write_text(file.read_text().replace(old, new))


def spoil(folder: Path) -> None:
    change(folder, "An idea", "[An idea](term:nothing)")


def title(served: Served) -> str:
    return served.library().lessons["chapter-02"].facts.title


def test_production_loads_the_course_once(folder: Path, settings: Settings) -> None:
    settings.LESSONS_DIR = folder
    first = get_library()
    change(folder, "What comes next", "Something else")
    assert get_library() is first


def test_in_development_a_changed_file_is_read_again(folder: Path) -> None:
    served = Served(folder, watched=True, pause=0)
    assert title(served) == "What comes next"
    change(folder, "What comes next", "Something else")
    assert title(served) == "Something else"


def test_in_development_broken_content_leaves_the_last_good_one(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    served = Served(folder, watched=True, pause=0)
    served.library()
    spoil(folder)
    change(folder, "What comes next", "Never shown")
    with caplog.at_level(logging.ERROR, "checkpoint.content"):
        assert [title(served), title(served)] == ["What comes next", "What comes next"]
    assert len(caplog.records) == 1
    assert "lessons/chapter-02/lesson.md:" in caplog.text
    assert [problem.path for problem in served.problems] == ["lessons/chapter-02/lesson.md"]


def test_in_development_mended_content_is_served_without_a_restart(folder: Path) -> None:
    served = Served(folder, watched=True, pause=0)
    served.library()
    spoil(folder)
    served.library()
    change(folder, "[An idea](term:nothing)", "An idea")
    change(folder, "What comes next", "Mended")
    assert title(served) == "Mended"
    assert served.problems == ()


def test_content_that_never_was_good_is_not_served(folder: Path, settings: Settings) -> None:
    spoil(folder)
    settings.LESSONS_DIR = folder
    with pytest.raises(ContentError):
        get_library()
    assert [problem.path for problem in library_problems()] == ["lessons/chapter-02/lesson.md"]


def test_starting_on_broken_content_names_every_problem(
    folder: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    (folder / "glossary.yaml").write_text("")
    settings.LESSONS_DIR = folder
    with pytest.raises(SystemExit) as ended:
        start_library()
    assert ended.value.code == REFUSED
    told = capsys.readouterr().err
    assert "lessons/glossary.yaml:1: the file is empty; write its content or delete the file\n" in told
    assert "so the site doesn't start" in told


@pytest.mark.parametrize("module", ["checkpoint.wsgi", "checkpoint.asgi"])
def test_the_server_does_not_start_on_broken_content(folder: Path, module: str) -> None:
    spoil(folder)
    ran = subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        env={**os.environ, "CHECKPOINT_LESSONS": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == REFUSED
    assert "lessons/chapter-02/lesson.md:" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("module", ["checkpoint.wsgi", "checkpoint.asgi"])
def test_all_views_are_loaded_before_the_workers_are_forked(module: str) -> None:
    subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; assert 'checkpoint.cohorts.views' in sys.modules"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=True,
        timeout=60,
    )


def test_runserver_waits_for_broken_content_to_be_mended(folder: Path, settings: Settings) -> None:
    settings.LESSONS_DIR = folder
    started = StatReloader()
    autoreload_started.send(started)
    assert folder not in started.directory_globs
    spoil(folder)
    settings.DEBUG = True
    waiting = StatReloader()
    autoreload_started.send(waiting)
    assert waiting.directory_globs[folder] == {"**/*"}


def test_the_check_command_prints_each_problem_as_its_own_line(folder: Path, settings: Settings) -> None:
    spoil(folder)
    settings.LESSONS_DIR = folder
    with pytest.raises(SystemCheckError) as raised:
        call_command("check", tags=["content"])
    line = (
        "lessons/chapter-02/lesson.md:13: the link `term:nothing` is dead: there is no term `nothing`; "
        "choose one of context, kubeconfig"
    )
    assert line in str(raised.value).split("\n")


def test_the_check_command_is_content_with_a_whole_course(folder: Path, settings: Settings) -> None:
    settings.LESSONS_DIR = folder
    call_command("check", tags=["content"])


def test_the_schemas_command_writes_what_editors_need(folder: Path, settings: Settings) -> None:
    settings.LESSONS_DIR = folder
    with pytest.raises(CommandError, match=r"Out of date: course\.schema\.json"):
        call_command("schemas", check=True)
    call_command("schemas", verbosity=0)
    call_command("schemas", check=True)
    (folder / "schemas" / "lesson.schema.json").write_text("{}")
    with pytest.raises(CommandError, match=r"Out of date: lesson\.schema\.json\."):
        call_command("schemas", check=True)
