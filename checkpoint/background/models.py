"""Signs of life of the workers that do what requests leave for later."""

from django.db import models


class Heartbeat(models.Model):
    """One worker, and when it last said that it is there."""

    worker = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker}, last seen {self.seen_at}"
