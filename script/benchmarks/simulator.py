"""Time for each recorded step of the tools that are simulated."""

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from checkpoint.core.sim.commands import TOOLS
from tests.fidelity.adapter import Session

RECORDINGS = Path(__file__).parents[2] / "tests" / "fidelity" / "recordings"


def main(rounds: int) -> None:
    """Print the median, the 95th and the 99th percentile over all recorded steps of `rounds` replays."""
    times = [one for _ in range(rounds) for one in _replayed()]
    times.sort()
    print(f"\nSimulator: {len(TOOLS.rows)} tools, {len(times)} recorded steps, milliseconds a step")
    print(f"  median {statistics.median(times):.2f}   p95 {times[int(len(times) * 0.95)]:.2f}", end="")
    print(f"   p99 {times[int(len(times) * 0.99)]:.2f}   slowest {times[-1]:.2f}")


def _replayed() -> Iterator[float]:
    rows = [json.loads(line) for line in (RECORDINGS / "open.jsonl").read_text().splitlines()]
    for suite in dict.fromkeys(row["suite"] for row in rows):
        session = Session(json.loads((RECORDINGS / "setups" / f"{suite}.json").read_text()))
        for row in (row for row in rows if row["suite"] == suite):
            if row["kind"] == "setup":
                session.setup(row)
                continue
            start = time.perf_counter()
            session.run(row["command"], row.get("stdin"), row.get("clock", 0))
            yield (time.perf_counter() - start) * 1000
