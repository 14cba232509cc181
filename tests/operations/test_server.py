"""What the server does before it forks its workers, so that these share it."""

import json
import os
import subprocess
import sys

from tests.conftest import MINI_LESSONS

LOADED = """
import json, sys
import django
django.setup()
from checkpoint.library import get_grader, get_library
from checkpoint.operations.server import Server
Server(bind="127.0.0.1:0", workers=1, ready=print).load()
views = [name for name in sys.modules if name.startswith("checkpoint.") and name.endswith(".views")]
from django.urls import get_resolver
get_resolver().url_patterns
later = [name for name in sys.modules if name.startswith("checkpoint.") and name.endswith(".views")]
print(json.dumps([views, later, len(get_grader()._compiled), len(get_library().questions)]))
"""


def test_workers_are_forked_with_all_views_imported_and_all_rubrics_compiled() -> None:
    environment = {
        **os.environ,
        "CHECKPOINT_LESSONS": str(MINI_LESSONS),
        "CHECKPOINT_SENTENCE_MODEL": "off",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    views, later, compiled, questions = json.loads(done.stdout)
    assert views == later
    assert "checkpoint.selfcheck.views" in views
    assert compiled == questions > 0
