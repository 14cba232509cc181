"""manage.py rebuild_standings: make the projection of where learners stand again from their verdicts."""

from typing import Any

from django.core.management.base import BaseCommand

from checkpoint.selfcheck.actions import rebuild_standings


class Command(BaseCommand):
    help = "Make every learner's standing again from the recorded verdicts. Safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_standings()
        self.stdout.write(f"{count} standing{'' if count == 1 else 's'} rebuilt.")
