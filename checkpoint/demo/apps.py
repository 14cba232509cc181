"""The demo app: no tables and no pages, only a command that fills a fresh installation."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "checkpoint.demo"
    verbose_name = "Demo"
