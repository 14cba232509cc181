"""Faults of the simulator, written down for the operator: where in the code, in which run, at which line.

What was typed is left out, for it may hold a secret; whoever may read the run finds it there.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from checkpoint.core.sim.faults import Fault, fault_of, gathered
from checkpoint.scenarios.models import Run

_logger = logging.getLogger("checkpoint.simulator")

Seen = TypeVar("Seen")


@contextmanager
def written_down(run: Run, number: int) -> Iterator[None]:
    """For a line's first play: what is played again has the same faults, and they are known."""
    with gathered() as found:
        yield
    for fault in found:
        _write(fault, run, f"line {number}")


def looked(run: Run, look: Callable[[], Seen], otherwise: Seen) -> Seen:
    """What a page reads of a run's world; where the simulator can't tell, the page goes on without."""
    try:
        return look()
    except Exception as error:
        _write(fault_of(error), run, "a page")
        return otherwise


def _write(fault: Fault, run: Run, where: str) -> None:
    _logger.error("The simulator failed in run %s of %s, at %s:\n%s", run.pk, run.scenario, where, fault)
