"""A run step by step, as data: what was typed, what came of it, and a name for the state after it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from checkpoint.scenarios.models import Run, TypedLine

LENGTH = 12
"""Letters of a state's name: among a million states two are alike in one of five hundred cohorts."""


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """`state_hash` names the state by how it was reached: the same lines from the same start give the same
    world, so the same name, and nothing has to be played again to tell."""

    number: int
    at: datetime
    kind: str
    command: str
    """The line that was typed, or the path of the file that was saved."""
    exit_code: int | None
    """None where the step was stored and never answered."""
    state_hash: str
    rules_broken: tuple[str, ...]
    """Rules that this step broke."""


def recorded_steps(run: Run) -> Iterator[RecordedStep]:
    """In their order; the run's lines are read from the run."""
    state = _named("", run.content, run.scenario, run.seed)
    for line in run.lines.all():
        state = _named(state, line.kind, line.line, line.path, line.content)
        told = line.answer or {}
        yield RecordedStep(
            line.number,
            line.at,
            line.kind,
            _command(line),
            None if line.answer is None else int(told.get("code", 0)),
            state,
            tuple(told.get("broke", ())),
        )


def _command(line: TypedLine) -> str:
    return line.line or line.path


def _named(before: str, *parts: str) -> str:
    digest = hashlib.sha256(before.encode())
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()[:LENGTH]
