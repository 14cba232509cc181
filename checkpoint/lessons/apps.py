"""The lessons app."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.autoreload import autoreload_started


class LessonsConfig(AppConfig):
    name = "checkpoint.lessons"
    verbose_name = "Lessons"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from checkpoint.lessons import autoreload, checks

        register(checks.check_content, "content")
        autoreload_started.connect(autoreload.watch_broken_content)
