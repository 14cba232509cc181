"""A regrade of a cohort and what it found about each answer."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """How far a regrade is. The dry run comes first; nothing counts before somebody applies it."""

    TRYING = "trying", "Dry run going on"
    TRIED = "tried", "Dry run done"
    APPLYING = "applying", "Being applied"
    APPLIED = "applied", "Applied"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    DROPPED = "dropped", "Not applied"
    OVERTAKEN = "overtaken", "Overtaken by another change"


WORKING = (State.TRYING, State.APPLYING, State.UNDOING)
OPEN = (*WORKING, State.TRIED)
"""One of these at a time for a cohort."""


class Regrade(models.Model):
    """The latest answers of a cohort's learners, judged anew by the rubrics and the grader of one moment."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who last applied it, left it or undid it."""
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.TRYING)
    questions = models.JSONField()
    """Slugs."""
    grader = models.CharField(max_length=80)
    content = models.CharField(max_length=64)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    """How many answers the present piece of work (dry run, applying, undoing) is through with."""
    touched_at = models.DateTimeField(default=timezone.now)
    """When it last got on."""
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("cohort",), condition=models.Q(state__in=OPEN), name="one_open_regrade_per_cohort"
            ),
        )

    def __str__(self) -> str:
        return f"Regrade {self.pk} of {self.cohort_id}: {self.state}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def recheck(self) -> str:
        """The name its verdicts bear."""
        return f"regrade {self.pk}"

    @property
    def taking_back(self) -> str:
        """The name of those that take them back."""
        return f"undo {self.pk}"


class Finding(models.Model):
    """What today's rubric and grader say about one answer, beside the verdict that counts.

    `facts` is the verdict that would be given, until it is given or the regrade ends without.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="findings")
    before = models.ForeignKey("selfcheck.AttemptVerdict", on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    judged = models.BooleanField(default=False)
    failed = models.BooleanField(default=False)
    """The grader broke on it: its verdict stays."""
    facts = models.JSONField(null=True)
    level_before = models.CharField(max_length=8, blank=True)
    level = models.CharField(max_length=8, blank=True)
    falls = models.BooleanField(default=False)
    """A lower level, or in one level a required criterion that is worse; an answer may fall and rise."""
    rises = models.BooleanField(default=False)
    """The same the other way: what falls where it is undone."""
    moved = models.JSONField(default=list)
    """Triples of criterion, outcome before, outcome after; '' where a rubric doesn't have it."""
    changes = models.TextField(blank=True)
    """As its learner would be told; '' where they would see no difference."""
    changes_back = models.TextField(blank=True)
    """As they would be told where it is undone."""
    decided = models.BooleanField(default=False)
    """Whether a person decided about the answer: that stays and is counted on both sides."""
    handled = models.BooleanField(default=False)
    """Applied, or found to be judged again meanwhile."""
    after = models.ForeignKey(
        "selfcheck.AttemptVerdict", null=True, on_delete=models.CASCADE, related_name="+"
    )
    """The verdict that was given."""
    undone = models.BooleanField(default=False)
    told = models.CharField(max_length=8, blank=True)
    """The last state a learner who fell was written about."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("regrade", "before"), name="one_finding_per_verdict"),)

    def __str__(self) -> str:
        return f"Verdict {self.before_id} in regrade {self.regrade_id}"
