"""What takes longer than a request: computed once by a thread beside it, and shared by all processes.

The first request waits for a moment only; whoever asks again finds it in the cache.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any

from django.core.cache import cache

PATIENCE = 4.0
"""Seconds the request that begins waits."""
CLAIMED = 15 * 60
"""Seconds after which another process may begin again: the first one may be gone."""
KEPT = 30 * 24 * 3600

_logger = logging.getLogger("checkpoint.beside")
_lock = Lock()
_made: dict[str, Any] = {}
"""Computed in this process and not yet shared."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """What came to no end."""

    why: str


def beside(key: str, compute: Callable[[], Any], *, kept_for: float = KEPT) -> Any:
    """What `compute` gives, or None while it is being computed: ask again.

    It runs in a thread of its own, so it touches no database. What it gives is kept under the key for
    so many seconds. That it crashed is told once; whoever asks after that begins it anew.
    """
    kept = cache.get(key)
    if kept is not None:
        return kept
    if cache.add(f"{key}:claimed", True, CLAIMED):
        thread = Thread(target=_compute, args=(key, compute), name="beside", daemon=True)
        thread.start()
        thread.join(PATIENCE)
    return _shared(key, kept_for)


def _compute(key: str, compute: Callable[[], Any]) -> None:
    """What is made here is shared by the next request."""
    try:
        made = compute()
    except Exception as crash:  # nobody else hears of it: the thread ends here
        _logger.exception("Computing %s crashed", key)
        made = Crashed(f"{type(crash).__name__}: {crash}")
    with _lock:
        _made[key] = made


def _shared(key: str, kept_for: float) -> Any:
    with _lock:
        if key not in _made:
            return None
        made = _made.pop(key)
    if not isinstance(made, Crashed):
        cache.set(key, made, kept_for)
    cache.delete(f"{key}:claimed")
    return made
