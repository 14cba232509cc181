"""The model may come while the site is served: noticed by itself, opened once; its absence is no failure."""

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django import Settings

from checkpoint import library
from checkpoint.sentences.arrival import Arriving
from checkpoint.sentences.conversion import place
from checkpoint.sentences.model import NoModelError


def test_a_model_that_arrives_later_is_noticed_and_opened_once(tmp_path: Path, model_folder: Path) -> None:
    arriving = Arriving(tmp_path, pause=0)
    assert arriving.encoder() is None
    shutil.copytree(place(model_folder), place(tmp_path))
    arrived = arriving.encoder()
    assert arrived is not None
    assert arriving.encoder() is arrived


def test_while_it_is_missing_nobody_looks_at_every_request(tmp_path: Path, model_folder: Path) -> None:
    arriving = Arriving(tmp_path, pause=3600)
    assert arriving.encoder() is None
    shutil.copytree(place(model_folder), place(tmp_path))
    assert arriving.encoder() is None


def test_nobody_waits_for_the_model_or_has_it_before_all_is_ready(tmp_path: Path, model_folder: Path) -> None:
    shutil.copytree(place(model_folder), place(tmp_path))
    arriving = Arriving(tmp_path, pause=0)
    meanwhile = []

    def ready(encoder: object) -> None:
        with ThreadPoolExecutor(1) as request:
            meanwhile.append((encoder, request.submit(arriving.encoder).result(20)))

    arriving.attend(ready)
    ((made, given),) = meanwhile
    assert given is None
    assert arriving.encoder() is made


def test_a_model_opened_before_the_fork_is_only_made_ready(tmp_path: Path, model_folder: Path) -> None:
    arriving = Arriving(model_folder)
    opened = arriving.make()
    readied: list[object] = []
    arriving.attend(readied.append)
    assert readied == [opened]


@pytest.mark.usefixtures("model_folder")
def test_a_damaged_model_is_logged_once_and_grading_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place(tmp_path).mkdir()
    arriving = Arriving(tmp_path, pause=0)
    with caplog.at_level(logging.ERROR, "checkpoint.sentences"):
        assert [arriving.encoder(), arriving.encoder()] == [None, None]
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "Grading goes on without the sentence model"
    ]


def test_the_site_gives_the_model_it_finds(settings: Settings, model_folder: Path) -> None:
    settings.SENTENCE_MODEL_DIR = model_folder
    assert library.get_encoder() is library.get_encoder() is library.make_encoder() is not None


def test_the_model_can_be_switched_off(settings: Settings, model_folder: Path) -> None:
    settings.SENTENCE_MODEL_DIR, settings.SENTENCE_MODEL_ON = model_folder, False
    assert library.get_encoder() is None
    with pytest.raises(NoModelError, match="switched off by CHECKPOINT_SENTENCE_MODEL"):
        library.make_encoder()
