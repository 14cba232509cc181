"""The app of everything that leaves a cohort as a file."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "checkpoint.exports"
