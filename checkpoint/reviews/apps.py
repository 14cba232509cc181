"""Reviewing: what the grader left open and what learners appealed, decided by people."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "checkpoint.reviews"
