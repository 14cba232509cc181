"""What was done in a cohort, by whom and when. Entries are only ever added."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone


class AppendOnlyError(Exception):
    """An entry of the log is neither changed nor deleted alone."""


class Entries(models.QuerySet["AuditEntry"]):
    def update(self, **_fields: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AuditEntry(models.Model):
    """Names stand in it by reference: whoever deletes an account is not remembered by name here.

    It goes when the cohort goes.
    """

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by_itself = models.BooleanField(default=False)
    """No person did it, but a program on its own."""
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """Whom it was done to."""
    about_person = models.BooleanField(default=False)
    """Whether there was one: tells an account that is gone from none."""
    subject = models.CharField(max_length=200, blank=True)
    """What it was done to, in words, where that is no person with an account."""
    details = models.JSONField(default=dict, blank=True)

    objects = Entries.as_manager()

    class Meta:
        indexes = (models.Index(fields=("cohort", "-at", "-id"), name="audit_by_cohort_and_time"),)

    def __str__(self) -> str:
        return f"{self.what} in {self.cohort_id}"

    def save(self, **options: Any) -> None:
        if self.pk:
            raise AppendOnlyError
        super().save(**options)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnlyError
