"""manage.py work: do what requests leave for later, such as mails and regrading."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from checkpoint.operations.working import Working, do_due, do_waiting


class Command(BaseCommand):
    help = "Does what waits and what is due, for as long as it runs; one worker is enough."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits and is due now, then end")
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process has ended")

    def handle(self, *args: Any, once: bool, beside: int | None, **options: Any) -> None:
        if once:
            do_due()
            do_waiting()
            return
        worker = Working(beside)
        worker.listen()
        worker.run()
