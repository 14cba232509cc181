"""The playground of the tests' own course, with nothing worked out before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from checkpoint.core.content.library import Library
from checkpoint.playground import sendings


@pytest.fixture(autouse=True)
def fresh(mini_course: Library, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The folder in which things are kept."""
    settings.VAR_DIR = tmp_path
    sendings._sendings.cache_clear()
    yield tmp_path / "playground"
    sendings._sendings.cache_clear()
