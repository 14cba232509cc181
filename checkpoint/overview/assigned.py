"""What the learner's cohorts ask them to do, for the overview: only what isn't done."""

from dataclasses import dataclass

from django.utils import timezone

from checkpoint.assignments.queries import Due, with_done
from checkpoint.overview.frame import Frame

MOST = 5


@dataclass(frozen=True, slots=True)
class Assigned:
    """Assignments still open, the next due first, as many as the overview lists."""

    dues: tuple[tuple[Due, str], ...]
    """With how each stands: open or overdue."""
    more: int


def open_assignments(frame: Frame) -> Assigned | None:
    """Nothing where nothing is open. Three queries for somebody to whom something is assigned."""
    if frame.user is None:
        return None
    now = timezone.now()
    waiting = [due for due in with_done(frame.user.pk, frame.assigned) if due.done_at is None]
    shown = tuple((due, due.state(now)) for due in waiting[:MOST])
    return Assigned(shown, len(waiting) - len(shown)) if shown else None
