"""manage.py matrix: what every set of guardrails does to each bad change, where that isn't known yet."""

from typing import Any

from django.core.management.base import BaseCommand

from checkpoint.playground import prepared
from checkpoint.playground.sendings import Sending, sendings


class Command(BaseCommand):
    help = (
        "Works out the playground's matrix and all its other results, and keeps them in the folder "
        "CHECKPOINT_VAR. A second time it only looks. No database is needed."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        known = sendings()
        prepared.forget({one.fingerprint for one in known.values()})
        missing = [one for one in known.values() if not is_whole(one)]
        for one in missing:
            with prepared.alone() as mine:
                if mine:
                    one.work_out(whole=True)
        if verbosity and missing:
            self.stdout.write(f"The playground's matrix is ready: {len(known)} changes.")


def is_whole(sending: Sending) -> bool:
    """Whether nothing about a change is left to find out."""
    found = prepared.read(sending.fingerprint)
    return found is not None and found.whole
