"""A course folder that a test may break."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint.core.content.library import Library, read_library
from tests.conftest import MINI_LESSONS


@dataclass
class CourseFolder:
    """A copy of the miniature course, with the means to spoil it and to see what is said."""

    root: Path

    def write(self, name: str, content: str | bytes) -> None:
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())

    def text(self, name: str) -> str:
        return (self.root / name).read_text()

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert old in text, f"{old!r} isn't in {name}"
        self.write(name, text.replace(old, new, 1))

    def add(self, name: str, text: str) -> int:
        """Append to a file; returns the line on which the new text begins."""
        before = self.text(name).rstrip("\n")
        self.write(name, f"{before}\n\n{text}\n")
        return before.count("\n") + 3

    def line(self, name: str, text: str) -> int:
        """The first line that holds a text."""
        lines = self.text(name).split("\n")
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def remove(self, name: str) -> None:
        place = self.root / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()

    def problems(self) -> list[str]:
        return [str(problem).removeprefix("lessons/") for problem in read_library(self.root).problems]

    def library(self) -> Library:
        reading = read_library(self.root)
        assert not reading.problems, reading.problems
        assert reading.library is not None
        return reading.library


@pytest.fixture
def course(tmp_path: Path) -> Iterator[CourseFolder]:
    shutil.copytree(MINI_LESSONS, tmp_path / "lessons")
    yield CourseFolder(tmp_path / "lessons")
