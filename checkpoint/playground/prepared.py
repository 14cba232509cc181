"""What was worked out about a change, kept in a file for every process and every start."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from checkpoint.core.sim.sending.matrix import Row
from checkpoint.core.sim.sending.sent import Sent
from checkpoint.core.values import Value

_logger = logging.getLogger("checkpoint.playground")


class Prepared(Value):
    """A change's row of the matrix, and the ways of it that were walked."""

    model_config = {**Value.model_config, "str_strip_whitespace": False}

    row: Row
    sent: tuple[Sent, ...]
    whole: bool = False
    """Whether there is nothing left to find out: every set of guardrails comes to one of these ways."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "playground"


def read(name: str) -> Prepared | None:
    """None where it isn't worked out yet, or can't be read."""
    try:
        return Prepared.model_validate_json((folder() / f"{name}.json").read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _logger.warning("A file of the playground can't be read and is worked out again: %s", error)
        return None


def write(name: str, found: Prepared) -> None:
    """Whole or not at all: another process may read at any time."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / f"{name}.json"
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(found.model_dump_json(), encoding="utf-8")
    draft.replace(path)


def forget(but: set[str]) -> None:
    """Remove what belongs to content and simulators of before."""
    for path in folder().glob("*.json"):
        if path.stem not in but:
            with suppress(FileNotFoundError):
                path.unlink()


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else on this machine is working something out; the system ends it with the process."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
