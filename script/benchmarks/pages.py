"""Pages under load, beside a bare Django floor where one is named in CHECKPOINT_BENCH."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from script.benchmarks.servers import (
    PORT,
    WORDS_PORT,
    Server,
    bare_floor,
    checkpoint,
    prepared,
    words_alone,
    worker_memory,
)

SAID = (
    "The stale plan of run {n} was computed before the state changed, because another pipeline applied in "
    "the meantime. The fresh plan of run {n} comes from the current code and the current state and is the "
    "one we reviewed. Applying the stale one of run {n} can replace or destroy things nobody agreed to, "
    "even with locking, so we refuse it, plan again and review again."
)
"""60 words that say all. The number makes each sentence new to the sentence model."""
OPEN = (
    "In run {n} the colleagues had looked at another list of changes, so nobody can tell any more what is "
    "going to happen there. What counts in run {n} is the picture of today, made anew. It would be a pity "
    "if run {n} took something away that people still need. I would talk to everybody about run {n} and "
    "then start over."
)
"""60 words that leave nearly all open: each of their sentences is held against the rubric's."""


def main(*, rounds: int) -> None:
    """Serve a cohort of 500 (and one of 50), load it, print the tables."""
    bench = os.environ.get("CHECKPOINT_BENCH")
    if not bench:
        print("\nPages: CHECKPOINT_BENCH is not set; without load tool and floor, timing one client.\n")
    with tempfile.TemporaryDirectory(prefix="checkpoint-bench-") as folder, ExitStack() as stack:
        var = Path(folder)
        data = prepared(var)
        server = stack.enter_context(checkpoint(data))
        if not bench:
            _alone()
            return
        words = stack.enter_context(words_alone(data))
        floor = stack.enter_context(bare_floor(Path(bench), var))
        _load(Path(bench), var, {"checkpoint": server, "words": words, "floor": floor}, rounds)
        print("\nMemory per worker (PSS, MiB), the load behind them")
        print(f"  with the sentence model   {worker_memory(server)}")
        print(f"  by words alone            {worker_memory(words)}")


def _load(bench: Path, var: Path, servers: Mapping[str, Server], rounds: int) -> None:
    """Every step on all servers in turn, so that whatever else the machine does hits them alike."""
    floor = json.loads((bench / "floor" / "floor.json").read_text())
    targets = [_written(var, one) for one in (LEARNER, WORDS, INSTRUCTOR, _with_open(floor))]
    pids = {**servers, "instructor": servers["checkpoint"]}
    for connections, count in (("1,8", "200"), ("32", "400")):
        command = [sys.executable, str(bench / "load.py"), *targets, "-c", connections, "-n", count]
        command += ["-t", "12", "--rounds", str(rounds), "--floor", "floor"]
        command += [word for name, one in pids.items() for word in ("--pid", f"{name}={one.pid}")]
        print(f"\n{connections} connections\n", flush=True)
        subprocess.run(command, check=True)


def _written(var: Path, target: Mapping[str, Any]) -> str:
    file = var / f"{target['name']}.json"
    file.write_text(json.dumps(target))
    return str(file)


def _with_open(floor: Mapping[str, Any]) -> dict[str, Any]:
    """The floor's answer stands beside both of ours."""
    answer = next(step for step in floor["steps"] if step["name"] == "answer")
    return {**floor, "steps": [*floor["steps"], {**answer, "name": "open"}]}


def _sign_in(login: str) -> dict[str, object]:
    return {
        "path": "/accounts/login/",
        "fields": {"login": login, "password": "checkpoint-demo"},
        "ok": [302],
    }


def _answered(name: str, answer: str) -> dict[str, object]:
    return {
        "name": name,
        "path": "/selfcheck/stale-plan/",
        "method": "POST",
        "csrf": "/selfcheck/stale-plan/",
        "fields": {"answer": answer, "confidence": "2"},
        "headers": {"HX-Request": "true"},
        "expect": "criterion",
    }


BASE = f"http://127.0.0.1:{PORT}"
ANSWERS = [_answered("answer", SAID), _answered("open", OPEN)]
LEARNER = {
    "name": "checkpoint",
    "base": BASE,
    "login": _sign_in("learner-{w+1:03d}@example.org"),
    "steps": [{"name": "page", "path": "/lessons/chapter-02/", "expect": "stale"}, *ANSWERS],
}
WORDS = {**LEARNER, "name": "words", "base": f"http://127.0.0.1:{WORDS_PORT}", "steps": ANSWERS}
INSTRUCTOR = {
    "name": "instructor",
    "base": BASE,
    "login": _sign_in("instructor@example.org"),
    "steps": [
        {"name": "grid50", "path": "/cohorts/fifty/", "expect": "heat"},
        {"name": "grid500", "path": "/cohorts/demo/", "expect": "heat"},
    ],
}


def _alone() -> None:
    for path in ("/", "/lessons/chapter-02/", "/pipeline/", "/guardrails/", "/selfcheck/stale-plan/"):
        times = []
        for _ in range(30):
            started = time.perf_counter()
            urllib.request.urlopen(BASE + path, timeout=10).read()  # noqa: S310 (our own loopback address)
            times.append(time.perf_counter() - started)
        times.sort()
        print(f"  {path:32} median {1000 * times[15]:6.1f} ms   p95 {1000 * times[28]:6.1f} ms")
