"""The operations app: preparing and serving an installation."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "checkpoint.operations"
    verbose_name = "Operations"
