"""What the cohort page and the class brief cost, by the size of the cohort; see desk.py."""

import os
import sys
import time
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
django.setup()

from django.test import Client  # noqa: E402

from checkpoint.accounts.models import User  # noqa: E402
from script.benchmarks.desk import SIZES, queries_counted  # noqa: E402

PAGES = {
    "cohort page": "",
    "its table by who needs help": "?sort=help",
    "narrowed by a skill": "?skill=revoke-first",
    "without names": "?names=hidden",
    "class brief": "brief/",
}
WARM, TIMES = 3, 20


def main(rounds: int) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email="instructor@example.org"))
    print(f"| {'page':28} | learners | CPU ms | queries | bytes |\n|---|--:|--:|--:|--:|")
    for name, query in PAGES.items():
        for size in SIZES:
            address = f"/cohorts/bench-{size}/{query}"
            print(f"| {name:28} | {size:8} | {_row(client, address, rounds * TIMES)} |", flush=True)


def _row(client: Client, address: str, times: int) -> str:
    for _ in range(WARM):
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    with queries_counted() as queries:
        client.get(address)
    spent = median(_spent(client, address) for _ in range(times))
    return f"{1000 * spent:6.1f} | {len(queries):7} | {len(answer.content):7}"


def _spent(client: Client, address: str) -> float:
    """CPU seconds of one request, of this process: it hardly moves when the machine is shared."""
    before = time.process_time()
    client.get(address)
    return time.process_time() - before


if __name__ == "__main__":
    main(int(sys.argv[1]))
