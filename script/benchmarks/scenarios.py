"""Scenarios under load: a run is opened, lines are typed, beside the floor where one is named."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from script.benchmarks.servers import PORT, asked, bare_floor, checkpoint, prepared, worker_memory

SCENARIO = "stale-plan"
TYPED = "git status"

RUN = {"path": f"/scenarios/{SCENARIO}/start/", "method": "POST", "csrf": f"/scenarios/{SCENARIO}/"}
KEPT = "runs/([0-9a-f-]{36})/"
STEPS = [
    {**RUN, "name": "page", "chain": True, "follow": True, "expect": "terminal"},
    {**RUN, "name": "begin", "setup": True, "follow": True, "keep": KEPT},
    {
        "name": "answer",
        "path": "/scenarios/runs/{k}/line/",
        "method": "POST",
        "csrf": f"/scenarios/{SCENARIO}/",
        "fields": {"line": TYPED},
        "headers": {"HX-Request": "true"},
        "expect": "On branch",
    },
]
"""Named as the floor's: a page is a run that is opened and seen, an answer is a line that is typed.

A page that doesn't say which lines it shows is sent what the last one changed, as one that shows all is."""

TOGETHER, LINES = 200, 2_000
"""People who type at once, and how many lines they type in all."""
KEPT_LINES = """
from django.db.models import Count, Max
from checkpoint.scenarios.models import Run, TypedLine
runs = Run.objects.filter(finished_at=None).annotate(kept=Count("lines"), last=Max("lines__number"))
gaps = sum(run.kept != (run.last or 0) for run in runs)
open_lines = TypedLine.objects.filter(answer=None).count()
print(f"{TypedLine.objects.count()} {gaps} {open_lines}")
"""


def main(*, rounds: int) -> None:
    """Serve a cohort, open runs and type into them, print the table and what a worker holds."""
    bench = os.environ.get("CHECKPOINT_BENCH")
    if not bench:
        print("\nScenarios: CHECKPOINT_BENCH is not set; there is no load tool to type with.\n")
        return
    with tempfile.TemporaryDirectory(prefix="checkpoint-bench-") as folder, ExitStack() as stack:
        var = Path(folder)
        server = stack.enter_context(checkpoint(prepared(var)))
        floor = stack.enter_context(bare_floor(Path(bench), var))
        print(f"Memory per worker before (PSS, MiB)  {worker_memory(server)}")
        ours, bare = _written(var, _learner()), str(Path(bench) / "floor" / "floor.json")
        for connections, count in (("1,8", "50"), ("32", "400")):
            print(f"\n{connections} connections; page: a run opened, answer: a line typed\n", flush=True)
            command = [sys.executable, str(Path(bench) / "load.py"), ours, bare, "-c", connections]
            command += ["-n", count, "-t", "12", "--rounds", str(rounds), "--floor", "floor"]
            command += ["--pid", f"checkpoint={server.pid}", "--pid", f"floor={floor.pid}"]
            subprocess.run(command, check=True)
        _together(Path(bench), var, ours)
        print(f"\nMemory per worker after (PSS, MiB)   {worker_memory(server)}")


def _together(bench: Path, var: Path, ours: str) -> None:
    """So many people at once: every line that was answered is kept, in its place and with its answer."""
    before = int(asked(var / "checkpoint", KEPT_LINES).split()[0])
    print(f"\n{TOGETHER} people typing at once\n", flush=True)
    command = [sys.executable, str(bench / "load.py"), ours, "-c", str(TOGETHER), "-n", str(LINES)]
    report = var / "together.json"
    command += ["-t", "120", "--only", "answer", "--json", str(report)]
    subprocess.run(command, check=False)
    answered = sum(row["ok"] for row in json.loads(report.read_text())["rows"])
    kept, gaps, unanswered = map(int, asked(var / "checkpoint", KEPT_LINES).split())
    print(f"\n{answered} lines answered; {kept - before} kept, those to warm up among them")
    print(f"{gaps} runs with a gap, {unanswered} lines without an answer")


def _learner() -> dict[str, Any]:
    login = {
        "path": "/accounts/login/",
        "fields": {"login": "learner-{w+1:03d}@example.org", "password": "checkpoint-demo"},
        "ok": [302],
    }
    return {"name": "checkpoint", "base": f"http://127.0.0.1:{PORT}", "login": login, "steps": STEPS}


def _written(var: Path, target: dict[str, Any]) -> str:
    file = var / "scenarios.json"
    file.write_text(json.dumps(target))
    return str(file)
