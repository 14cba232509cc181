"""The cohorts app."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "checkpoint.cohorts"
    verbose_name = "Cohorts"
    default_auto_field = "django.db.models.BigAutoField"
