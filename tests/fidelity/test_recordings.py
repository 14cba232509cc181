"""Recorded sessions of the real tools, replayed; docs/simulator.md says which tools there are."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WHOLE = {
    "shell-basics": 57,
    "git-basics": 66,
    "git-remote": 45,
    "git-protected": 13,
    "precommit": 31,
    "leak-local": 35,
    "leak-filterbranch": 15,
    "gitleaks": 15,
    "tty-git-push": 6,
    "terraform-basics": 35,
    "terraform-stale": 11,
    "terraform-lock": 14,
}
"""Suite -> the least number of steps that match byte for byte."""


@pytest.mark.parametrize("suite", WHOLE)
def test_a_recorded_session_gives_the_same_bytes(suite):
    least = str(WHOLE[suite])
    words = ["--adapter", "tests.fidelity.adapter:session", "--suite", suite]
    done = subprocess.run(
        [
            sys.executable,
            HERE / "recordings/scripts/check.py",
            *words,
            "--min-rc",
            least,
            "--min-streams",
            least,
        ],
        cwd=HERE.parent.parent,
        env={"PYTHONPATH": "."},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
