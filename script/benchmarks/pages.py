"""Pages under load, beside a bare Django floor where one is named in CHECKPOINT_BENCH."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT, FLOOR_PORT = 8191, 8100
WORKERS = 2
ANSWER = (
    "A stale plan was computed before the state changed, for example because another pipeline applied "
    "in the meantime. A fresh plan comes from the current code and the current state and is the one we "
    "reviewed. Applying the stale one can replace or destroy things nobody agreed to, even with locking, "
    "so we refuse it, plan again and review again. Attempt {n}."
)


def main(*, rounds: int) -> None:
    """Serve a cohort of 500 (and one of 50), load it, print the tables."""
    bench = os.environ.get("CHECKPOINT_BENCH")
    if not bench:
        print("\nPages: CHECKPOINT_BENCH is not set; without load tool and floor, timing one client.\n")
    with tempfile.TemporaryDirectory(prefix="checkpoint-bench-") as folder, ExitStack() as stack:
        var = Path(folder)
        server = stack.enter_context(checkpoint(var))
        if bench:
            floor = stack.enter_context(floor_server(Path(bench), var))
            _load(Path(bench), var, server, floor, rounds)
            print(f"\nMemory per worker (PSS, MiB): {_worker_memory(server)}")
        else:
            _alone()


def _environment(var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CHECKPOINT_VAR": str(var / "checkpoint"),
        "CHECKPOINT_RATELIMITS": "off",
        "CHECKPOINT_WORKERS": str(WORKERS),
    }


@contextmanager
def checkpoint(var: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The product as script/server runs it, with demo cohorts of 500 and 50."""
    environment = _environment(var)
    for command in (["prepare"], ["demo", "--learners", "500"], ["shell", "-v0", "-c", COHORT_OF_50]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    started = time.perf_counter()
    serve = [sys.executable, "manage.py", "serve", "--port", str(PORT)]
    with _running(serve, ROOT, environment, f"http://127.0.0.1:{PORT}/") as server:
        print(f"\nPages. Start to first page: {time.perf_counter() - started:.1f} s; {WORKERS} workers.\n")
        yield server


COHORT_OF_50 = """
from checkpoint.cohorts.models import Cohort, Membership
whole = Cohort.objects.get(slug="demo")
half = Cohort.objects.create(name="Fifty", slug="fifty", join_code="FIFT-FIFT", created_by=whole.created_by)
people = whole.memberships.filter(role="learner").order_by("id")[:50]
Membership.objects.create(cohort=half, user=whole.created_by, role="instructor")
Membership.objects.bulk_create(Membership(cohort=half, user=each.user, role="learner") for each in people)
"""


@contextmanager
def floor_server(bench: Path, var: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "BENCH_DIR": str(var)}
    code = bench / "floor"
    subprocess.run([sys.executable, "floor.py", "migrate-and-seed"], cwd=code, env=environment, check=True)
    serve = [sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{FLOOR_PORT}"]
    serve += ["--log-level", "warning", "--no-control-socket", "floor:application"]
    with _running(serve, code, environment, f"http://127.0.0.1:{FLOOR_PORT}/login/") as server:
        yield server


@contextmanager
def _running(
    command: list[str], cwd: Path, environment: dict[str, str], first_page: str
) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(first_page, server)
        yield server
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own loopback address)
            return
        except OSError:
            if server.poll() is not None:
                raise SystemExit("The server stopped before its first page.") from None
            time.sleep(0.05)
    raise SystemExit("The server gave no page within 30 s.")


def _load(
    bench: Path, var: Path, server: subprocess.Popen[bytes], floor: subprocess.Popen[bytes], rounds: int
) -> None:
    learner, instructor = var / "learner.json", var / "instructor.json"
    learner.write_text(json.dumps(LEARNER))
    instructor.write_text(json.dumps(INSTRUCTOR))
    targets = [str(learner), str(instructor), str(bench / "floor" / "floor.json")]
    pids = [f"checkpoint={server.pid}", f"instructor={server.pid}", f"floor={floor.pid}"]
    for connections, count in (("1,8", "200"), ("32", "400")):
        command = [
            sys.executable,
            str(bench / "load.py"),
            *targets,
            "-c",
            connections,
            "-n",
            count,
            "-t",
            "12",
        ]
        command += ["--rounds", str(rounds), "--floor", "floor"]
        command += [word for pid in pids for word in ("--pid", pid)]
        print(f"\n{connections} connections\n", flush=True)
        subprocess.run(command, check=True)


def _sign_in(login: str) -> dict[str, object]:
    return {
        "path": "/accounts/login/",
        "fields": {"login": login, "password": "checkpoint-demo"},
        "ok": [302],
    }


BASE = f"http://127.0.0.1:{PORT}"
LEARNER = {
    "name": "checkpoint",
    "base": BASE,
    "login": _sign_in("learner-{w+1:03d}@example.org"),
    "steps": [
        {"name": "page", "path": "/lessons/chapter-02/", "expect": "stale"},
        {
            "name": "answer",
            "path": "/selfcheck/stale-plan/",
            "method": "POST",
            "csrf": "/selfcheck/stale-plan/",
            "fields": {"answer": ANSWER, "confidence": "2"},
            "headers": {"HX-Request": "true"},
            "expect": "criterion",
        },
    ],
}
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


def _worker_memory(server: subprocess.Popen[bytes]) -> list[float]:
    """Proportional set size of each worker process, from Linux's own accounting."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    sizes = []
    for child in children:
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        sizes.append(round(sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024, 1))
    return sizes
