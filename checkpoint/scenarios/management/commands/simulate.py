"""manage.py simulate: type lines into a simulated world and read what happens, as JSON lines."""

import json
import re
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.outcome import Outcome
from checkpoint.core.sim.run import Step, step
from checkpoint.core.sim.start import SetupError, world_from
from checkpoint.core.sim.world import World
from checkpoint.library import get_library

_WAIT = re.compile(r"(\d{1,6})([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


class BadLineError(Exception):
    """A line that isn't one of the three steps; the message says what is wrong and what to do."""


class Command(BaseCommand):
    help = (
        'Reads JSON lines from standard input: {"run": LINE}, {"run": LINE, "stdin": TEXT}, '
        '{"write": {"path": PATH, "content": TEXT}} or {"wait": "61m"}. Writes one JSON line each with '
        "stdout, stderr, exit_code, events and goals. The same input gives the same bytes. "
        "No database is needed."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--setup", type=Path, metavar="FILE", required=True, help="a starting state as JSON"
        )
        parser.add_argument(
            "--off",
            action="append",
            default=[],
            metavar="GUARDRAIL",
            help="switch a guardrail off, by its slug; may be given several times",
        )
        parser.add_argument("--tty", action="store_true", help="as on a terminal of 120 columns")

    def handle(self, *args: Any, setup: Path, off: list[str], tty: bool, **options: Any) -> None:
        world = replace(_start(setup), off=frozenset(_guardrails(off)))
        failed = False
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            try:
                made = step(world, read_step(line), tty=tty)
            except BadLineError as error:
                failed = True
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
                continue
            world = made.world
            self.stdout.write(json.dumps(told(made), ensure_ascii=False))
        self.stdout.flush()
        if failed:
            sys.exit(1)


def told(made: Outcome) -> dict[str, Any]:
    """An outcome as the command writes it."""
    return {
        "stdout": made.stdout,
        "stderr": made.stderr,
        "exit_code": made.code,
        "events": [event.told() for event in made.events],
        "goals": {},
    }


def read_step(line: bytes) -> Step:
    """One step of the input; raises BadLineError."""
    try:
        facts = json.loads(line)
    except ValueError as error:
        raise BadLineError(f"this line is no JSON ({error}); write one object on each line") from None
    if not isinstance(facts, dict):
        raise BadLineError('this line is no object; write for example {"run": "git status"}')
    if isinstance(facts.get("run"), str):
        return Step("run", facts["run"], str(facts.get("stdin") or ""))
    if isinstance(facts.get("wait"), str):
        return Step("wait", seconds=_seconds(facts["wait"]))
    write = facts.get("write")
    if isinstance(write, dict) and isinstance(write.get("path"), str):
        return Step("write", path=write["path"], content=str(write.get("content", "")))
    raise BadLineError(
        "this line has neither `run`, `write` nor `wait` with a text; see manage.py help simulate"
    )


def _seconds(text: str) -> int:
    match = _WAIT.fullmatch(text)
    if not match:
        raise BadLineError(f"`{text}` is no time to wait; write a number and s, m, h or d, such as 61m")
    return int(match[1]) * _SECONDS[match[2]]


def _start(path: Path) -> World:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}") from None
    except ValueError as error:
        raise CommandError(f"{path} is no JSON: {error}") from None
    if not isinstance(facts, dict):
        raise CommandError(
            f"{path} holds no object; a setup has the keys home, user, epoch, env, files, state"
        )
    try:
        return world_from(facts)
    except (SetupError, SimError) as error:
        raise CommandError(f"{path}: {error}") from None


def _guardrails(slugs: list[str]) -> list[str]:
    known = set(get_library().guardrails) if slugs else set()
    for slug in slugs:
        if slug not in known:
            raise CommandError(f"there is no guardrail `{slug}`; there are {', '.join(sorted(known))}")
    return slugs
