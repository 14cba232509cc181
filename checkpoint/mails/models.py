"""Letters, and who wants none."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Kind(models.TextChoices):
    """What a letter is about, in the words of whoever may stop it."""

    REMINDER = "reminder", "reminders of assignments"
    RECHECK = "recheck", "mails about answers checked again"
    DIGEST = "digest", "weekly digests for instructors"


class Letter(models.Model):
    """A mail, recorded before it is sent. `key` names its occasion: for one occasion there is one letter."""

    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey("cohorts.Cohort", null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    """Emptied once it is sent."""
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    """Set before it is handed over: whoever dies between the two has sent it at most once."""
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    """Never sent: nobody took it for a day, or it was stopped in time."""

    class Meta:
        indexes = (
            models.Index(fields=("user", "made_at"), name="letters_by_day"),
            models.Index(
                fields=("made_at",),
                condition=models.Q(claimed_at=None, dropped_at=None),
                name="letters_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}: {self.subject}"


class Silence(models.Model):
    """Somebody wants no letters of a kind (or of any) from a cohort (or from any)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey("cohorts.Cohort", null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "cohort", "kind"), name="silent_once_about_a_cohort"),
            models.UniqueConstraint(
                fields=("user", "kind"), condition=models.Q(cohort=None), name="silent_once_about_all"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} wants no {self.kind or 'letters'} from {self.cohort_id or 'anybody'}"
