"""What a language model suggests where the grader asked for a person: never a grade."""

from django.db import models
from django.utils import timezone

from checkpoint.selfcheck.models import AttemptVerdict


class Suggestion(models.Model):
    """One model's suggestions on one verdict, for its learner's instructors; goes with the verdict.

    Also kept where nothing of a reply could be used, so that the same answer isn't sent again.
    """

    verdict = models.ForeignKey(AttemptVerdict, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=200)
    """The model's name as configured."""
    criteria = models.JSONField()
    """A list of {id, outcome, quote, why}; every quote stands in the answer word for word."""
    discarded = models.PositiveSmallIntegerField(default=0)
    """How many of its judgements could not be used."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("verdict", "model"), name="asked_once_of_each_model"),)

    def __str__(self) -> str:
        return f"{self.model} on verdict {self.verdict_id}"
