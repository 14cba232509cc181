"""manage.py demo: a cohort of made-up learners; the grader judged their answers, their runs were played."""

import gc
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from checkpoint.demo.actions import CODE, PASSWORD, SLUG, SomebodyElsesError, load_demo


class Command(BaseCommand):
    help = (
        "Loads the demo cohort. The same seed gives the same people, answers and times; times count back "
        "from midnight of the day it runs. Safe to run twice: whoever is there stays as they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", type=int, default=14, help="how many learners (default 14)")
        parser.add_argument("--seed", type=int, default=1, help="which made-up people and days (default 1)")
        parser.add_argument(
            "--force", action="store_true", help="load it although the database holds other people's accounts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["learners"] < 1:
            raise CommandError("A cohort needs a learner: --learners 1 or more.")
        # Worlds are much garbage without cycles: looking for some took a seventh of the time.
        gc.disable()
        try:
            loaded = load_demo(
                learners=options["learners"],
                seed=options["seed"],
                today=timezone.localdate(),
                force=options["force"],
            )
        except SomebodyElsesError as refused:
            raise CommandError(
                f"{refused} The demo makes accounts with a well-known password, so it is not loaded here. "
                "To load it all the same: manage.py demo --force"
            ) from refused
        finally:
            gc.enable()
        if options["verbosity"]:
            counts = f"{loaded.learners} learners, {loaded.answers} answers and {loaded.runs} runs"
            self.stdout.write(f"{counts} added.")
            self.stdout.write(
                f"Sign in as learner@example.org or instructor@example.org with {PASSWORD}; "
                f"the cohort is /cohorts/{SLUG}/, its code {CODE}."
            )
