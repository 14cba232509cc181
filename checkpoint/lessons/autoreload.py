"""`runserver` on broken content waits for it to be mended, as it does for broken Python."""

from typing import Any

from django.conf import settings
from django.utils.autoreload import BaseReloader

from checkpoint.library import library_problems


def watch_broken_content(sender: BaseReloader, **_: Any) -> None:
    """Start again when a content file changes, but only where the server couldn't start on it.

    A server that runs notices changes by itself and keeps the last good content.
    """
    if library_problems():
        sender.watch_dir(settings.LESSONS_DIR, "**/*")
