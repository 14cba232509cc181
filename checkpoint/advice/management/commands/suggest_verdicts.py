"""manage.py suggest_verdicts: ask the configured language model about answers that wait for a person."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from checkpoint.advice.actions import suggest
from checkpoint.advice.endpoint import Endpoint, EndpointError
from checkpoint.advice.queries import waiting_verdicts

GIVE_UP = 3
"""So many answers in a row without a reply: the endpoint is down."""


class Command(BaseCommand):
    help = (
        "Sends answers marked for review, of learners in cohorts, to the endpoint of CHECKPOINT_REVIEWER_URL "
        "and keeps what it suggests for their instructors. It never grades. Off unless configured."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=50, help="how many answers at most (default 50)")

    def handle(self, *args: Any, most: int, **options: Any) -> None:
        endpoint = _endpoint()
        kept = skipped = failed = in_a_row = 0
        for waiting in waiting_verdicts(endpoint.model, max(0, most)):
            try:
                made = suggest(endpoint=endpoint, waiting=waiting)
            except EndpointError as error:
                failed, in_a_row = failed + 1, in_a_row + 1
                self.stderr.write(f"verdict {waiting.verdict_id}: {error}")
                if in_a_row == GIVE_UP:
                    break
                continue
            in_a_row = 0
            kept, skipped = kept + (made is not None), skipped + (made is None)
        self.stdout.write(f"{kept} asked about, {skipped} not askable, {failed} without a reply.")
        if failed:
            raise CommandError("Not every answer got a reply; those are asked about next time.")


def _endpoint() -> Endpoint:
    if not settings.REVIEWER["url"]:
        raise CommandError(
            "No language model is configured, so nothing is sent anywhere. Set CHECKPOINT_REVIEWER_URL and "
            "CHECKPOINT_REVIEWER_MODEL if you want suggestions (docs/operating.md)."
        )
    configured: dict[str, Any] = settings.REVIEWER
    try:
        return Endpoint(**configured)
    except ValueError as error:
        raise CommandError(f"The reviewer isn't configured rightly: {error}.") from error
