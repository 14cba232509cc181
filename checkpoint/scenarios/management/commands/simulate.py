"""manage.py simulate: type lines into a simulated world and read what happens, as JSON lines."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.core.sim.scenario.opening import Opening, OpeningError, opened, without_scenario
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.session import Answer, Session, begun
from checkpoint.core.sim.start import SetupError, world_from
from checkpoint.core.sim.world import World
from checkpoint.library import get_library


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
        start = parser.add_mutually_exclusive_group(required=True)
        start.add_argument("--scenario", metavar="SLUG", help="a scenario of the course, with its goals")
        start.add_argument("--setup", type=Path, metavar="FILE", help="a starting state as JSON; no goals")
        parser.add_argument(
            "--seed", default="1", help="which variant of the scenario: another seed, other names and hashes"
        )
        parser.add_argument(
            "--off",
            action="append",
            default=[],
            metavar="GUARDRAIL",
            help="switch a guardrail off, by its slug; may be given several times",
        )
        parser.add_argument("--tty", action="store_true", help="as on a terminal of 120 columns")

    def handle(
        self,
        *args: Any,
        scenario: str | None,
        setup: Path | None,
        seed: str,
        off: list[str],
        tty: bool,
        **options: Any,
    ) -> None:
        away = frozenset(_guardrails(off))
        session = begun(_opened(scenario, seed, away) if scenario else _bare(setup, away))
        failed = False
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            try:
                session, made = typed(session, read_step(line), tty=tty)
            except BadLineError as error:
                failed = True
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
                continue
            self.stdout.write(json.dumps(told(session, made), ensure_ascii=False))
        self.stdout.flush()
        if failed:
            sys.exit(1)


def told(session: Session, made: Answer) -> dict[str, Any]:
    """An answer as the command writes it."""
    return {
        "stdout": made.text("out"),
        "stderr": made.text("err"),
        "exit_code": made.code,
        "events": [event.told() for event in made.events],
        "goals": session.states(),
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
    try:
        return seconds_in(text)
    except ValueError as error:
        raise BadLineError(str(error)) from None


def _opened(slug: str, seed: str, off: frozenset[str]) -> Opening:
    """A scenario of the course at its start."""
    known = get_library().scenarios
    if slug not in known:
        raise CommandError(f"there is no scenario `{slug}`; there are {', '.join(known) or 'none yet'}")
    try:
        return opened(known[slug], seed, off)
    except OpeningError as error:
        raise CommandError(str(error)) from None


def _bare(path: Path | None, off: frozenset[str]) -> Opening:
    """A setup's world, without goals."""
    if path is None:
        raise CommandError("say --scenario SLUG or --setup FILE")
    return without_scenario(replace(_start(path), off=off))


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
