"""The cohorts app."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "checkpoint.cohorts"
    verbose_name = "Cohorts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from checkpoint.cohorts.rosters import arrivals  # noqa: F401  (connects its receivers)
