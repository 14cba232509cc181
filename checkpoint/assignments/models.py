"""What a cohort is asked to do, extensions for single learners, reminders given, and calendar addresses."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_key() -> str:
    """Nobody guesses it: the calendar it opens needs no signing in."""
    return secrets.token_urlsafe(32)


class Work(models.TextChoices):
    """What may be assigned."""

    QUESTION = "question", "Question"
    SCENARIO = "scenario", "Scenario"


class Assignment(models.Model):
    """A question or scenario that a cohort is asked to do; one for each at a time."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="assignments")
    work = models.CharField(max_length=10, choices=Work)
    slug = models.CharField(max_length=80)
    due_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "work", "slug"),
                condition=models.Q(removed_at=None),
                name="assigned_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug} for {self.cohort_id}"


class Extension(models.Model):
    """One learner's own due date."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("assignment", "user"), name="one_extension_per_learner"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} until {self.due_at}"


class Reminded(models.Model):
    """A learner was reminded of an assignment on one of the occasions for that due date."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "user", "occasion", "due_at"), name="reminded_once_of_an_occasion"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} of {self.assignment_id}: {self.occasion}"


class CalendarKey(models.Model):
    """The private part of somebody's calendar address; without a row there is no address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True, default=new_key)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Calendar of {self.user_id}"
