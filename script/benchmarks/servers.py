"""The servers that a benchmark loads: Checkpoint with and without its sentence model, and a bare floor."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT, WORDS_PORT, FLOOR_PORT = 8191, 8192, 8100
WORKERS = 2

Server = subprocess.Popen[bytes]

COHORT_OF_50 = """
from checkpoint.cohorts.models import Cohort, Membership
whole = Cohort.objects.get(slug="demo")
half = Cohort.objects.create(name="Fifty", slug="fifty", join_code="FIFT-FIFT", created_by=whole.created_by)
people = whole.memberships.filter(role="learner").order_by("id")[:50]
Membership.objects.create(cohort=half, user=whole.created_by, role="instructor")
Membership.objects.bulk_create(Membership(cohort=half, user=each.user, role="learner") for each in people)
"""


def prepared(var: Path) -> Path:
    """A folder with demo cohorts of 500 and 50, and with the sentence model where it can be had."""
    made = var / "checkpoint"
    for command in (["prepare"], ["demo", "--learners", "500"], ["shell", "-v0", "-c", COHORT_OF_50]):
        subprocess.run(_manage(*command), cwd=ROOT, env=_environment(made, "on"), check=True)
    subprocess.run(_manage("sentence_model"), cwd=ROOT, env=_environment(made, "on"), check=False)
    return made


def asked(var: Path, question: str) -> str:
    """What a few lines of Python print, asked of a folder's database."""
    command = _manage("shell", "-v0", "-c", question)
    return subprocess.run(
        command, cwd=ROOT, env=_environment(var, "off"), check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def checkpoint(var: Path) -> Iterator[Server]:
    """The product as script/server runs it."""
    started = time.perf_counter()
    with _running(_serve(PORT), ROOT, _environment(var, "on"), f"http://127.0.0.1:{PORT}/") as server:
        print(f"\nPages. Start to first page: {time.perf_counter() - started:.1f} s; {WORKERS} workers.\n")
        yield server


@contextmanager
def words_alone(var: Path) -> Iterator[Server]:
    """The same with the sentence model switched off, on a copy of the folder."""
    own = var.with_name("words")
    shutil.copytree(var, own)
    address = f"http://127.0.0.1:{WORDS_PORT}/"
    with _running(_serve(WORDS_PORT), ROOT, _environment(own, "off"), address) as server:
        yield server


@contextmanager
def bare_floor(bench: Path, var: Path) -> Iterator[Server]:
    """A bare Django application that does as little as such a site can."""
    environment = {**os.environ, "BENCH_DIR": str(var)}
    code = bench / "floor"
    subprocess.run([sys.executable, "floor.py", "migrate-and-seed"], cwd=code, env=environment, check=True)
    serve = [sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{FLOOR_PORT}"]
    serve += ["--log-level", "warning", "--no-control-socket", "floor:application"]
    with _running(serve, code, environment, f"http://127.0.0.1:{FLOOR_PORT}/login/") as server:
        yield server


def worker_memory(server: Server) -> list[float]:
    """Proportional set size of each worker process in MiB, from Linux's own accounting."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    sizes = []
    for child in children:
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        sizes.append(round(sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024, 1))
    return sizes


def _manage(*command: str) -> list[str]:
    return [sys.executable, "manage.py", *command]


def _serve(port: int) -> list[str]:
    return _manage("serve", "--port", str(port))


def _environment(var: Path, model: str) -> dict[str, str]:
    return {
        **os.environ,
        "CHECKPOINT_VAR": str(var),
        "CHECKPOINT_RATELIMITS": "off",
        "CHECKPOINT_WORKERS": str(WORKERS),
        "CHECKPOINT_SENTENCE_MODEL": model,
    }


@contextmanager
def _running(command: list[str], cwd: Path, environment: dict[str, str], first_page: str) -> Iterator[Server]:
    server = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(first_page, server)
        yield server
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: Server) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own loopback address)
            return
        except OSError:
            if server.poll() is not None:
                raise SystemExit("The server stopped before its first page.") from None
            time.sleep(0.05)
    raise SystemExit("The server gave no page within 30 s.")
