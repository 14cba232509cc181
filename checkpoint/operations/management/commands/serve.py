"""manage.py serve: prepare what is missing, then serve with several workers."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkpoint.core.content.library import ContentError
from checkpoint.environment import env
from checkpoint.operations.prepare import is_loopback, is_private, load_demo_once, prepare
from checkpoint.operations.server import Server


class Command(BaseCommand):
    help = "Prepares this installation and serves it (production settings unless CHECKPOINT_DEBUG=1)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(env("PORT", "8000")))
        parser.add_argument("--host", default=env("CHECKPOINT_BIND", "127.0.0.1"))
        parser.add_argument("--workers", type=int, default=int(env("CHECKPOINT_WORKERS", "0")))
        parser.add_argument("--no-demo", action="store_true", help="never load the demo cohort")

    def handle(self, *args: Any, **options: Any) -> None:
        bind = f"{options['host']}:{options['port']}"
        try:
            prepare(self.say)
        except ContentError as error:
            raise CommandError(f"The content has mistakes, so nothing is served.\n{error}") from error
        demo = not options["no_demo"] and load_demo_once(self.say, bind=bind)
        workers = options["workers"] or max(2, min(os.cpu_count() or 2, 8))
        Server(bind=bind, workers=workers, ready=lambda: self.announce(options, demo)).run()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def announce(self, options: dict[str, Any], demo: bool) -> None:
        bind = f"{options['host']}:{options['port']}"
        (settings.VAR_DIR / "serving").write_text(str(os.getpid()))  # script/server waits for it
        self.say(f"\nCheckpoint is ready at http://{bind}/")
        if is_loopback(bind):
            self.say(f"  also http://localhost:{options['port']}/ (use this name for passkeys)")
        if demo and not is_private(bind):
            self.say("\n  !! THE DEMO ACCOUNTS ARE IN THIS DATABASE, and everybody knows their password:")
            self.say("     never where others can reach it. Delete them in the admin, or start afresh.\n")
        elif demo:
            self.say("  learner     learner@example.org     checkpoint-demo")
            self.say("  instructor  instructor@example.org  checkpoint-demo")
        if not settings.RATE_LIMITS_ON:
            self.say("\n  !! RATE LIMITS ARE OFF (CHECKPOINT_RATELIMITS=off): for load tests only.\n")
        if settings.DEBUG:
            self.say("\n  !! DEBUG IS ON (CHECKPOINT_DEBUG=1): never where others can reach it.\n")
        self.say("Stop with Ctrl+C.")
