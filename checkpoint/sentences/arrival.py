"""Waits for the model: it may be converted while the site is already being served without it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from checkpoint.sentences.conversion import is_converted
from checkpoint.sentences.model import NoModelError
from checkpoint.sentences.opening import made_encoder, open_encoder
from checkpoint.sentences.vectors import KeepingEncoder

_logger = logging.getLogger("checkpoint.sentences")


@dataclass
class Arriving:
    """The encoder of one process: None until the converted model is there, opened once, then kept.

    Looking costs one question to the file system every `pause` seconds. Opened before a fork, its memory
    is shared by all the workers.
    """

    folder: Path
    pause: float = 2.0
    _encoder: KeepingEncoder | None = None
    _next: float = 0.0
    _told: bool = False
    _lock: Lock = field(default_factory=Lock)

    def encoder(self) -> KeepingEncoder | None:
        """The encoder, if it is there by now; one that can't be opened is logged once."""
        if self._encoder is None and time.monotonic() >= self._next and self._lock.acquire(blocking=False):
            try:
                self._encoder = self._encoder or self._look()
            finally:
                self._lock.release()
        return self._encoder

    def attend(self, ready: Callable[[KeepingEncoder], None]) -> None:
        """Wait for the encoder, make whatever needs it ready, and only then let others have it.

        For a thread of its own: until then `encoder` gives None at once and nobody waits.
        """
        while self._encoder is None:
            with self._lock:
                found = self._encoder or self._look()
                if found:
                    ready(found)
                    self._encoder = found
                    return
            time.sleep(self.pause)
        ready(self._encoder)

    def make(self) -> KeepingEncoder:
        """The encoder, converting first where that is all that's missing; raises NoModelError."""
        with self._lock:
            if self._encoder is None:
                self._encoder = made_encoder(self.folder)
            return self._encoder

    def _look(self) -> KeepingEncoder | None:
        self._next = time.monotonic() + self.pause
        if not is_converted(self.folder):
            return None
        try:
            return open_encoder(self.folder)
        except NoModelError as missing:
            if not self._told:
                _logger.error("Grading goes on without the sentence model: %s", missing)
            self._told = True
            return None
