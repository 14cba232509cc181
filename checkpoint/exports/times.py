"""Times as every program reads them."""

from datetime import UTC, datetime


def utc(at: datetime | None) -> str:
    """ISO 8601 in UTC, to the second.

    >>> utc(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)), utc(None)
    ('2026-11-23T09:05:00Z', '')
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
