"""Regrade by difference: what today's rubric and grader would change for a cohort, applied or not."""

from django.apps import AppConfig


class RegradesConfig(AppConfig):
    name = "checkpoint.regrades"
