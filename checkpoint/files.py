"""Which views take a file, and how large a one."""

from collections.abc import Callable
from typing import Any


def takes_file(most_bytes: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view find the first file of a form in `request.FILES`.

    Of a larger one there is no more than `most_bytes`, and its `size` says how large it was.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def most_bytes_taken(view: object) -> int:
    """0 for a view that takes none."""
    return int(getattr(view, "most_bytes", 0))
