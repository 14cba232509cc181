"""The sentence model, converted once for all its tests; without its packages they are skipped."""

from pathlib import Path

import pytest

from checkpoint.core.grading.encoder import Encoder
from checkpoint.sentences.conversion import convert
from checkpoint.sentences.model import NoModelError
from checkpoint.sentences.opening import open_encoder


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sentence-model")
    try:
        convert(folder)
    except NoModelError as missing:
        pytest.skip(f"needs the sentence model: {missing}")
    return folder


@pytest.fixture(scope="session")
def encoder(model_folder: Path) -> Encoder:
    return open_encoder(model_folder)
