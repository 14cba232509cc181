"""`manage.py check` for content: every problem as `path:line: what is wrong; what to do`."""

from typing import Any

from django.core.checks import ERROR, CheckMessage

from checkpoint.core.content.types import Problem
from checkpoint.library import library_problems


class ContentMessage(CheckMessage):
    """A problem printed as its own line, so that editors and terminals can jump to it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(ERROR, str(problem), id="content.E001")

    def __str__(self) -> str:
        return str(self.msg)


def check_content(**_: Any) -> list[CheckMessage]:
    """Every problem of the course's files."""
    return [ContentMessage(problem) for problem in library_problems()]
