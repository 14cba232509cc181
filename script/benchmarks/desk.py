"""The instructor's desk with cohorts of 14, 50, 500 and 5,000 learners, without a server in between.

Each measure is a module run in a process of its own on one folder; it prints CPU, queries, bytes.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZES = (14, 50, 500, 5_000)
MEASURES = (
    "script.benchmarks.desk_pages",
    "script.benchmarks.desk_exports",
    "script.benchmarks.desk_regrades",
)
"""Each takes the rounds as its one argument."""

COHORTS = """
from checkpoint.cohorts.models import Cohort, Membership
whole = Cohort.objects.get(slug="demo")
team = list(whole.memberships.exclude(role="learner"))
people = list(whole.memberships.filter(role="learner").order_by("id"))
for size in {sizes}:
    named = {{"name": f"Bench {{size}}", "slug": f"bench-{{size}}"}}
    cohort = Cohort.objects.create(**named, created_by=whole.created_by)
    seats = [*team, *people[:size]]
    Membership.objects.bulk_create(Membership(cohort=cohort, user_id=s.user_id, role=s.role) for s in seats)
"""


def main(*, rounds: int) -> None:
    """Make the cohorts, once for all measures, and measure."""
    with tempfile.TemporaryDirectory(prefix="checkpoint-desk-") as folder:
        environment = {**os.environ, "CHECKPOINT_VAR": folder, "CHECKPOINT_SENTENCE_MODEL": "off"}
        print(f"\nThe desk. Making {max(SIZES):,} learners takes some minutes.\n", flush=True)
        demo, cohorts = ["demo", "--learners", str(max(SIZES))], COHORTS.format(sizes=SIZES)
        for command in (["prepare"], demo, ["shell", "-v0", "-c", cohorts]):
            _run([sys.executable, "manage.py", *command], environment)
        for module in MEASURES:
            _run([sys.executable, "-m", module, str(rounds)], environment)


@contextmanager
def queries_counted() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    from django.db import connection

    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield asked


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=dict(environment), check=True)
