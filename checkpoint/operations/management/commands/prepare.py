"""manage.py prepare: bring the database, shared cache and static files up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from checkpoint.operations.prepare import prepare


class Command(BaseCommand):
    help = "Migrates, makes the shared cache, validates the content and collects static files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.stdout.write)
