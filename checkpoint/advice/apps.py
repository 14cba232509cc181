"""The advice app."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "checkpoint.advice"
    verbose_name = "Advice"
    default_auto_field = "django.db.models.BigAutoField"
