"""What learners write and how it was judged: drafts, attempts, verdicts, and where each learner stands."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from checkpoint.core.grading.verdict import Level


def new_version() -> str:
    """Tells one saved draft from every other, even from one deleted long ago."""
    return secrets.token_hex(8)


class LevelChoice(models.TextChoices):
    """How an answer stands as a whole, in the words learners read."""

    READY = Level.READY.value, "Cleared"
    ALMOST = Level.ALMOST.value, "Close"
    REVISIT = Level.REVISIT.value, "Reread first"


class Confidence(models.IntegerChoices):
    """How sure a learner said they were, before seeing the verdict."""

    GUESSING = 1, "Guessing"
    FAIRLY = 2, "Fairly"
    CERTAIN = 3, "Certain"


class Draft(models.Model):
    """Words not yet checked: one row per user and question, the same on every device.

    Whoever saves names the version they started from, so a newer draft from another
    device is never overwritten unseen.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    answer = models.TextField()
    version = models.CharField(max_length=16, default=new_version)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "question"), name="one_draft_per_user_and_question"),
        )

    def __str__(self) -> str:
        return f"Draft of {self.question} by {self.user_id}"


class Attempt(models.Model):
    """An answer, kept as it was given; inserted before it is graded, never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    """1 for this learner's first answer to the question."""
    answer = models.TextField()
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, choices=Confidence)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "question", "number"), name="attempts_are_numbered"),
        )
        indexes = (models.Index(fields=("user", "at"), name="attempts_by_time"),)

    def __str__(self) -> str:
        return f"Attempt {self.number} at {self.question} by {self.user_id}"


class AttemptVerdict(models.Model):
    """How an attempt was judged and exactly what its learner was shown; never changed.

    A second row for the same attempt (another grader or rubric) supersedes the first.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="verdicts")
    grader = models.CharField(max_length=80)
    rubric = models.CharField(max_length=64)
    """Fingerprint of the rubric the answer was judged by."""
    content = models.CharField(max_length=64)
    """Fingerprint of the course that was served."""
    level = models.CharField(max_length=8, choices=LevelChoice)
    score = models.FloatField()
    outcomes = models.JSONField()
    """Criterion id to outcome, in the rubric's order, bonus criteria included."""
    misconceptions = models.JSONField()
    needs_review = models.BooleanField(default=False)
    shown = models.JSONField()
    """Headings, sentences, evidence and corrections as shown (see shown.py)."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "grader", "rubric", "content"), name="judged_once_by_each_grader"
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} for attempt {self.attempt_id}"


class Standing(models.Model):
    """A projection of the verdicts: one learner, one question, the latest judged attempt.

    Rebuilt from the verdicts by `manage.py rebuild_standings`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=8, choices=LevelChoice)
    outcomes = models.JSONField()
    misconceptions = models.JSONField()
    needs_review = models.BooleanField(default=False)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, choices=Confidence)
    attempts = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "question"), name="one_standing_per_user_and_question"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} on {self.question}: {self.level}"
