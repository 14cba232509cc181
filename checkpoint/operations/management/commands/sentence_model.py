"""manage.py sentence_model: make the sentence model and the rubrics' vectors ready, where they aren't."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkpoint.library import get_encoder, make_encoder, ready_rubrics
from checkpoint.sentences.model import NoModelError


class Command(BaseCommand):
    help = "Makes the sentence model ready for grading, or says why it can't be had and what to do."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--state", action="store_true", help="only say whether it is ready; change nothing"
        )

    def handle(self, *args: Any, state: bool, verbosity: int, **options: Any) -> None:
        was_ready = get_encoder() is not None
        if state:
            self.stdout.write(told(was_ready))
            return
        try:
            encoder = make_encoder()
        except NoModelError as missing:
            raise CommandError(f"Answers are graded without the sentence model: {missing}.") from missing
        ready_rubrics(encoder)
        if verbosity and not (was_ready and verbosity == 1):
            self.stdout.write(f"The sentence model is ready ({encoder.name}): answers are graded with it.")


def told(ready: bool) -> str:
    if ready:
        return f"The sentence model is ready, in {settings.SENTENCE_MODEL_DIR}."
    if not settings.SENTENCE_MODEL_ON:
        return "The sentence model is switched off by CHECKPOINT_SENTENCE_MODEL."
    return "The sentence model isn't ready; manage.py sentence_model makes it so or says why it can't be had."
