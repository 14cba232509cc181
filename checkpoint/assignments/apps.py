"""Assignments: what a cohort is asked to do, by when, and who is reminded."""

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "checkpoint.assignments"
