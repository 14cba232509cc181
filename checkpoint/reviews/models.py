"""How a reviewer wants to work; what they decide is the self-check's."""

from django.conf import settings
from django.db import models


class ReviewerSetting(models.Model):
    """One reviewer's own; without a row the machine's verdict comes after the person's."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    verdict_first = models.BooleanField(default=False)
    """Show what the machine said before the reviewer has decided."""

    def __str__(self) -> str:
        return f"{self.user_id}: the machine {'first' if self.verdict_first else 'afterwards'}"
