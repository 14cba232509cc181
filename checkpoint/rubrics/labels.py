"""Labelled answers from a file of JSON lines, read for one question."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkpoint.core.content.types import Question
from checkpoint.core.grading.heldout import MARKS
from checkpoint.core.grading.report import Labelled
from checkpoint.core.grading.verdict import Level, Outcome


class LabelError(Exception):
    """A line that can't be read: where it is and what is wrong, to be shown as it stands."""


def read_labelled(file: Path, question: Question) -> tuple[Labelled, ...]:
    """The answers to this question; lines about other questions are passed over.

    Raises LabelError for the first line that isn't a labelled answer, and where none is for the question.
    """
    found = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{file} can't be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _object(line)
            if row.get("question") in (question.slug, question.id):
                found.append(labelled(row, question))
        except ValueError as error:
            raise LabelError(f"{file}:{number}: {error}") from error
    if not found:
        raise LabelError(f"{file} holds no answer to {question.slug}")
    return tuple(found)


def _object(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError("the line is not JSON") from error
    if not isinstance(row, dict):
        raise ValueError("the line is not a JSON object")
    return row


def labelled(row: Mapping[str, Any], question: Question) -> Labelled:
    """One row as a value. Misconceptions are judged only where the row lists them, be it as none."""
    answer, labels, held = row.get("answer"), row.get("criteria"), row.get("misconceptions")
    if not isinstance(answer, str) or not isinstance(labels, dict):
        raise ValueError("there is no answer, or no criteria")
    names = {criterion.id for criterion in question.criteria}
    outcomes = {}
    for name, label in labels.items():
        if name not in names:
            raise ValueError(f"{question.slug} has no criterion {name}")
        if label not in MARKS:
            raise ValueError(f"{name} is labelled {label!r}; use one of {', '.join(MARKS)}")
        outcomes[name] = Outcome(label)
    level = row.get("overall", row.get("level"))
    if level is not None and level not in tuple(Level):
        raise ValueError(f"the level is {level!r}; use one of {', '.join(Level)}")
    return Labelled(
        str(row.get("id", "")), answer, outcomes, _ideas(held, question), Level(level) if level else None
    )


def _ideas(held: Any, question: Question) -> dict[str, bool]:
    if held is None:
        return {}
    known = [misconception.id for misconception in question.misconceptions]
    if not isinstance(held, list) or any(name not in known for name in held):
        raise ValueError(f"misconceptions are a list of some of {', '.join(known) or 'none'}")
    return {name: name in held for name in known}
