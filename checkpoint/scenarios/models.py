"""A learner's tries at scenarios: each is the list of what was typed; the world is its replay."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Run(models.Model):
    """One try. `content` tells whether scenario and simulator are still those it began with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scenario = models.CharField(max_length=80)
    seed = models.CharField(max_length=16)
    content = models.CharField(max_length=40)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    shared = models.BooleanField(default=False)
    """Whether the learner's instructors may look at it."""
    ending = models.CharField(max_length=12, default="unfinished")
    """How it stands: clean, costly or unfinished."""
    met = models.JSONField(default=list)
    """Ids of the goals that are met."""
    broken = models.JSONField(default=list)
    """Ids of the rules that are broken."""
    hints = models.PositiveSmallIntegerField(default=0)
    stands_after = models.PositiveIntegerField(default=0)
    """The line after which it stands so; of two tabs the one that typed last says how."""
    branched_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=("user", "-touched_at"), name="runs_by_time"),
            models.Index(
                fields=("user", "-touched_at"), condition=models.Q(shared=True), name="shared_runs_by_time"
            ),
        )

    def __str__(self) -> str:
        return f"Run of {self.scenario} by {self.user_id}"


class Kind(models.TextChoices):
    RUN = "run", "Typed"
    WRITE = "write", "Saved"


class TypedLine(models.Model):
    """A step as it was typed or saved: inserted before it is played, its answer added when it is known."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    """1 for the first; steps that were taken back keep theirs."""
    kind = models.CharField(max_length=8, choices=Kind)
    line = models.TextField(blank=True)
    path = models.TextField(blank=True)
    content = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    answer = models.JSONField(null=True)
    """What the terminal showed: `chunks` of (stream, text), `code`, `clock`, `prompt`; `faulted` where the
    simulator failed at it."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "number"), name="lines_are_numbered"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return f"Line {self.number} of {self.run_id}"
