"""Writes docs/permissions.md: every address by every kind of person, or checks that it is up to date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkpoint.operations.addresses import Address, addresses
from checkpoint.operations.permissions import NOBODY, Audience, Kind, rule_of

HEAD = """\
# Who may open what

Written by `manage.py permissions` from the rules in `checkpoint/operations/permissions.py`: do not edit it.
A test opens every address as every kind of person and compares.

- “Its learner” is the one whose answer or run the address is about; roles are those in that learner's cohort.
- “sign in” leads to the sign-in page (under htmx 401 with `HX-Redirect`), 403 says for whom the page
  is, 404 is what strangers find.
- “yes” may lead straight on, as signing in does for somebody who is signed in.
- The operators' pages under `/admin/` are for operators alone.
"""


class Command(BaseCommand):
    help = "Write docs/permissions.md from the rules on who may open which address."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only fail if it is out of date")
        parser.add_argument("--folder", default=settings.BASE_DIR / "docs", help="where it is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        file, text = Path(options["folder"]) / "permissions.md", "".join(_lines())
        if file.exists() and file.read_text(encoding="utf-8") == text:
            return
        if options["check"]:
            raise CommandError(f"{file.name} is out of date. Run manage.py permissions and commit it.")
        file.write_text(text, encoding="utf-8")
        self.stdout.write(f"Wrote {file}")


def _lines() -> Iterator[str]:
    yield HEAD
    yield f"\n| address | to | {' | '.join(Kind)} |\n|{' --- |' * (len(Kind) + 2)}\n"
    seen = set()
    for address in addresses():
        if not address.pattern.startswith("admin/") and address.shown not in seen:
            seen.add(address.shown)
            yield from _rows(address)


def _rows(address: Address) -> Iterator[str]:
    rule = rule_of(address)
    if rule.read == rule.send:
        yield _row(address, "read, send", rule.read)
        return
    if rule.read is not NOBODY:
        yield _row(address, "read", rule.read)
    if rule.send is not NOBODY:
        yield _row(address, "send", rule.send)


def _row(address: Address, to: str, audience: Audience) -> str:
    return f"| `{address.shown}` | {to} | {' | '.join(audience[kind] for kind in Kind)} |\n"
