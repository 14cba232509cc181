"""What a cohort's files cost by its size: processor time, queries, bytes, memory; see desk.py."""

import os
import time
from pathlib import Path
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
django.setup()

from django.test import Client  # noqa: E402

from checkpoint.accounts.models import User  # noqa: E402
from checkpoint.exports.tables import TABLES  # noqa: E402
from script.benchmarks.desk import SIZES, queries_counted  # noqa: E402

FILES = (*(f"{name}.{kind}" for name in TABLES for kind in ("csv", "xlsx")), "record.xlsx", "record.zip")

MIB = 1 << 20
TOO_LONG = 422
"""The page's answer instead of a workbook of too many rows."""


class Cost(NamedTuple):
    seconds: float
    queries: int
    size: int | None
    """Bytes; None where a workbook would have too many rows and CSV is offered."""
    memory: float
    """MiB that the process held more at most, beside what it held before."""


def main() -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email="instructor@example.org"))
    for file in FILES:  # what a first file makes ready is not measured
        _taken(client, SIZES[0], file)
    print(f"\n| {'file':14} | learners | CPU s | queries | MiB sent | MiB held |\n|---|--:|--:|--:|--:|--:|")
    for file in FILES:
        for size in SIZES:
            cost = _taken(client, size, file)
            sent = "too long" if cost.size is None else f"{cost.size / MIB:8.2f}"
            figures = f"{cost.seconds:6.2f} | {cost.queries:7} | {sent} | {cost.memory:8.1f}"
            print(f"| {file:14} | {size:8} | {figures} |", flush=True)


def _taken(client: Client, size: int, file: str) -> Cost:
    """One file, read to its end a piece at a time as a browser takes it."""
    before = _forget_peak()
    began = time.process_time()
    with queries_counted() as queries:
        answer = client.get(f"/cohorts/bench-{size}/{file}")
        if answer.status_code not in (200, TOO_LONG):
            raise SystemExit(f"{file} of {size} answered {answer.status_code}.")
        sent = sum(len(piece) for piece in answer) if answer.status_code == 200 else None
        answer.close()
    return Cost(time.process_time() - began, len(queries), sent, max(0, _peak() - before) / MIB)


# Linux's own accounting; elsewhere memory is left out.

_STATUS, _REFERENCES = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def _forget_peak() -> int:
    """What is held now, which is the most from here on."""
    if _REFERENCES.exists():
        _REFERENCES.write_text("5")
    return _peak()


def _peak() -> int:
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else ()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
