"""The scenarios app."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    name = "checkpoint.scenarios"
    verbose_name = "Scenarios"
    default_auto_field = "django.db.models.BigAutoField"
