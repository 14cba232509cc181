"""What is done after a request has been answered: by one worker, in turn."""

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "checkpoint.background"
