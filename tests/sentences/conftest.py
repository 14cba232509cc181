"""The sentence model, converted once in a folder of its own; without its packages they are skipped."""

from pathlib import Path

import pytest

from checkpoint.sentences.conversion import convert
from checkpoint.sentences.model import NoModelError


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sentence-model")
    try:
        convert(folder)
    except NoModelError as missing:
        pytest.skip(f"needs the sentence model: {missing}")
    return folder
