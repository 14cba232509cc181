"""Reads the process environment for settings, with defaults and clear errors."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str) -> str:
    """The variable's text, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off."""
    text = env(name, "1" if default else "0").lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name}={text!r} is neither yes nor no; set it to 1 or 0.")


def names(name: str, default: str) -> list[str]:
    """A comma-separated variable as a list."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def secret_key(file: Path) -> str:
    """CHECKPOINT_SECRET_KEY, or a key generated once and kept readable by its owner only."""
    given = os.environ.get("CHECKPOINT_SECRET_KEY")
    if given:
        return given
    if not file.exists():
        # Written whole under another name first: a second process never reads half a key.
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text().strip()
