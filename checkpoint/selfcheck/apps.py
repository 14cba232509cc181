"""The selfcheck app."""

from django.apps import AppConfig


class SelfcheckConfig(AppConfig):
    name = "checkpoint.selfcheck"
    verbose_name = "Self-check"
    default_auto_field = "django.db.models.BigAutoField"
