"""Whether the database is there."""

from django.contrib.sessions.models import Session
from django.db import DatabaseError


def database_answers() -> bool:
    """One cheap query to a table that the first migration makes."""
    try:
        Session.objects.exists()
    except DatabaseError:
        return False
    return True
