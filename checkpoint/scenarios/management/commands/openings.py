"""manage.py openings: the starts of all scenarios and bad changes, made where they aren't there yet."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from checkpoint import openings
from checkpoint.core.sim.scenario.material import Material
from checkpoint.core.sim.sending.change import SEED
from checkpoint.library import get_library
from checkpoint.scenarios.actions import VARIANTS


class Command(BaseCommand):
    help = (
        "Makes the start of every variant of every scenario, and of every bad change, and keeps them in the "
        "folder CHECKPOINT_VAR. A second time it only looks. No database is needed."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        known = {openings.file_of(material, seed): (material, seed) for material, seed in _all()}
        openings.forget(set(known))
        missing = [one for path, one in known.items() if not path.exists()]
        for material, seed in missing:
            openings.opening_of(material, seed)
        if verbosity and missing:
            self.stdout.write(f"{len(known)} starts are ready.")


def _all() -> Iterator[tuple[Material, str]]:
    """First every scenario's first variant, so that each opens at once as soon as can be."""
    library = get_library()
    for number in range(1, VARIANTS + 1):
        yield from ((material, str(number)) for material in library.scenarios.values())
    yield from ((change.material(), SEED) for change in library.changes.values())
