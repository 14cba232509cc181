"""Recorded sessions of the real tools, replayed and compared by the recordings' own checker."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
STEPS = 539
SAME = 537
"""Steps whose output is the same too; docs/simulator.md names the others with their reasons."""


def test_recorded_sessions_give_the_same_exit_codes_and_output():
    words = ["--adapter", "tests.fidelity.adapter:session", "--only", "open", "-v"]
    least = ["--min-rc", str(STEPS), "--min-streams", str(SAME)]
    done = subprocess.run(
        [sys.executable, HERE / "recordings/scripts/check.py", *words, *least],
        cwd=HERE.parent.parent,
        env={"PYTHONPATH": "."},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
