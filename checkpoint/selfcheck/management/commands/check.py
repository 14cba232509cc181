"""manage.py check, which knows the tag `rubrics` and runs that slow check only when it is named."""

from typing import Any

from django.core.checks import registry
from django.core.management.commands.check import Command as DjangoCheck

from checkpoint.selfcheck.checks import check_rubrics

TAG = "rubrics"


class Command(DjangoCheck):
    def handle(self, *app_labels: Any, **options: Any) -> None:
        if TAG not in (options["tags"] or ()) and not options["list_tags"]:
            super().handle(*app_labels, **options)
            return
        known = registry.registry.registered_checks
        registry.register(check_rubrics, TAG)
        try:
            super().handle(*app_labels, **options)
        finally:
            known.discard(check_rubrics)
