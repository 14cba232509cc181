"""The report on each question's own marked answers: computed once for a rubric and a grader, beside requests.

With the sentence model every held-out rubric has to be made ready anew, which takes minutes for a question
with two hundred marked answers. So a thread computes, the first request waits for a moment only, and the
result is shared by all processes through the cache.
"""

from threading import Lock, Thread

from django.core.cache import cache

from checkpoint.core.content.types import Question
from checkpoint.core.grading.grade import Grader
from checkpoint.core.grading.report import Report, marked, report

PATIENCE = 4.0
"""Seconds the request that begins a report waits for it."""
CLAIMED = 15 * 60
"""Seconds after which another process may begin again: the first one may be gone."""
KEPT = 30 * 24 * 3600

_lock = Lock()
_made: dict[str, Report | None] = {}
"""Computed in this process and not yet shared; None where computing failed."""


def report_of(grader: Grader, question: Question) -> Report | None:
    """The report as kept, or None while it is being computed: ask again."""
    key = f"report:1:{question.slug}:{question.fingerprint()}:{grader.name}"
    kept: Report | None = cache.get(key)
    if kept is not None:
        return kept
    if cache.add(f"{key}:claimed", True, CLAIMED):
        thread = Thread(target=_compute, args=(key, grader, question), name="report", daemon=True)
        thread.start()
        thread.join(PATIENCE)
    return _shared(key)


def _compute(key: str, grader: Grader, question: Question) -> None:
    """Touches no database: what is made here is shared by the next request."""
    made = None
    try:
        made = report(grader, question, marked(question))
    finally:
        with _lock:
            _made[key] = made


def _shared(key: str) -> Report | None:
    with _lock:
        if key not in _made:
            return None
        made = _made.pop(key)
    if made is not None:
        cache.set(key, made, KEPT)
    cache.delete(f"{key}:claimed")
    return made
