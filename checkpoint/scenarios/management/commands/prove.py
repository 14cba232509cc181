"""manage.py prove [SLUG ...]: holds scenarios to their word, as the course's tests do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from checkpoint.core.sim.scenario.proving import faults
from checkpoint.library import get_library

SEEDS = ("1", "2", "3")


class Command(BaseCommand):
    help = "Play every solution and trap of scenarios, for several variants, and say what doesn't hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scenarios", nargs="*", metavar="SLUG", help="all, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        known = get_library().scenarios
        wanted = options["scenarios"] or list(known)
        if missing := [slug for slug in wanted if slug not in known]:
            raise CommandError(f"no scenario {', '.join(missing)}; there are {', '.join(known)}")
        found = {slug: faults(known[slug], SEEDS) for slug in wanted}
        for slug, told in found.items():
            self.stdout.write(f"{slug}: holds" if not told else "\n".join(f"{slug}: {one}" for one in told))
        if any(found.values()):
            raise CommandError("not every scenario holds what it says")
