"""The Django app of rubrics: how well a question is graded, and an answer tried on it."""

from django.apps import AppConfig


class RubricsConfig(AppConfig):
    name = "checkpoint.rubrics"
