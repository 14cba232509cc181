"""Grading computes in the thread that asks, whatever the machine has."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOLVED = """
import os
import checkpoint
import numpy
numpy.linalg.solve(numpy.eye(300) + 1, numpy.ones(300))
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="Linux alone lists a process's threads there"
)
def test_linear_algebra_starts_no_threads_of_its_own() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", SOLVED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
