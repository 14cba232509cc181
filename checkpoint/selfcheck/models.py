"""What learners write and how it was judged: drafts, attempts, verdicts, what people decide about them,
and where each learner stands."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from checkpoint.core.grading.verdict import Level, Outcome


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
    recheck = models.CharField(max_length=40, blank=True)
    """What gave it, where that was no answer: the name of a re-check, or of taking one back."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("attempt", "grader", "rubric", "content", "recheck"),
                name="judged_once_by_each_grader",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level} for attempt {self.attempt_id}"


class Appeal(models.Model):
    """A learner says that a verdict looks wrong in one criterion, or in taking them for a misconception.

    Open until it is withdrawn or a person has decided; one at a time for each criterion of a verdict.
    """

    verdict = models.ForeignKey(AttemptVerdict, on_delete=models.CASCADE, related_name="appeals")
    criterion = models.CharField(max_length=80)
    """Id of a criterion or of a misconception."""
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    """Where the answer says it, in the learner's eyes, in code points; neither where nowhere was named."""
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("verdict", "criterion"),
                condition=models.Q(withdrawn_at=None),
                name="one_appeal_per_verdict_and_criterion",
            ),
        )

    def __str__(self) -> str:
        return f"Appeal about {self.criterion} of verdict {self.verdict_id}"


class DecisionOutcome(models.TextChoices):
    """What a person may decide: of a criterion the first four, of a misconception the last two."""

    MET = Outcome.MET.value, "Met"
    PARTIAL = Outcome.PARTIAL.value, "Partly"
    MISSING = Outcome.MISSING.value, "Missing"
    CONTRADICTED = Outcome.CONTRADICTED.value, "Contradicted"
    ABSENT = "absent", "Not said"
    HELD = "held", "Said so"


class Decision(models.Model):
    """What a person decided about one criterion of an attempt, beside the machine's verdict, never over it.

    Never changed: a later decision on the same attempt and criterion supersedes. It goes on counting when
    a newer verdict is given.
    """

    verdict = models.ForeignKey(AttemptVerdict, on_delete=models.CASCADE, related_name="decisions")
    criterion = models.CharField(max_length=80)
    """Id of a criterion or of a misconception."""
    outcome = models.CharField(max_length=12, choices=DecisionOutcome)
    machine = models.CharField(max_length=12)
    """What the grader had said, which may be that it can't tell."""
    guess = models.CharField(max_length=12)
    """What the grader thought likeliest; the same wherever it could tell."""
    blind = models.BooleanField(default=False)
    """Whether the person decided before the grader's verdict was shown to them."""
    comment = models.TextField(blank=True)
    """For the learner."""
    note = models.TextField(blank=True)
    """For other reviewers only."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.criterion} of verdict {self.verdict_id} is {self.outcome}"


class DecisionsRead(models.Model):
    """Up to which decision on an attempt its learner has seen them."""

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="decisions_read")
    last = models.BigIntegerField()
    """Id of the latest decision they have seen."""

    def __str__(self) -> str:
        return f"Read up to {self.last} on attempt {self.attempt_id}"


class Counted(models.Model):
    """A projection for attempts that people decided about: the latest verdict with the decisions in it.

    Attempts without a decision have none: their latest verdict counts as it is.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="counted")
    level = models.CharField(max_length=8, choices=LevelChoice)
    score = models.FloatField()
    outcomes = models.JSONField()
    misconceptions = models.JSONField()
    needs_review = models.BooleanField()
    decided = models.JSONField()
    """Ids of the criteria and misconceptions that a person decided."""

    def __str__(self) -> str:
        return f"{self.level} counts for attempt {self.attempt_id}"


class Standing(models.Model):
    """A projection of the verdicts and decisions: one learner, one question, the latest judged attempt.

    Rebuilt from them by `manage.py rebuild_standings`.
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
