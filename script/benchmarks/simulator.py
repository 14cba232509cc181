"""The simulator: time a step beside the real tools, memory that a run adds, opening and going on."""

import json
import shutil
import statistics
import subprocess
import tempfile
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from checkpoint.core.content.library import load_library
from checkpoint.core.sim.codec import shared_with, snapshot, world_of
from checkpoint.core.sim.commands import TOOLS
from checkpoint.core.sim.run import Step
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.scenario.opening import opened
from checkpoint.core.sim.scenario.own_words import typed
from checkpoint.core.sim.scenario.script import steps_of
from checkpoint.core.sim.scenario.session import Session as Play
from checkpoint.core.sim.scenario.session import begun
from checkpoint.core.sim.scenario.variants import filled_in
from tests.fidelity.adapter import Session

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "tests" / "fidelity" / "recordings"
RUNS = 20
"""Runs held at once to weigh one of them."""

REAL = {
    "git": ("git status", ["git", "status"]),
    "bash": ("echo $((6 * 7)) | wc -c", ["bash", "-c", "echo $((6 * 7)) | wc -c"]),
    "grep": ("grep -c x a.txt", ["grep", "-c", "x", "a.txt"]),
    "jq": ("jq .a a.json", ["jq", ".a", "a.json"]),
    "make": ("make -n all", ["make", "-n", "all"]),
    "terraform": ("terraform version", ["terraform", "version"]),
    "kubectl": ("kubectl config view", ["kubectl", "config", "view"]),
}
"""A small line of each tool: as typed in the simulator, and as words for the real one."""

FILES = {"a.txt": "x\ny\n", "a.json": '{"a": 1}\n', "Makefile": "all:\n\techo all\n"}


def main(rounds: int) -> None:
    """Print every table of the simulator."""
    _steps(rounds)
    _beside(max(rounds, 5))
    for material in _scenarios():
        _runs(material, rounds)


# --- steps -------------------------------------------------------------------


def _steps(rounds: int) -> None:
    timed = [one for _ in range(rounds) for one in _replayed()]
    print(f"\nSimulator: {len(TOOLS.rows)} tools, {len(timed)} recorded steps, milliseconds of CPU a step")
    print(f"  {'tool':<16}{'steps':>7}{'median':>9}{'p95':>9}{'p99':>9}{'slowest':>9}")
    by_tool: dict[str, list[float]] = defaultdict(list)
    for tool, milliseconds in timed:
        by_tool[tool].append(milliseconds)
    for tool in sorted(by_tool, key=lambda name: -len(by_tool[name])):
        if len(by_tool[tool]) >= 5 * rounds:
            _row(tool, by_tool[tool])
    _row("all", [milliseconds for _, milliseconds in timed])


def _row(name: str, times: list[float]) -> None:
    times.sort()
    figures = (statistics.median(times), _share(times, 0.95), _share(times, 0.99), times[-1])
    print(f"  {name:<16}{len(times):>7}" + "".join(f"{one:>9.2f}" for one in figures))


def _share(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


def _replayed() -> Iterator[tuple[str, float]]:
    rows = [json.loads(line) for line in (RECORDINGS / "open.jsonl").read_text().splitlines()]
    for suite in dict.fromkeys(row["suite"] for row in rows):
        session = Session(json.loads((RECORDINGS / "setups" / f"{suite}.json").read_text()))
        for row in (row for row in rows if row["suite"] == suite):
            if row["kind"] == "setup":
                session.setup(row)
                continue
            yield _tool(row["command"]), _cpu(partial(_typed, session, row))


def _typed(session: Session, row: dict[str, Any]) -> None:
    session.run(row["command"], row.get("stdin"), row.get("clock", 0))


def _tool(line: str) -> str:
    words = [word for word in line.split() if "=" not in word]
    name = words[0].rpartition("/")[2] if words else "bash"
    return name if name in TOOLS.rows or name.endswith(".sh") else "bash"


def _cpu(work: Callable[[], object]) -> float:
    """Milliseconds of this process's own time: what else the machine does is no part of it."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


# --- beside the real tools ---------------------------------------------------


def _beside(rounds: int) -> None:
    print("\n  beside the real tools on this machine, milliseconds (a process has to start there)")
    for tool, (line, words) in REAL.items():
        here = statistics.median(_simulated(line) for _ in range(rounds))
        there = _real(words, rounds) if shutil.which(tool) else None
        print(f"  {tool:<16}{here:>9.2f}   {'not installed' if there is None else f'{there:.2f}'}")


def _simulated(line: str) -> float:
    session = Session({"suite": "bench", "files": FILES})
    session.run("git init -q", None, 0)
    return _cpu(lambda: session.run(line, None, 0))


def _real(words: list[str], rounds: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            (Path(folder) / name).write_text(text)
        git = shutil.which("git")
        if git:
            subprocess.run([git, "init", "-q"], cwd=folder, check=True, capture_output=True)
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            subprocess.run(words, cwd=folder, capture_output=True, check=False)
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


# --- runs --------------------------------------------------------------------


def _scenarios() -> list[Material]:
    """The largest scenario of the course, else that of the tests' own course."""
    own = load_library(ROOT / "lessons").scenarios or load_library(ROOT / "tests" / "mini_lessons").scenarios
    return sorted(own.values(), key=lambda one: -len(one.layers))[:1]


def _runs(material: Material, rounds: int) -> None:
    steps = [one.step for one in steps_of(filled_in(material, "1").solutions["solution"])]
    opening = opened(material, "1")
    play = _played(begun(opening), steps)
    shared = shared_with(opening.world)
    text = snapshot(play.now.world, shared)
    print(f"\n  a run of `{material.scenario.slug}`, {len(steps)} lines, milliseconds of CPU")
    for name, work in {
        "opening, the first time": lambda: opened(material, "1"),
        "its lines again": lambda: _played(begun(opening), steps),
        "a snapshot written": lambda: snapshot(play.now.world, shared),
        "a snapshot read": lambda: world_of(text, shared),
    }.items():
        print(f"  {name:<28}{statistics.median(_cpu(work) for _ in range(max(rounds, 3))):>9.2f}")
    print(f"  {'a snapshot beside its start':<28}{len(text) / 1024:>9.1f} KiB")
    print(f"  {'memory that a run adds':<28}{_weight(begun(opening), steps):>9.1f} KiB")


def _played(play: Play, steps: Sequence[Step]) -> Play:
    for step in steps:
        play, _ = typed(play, step)
    return play


def _weight(start: Play, steps: Sequence[Step]) -> float:
    """KiB of one run, of many that are held at once on the same start."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    held = [_played(replace(start, hints=(str(number),)), steps) for number in range(RUNS)]
    weighed = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return weighed / len(held) / 1024
