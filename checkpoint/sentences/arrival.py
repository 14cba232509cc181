"""Waits for the model: it may be converted while the site is already being served without it."""

import logging
import time
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
        if self._encoder is None and time.monotonic() >= self._next:
            with self._lock:
                if self._encoder is None and time.monotonic() >= self._next:
                    self._look()
        return self._encoder

    def make(self) -> KeepingEncoder:
        """The encoder, converting first where that is all that's missing; raises NoModelError."""
        with self._lock:
            if self._encoder is None:
                self._encoder = made_encoder(self.folder)
            return self._encoder

    def _look(self) -> None:
        self._next = time.monotonic() + self.pause
        if not is_converted(self.folder):
            return
        try:
            self._encoder = open_encoder(self.folder)
        except NoModelError as missing:
            if not self._told:
                _logger.error("Grading goes on without the sentence model: %s", missing)
            self._told = True
