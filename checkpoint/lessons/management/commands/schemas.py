"""Writes the JSON Schemas of content files, or checks that they are up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkpoint.core.content.schemas import schema_files


class Command(BaseCommand):
    help = "Write lessons/schemas/*.schema.json from the content types."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only fail if a schema is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LESSONS_DIR) / "schemas"
        stale = [name for name, text in schema_files().items() if _text(folder / name) != text]
        if options["check"] and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run manage.py schemas and commit them.")
        folder.mkdir(exist_ok=True)
        for name in stale:
            (folder / name).write_text(schema_files()[name], encoding="utf-8")
            self.stdout.write(f"Wrote {folder / name}")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
