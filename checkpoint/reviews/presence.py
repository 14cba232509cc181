"""Who else has an answer open: two reviewers on one answer are told before they both decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

GONE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Presence:
    user_id: int
    name: str
    at: datetime


def arrive(mine: Presence, attempt_id: int) -> Presence | None:
    """Note that a reviewer opened an answer; gives the other one who did so lately."""
    key = f"review:{attempt_id}"
    theirs: Presence | None = cache.get(key)
    if theirs is not None and theirs.user_id != mine.user_id and mine.at - theirs.at < GONE_AFTER:
        return theirs
    cache.set(key, mine, GONE_AFTER.total_seconds())
    return None
