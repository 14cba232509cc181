"""A change written in a few lines: a commit that a hook would refuse, and a push that the server would."""

from collections.abc import Callable
from typing import Any

import pytest

from checkpoint.core.sim.sending.change import Change, Sendable
from checkpoint.core.sim.sending.line import Line
from checkpoint.core.sim.sending.sender import Sender

STAGES = ("workstation", "git", "ci", "review", "flux", "cluster")
LINE = Line(
    STAGES,
    (
        ("one-change-per-pr", "git"),
        ("kube-context", "git"),
        ("pre-commit", "git"),
        ("terraform-plan", "ci"),
        ("plan-approve-apply", "review"),
        ("sops-age", "flux"),
        ("gitops-reconciliation", "cluster"),
    ),
)
URL = "git@example.com:acme/app.git"
BEFORE = f"""
$ git config --global user.name Ana && git config --global user.email ana@example.com
$ git config --global init.defaultBranch main && git init -q app && cd app && git remote add origin {URL}
$ printf '#!/bin/sh\\necho "No work on main....Failed"; exit 1\\n' > .git/hooks/pre-commit
$ chmod +x .git/hooks/pre-commit
"""
FACTS: dict[str, Any] = {
    "slug": "small",
    "title": "Small change",
    "summary": "Straight to main",
    "story": "Ana pushes.",
    "start": {
        "user": "ana",
        "state": {
            "remotes": {URL: {"empty": True, "protected": ["main"], "reason": ["Open a pull request."]}}
        },
    },
    "before": BEFORE,
    "legs": [
        {"at": "workstation", "does": "$ cd ~/app && echo bad > a && git add a && git commit -qm Bad"},
        {"at": "git", "does": "$ git push -q origin main"},
    ],
    "arrived": [{"branch": {"repository": "acme/app", "file": "a", "contains": "bad"}}],
    "harm": "It is there.",
    "left": "Take it back.",
}


def sendable(**facts: Any) -> Sendable:
    return Sendable(Change.model_validate({**FACTS, **facts}))


@pytest.fixture
def sender() -> Callable[..., Sender]:
    def make(**facts: Any) -> Sender:
        return Sender(sendable(**facts), LINE)

    return make
