"""Lengths of time as Go's tools write and read them: `1m30s`."""

from functools import lru_cache
from typing import Any

_UNITS = {"h": 3600, "m": 60, "s": 1}


def seconds(text: Any, otherwise: int = 60) -> int:
    """Seconds of a duration; `otherwise` for what can't be read, and for nothing.

    >>> [seconds(one) for one in ("1m30s", "2h", "", "soon")]
    [90, 7200, 60, 60]
    """
    return _read(str(text), otherwise)


@lru_cache(maxsize=256)
def _read(text: str, otherwise: int) -> int:
    total, number = 0, ""
    for char in text:
        if char.isdecimal() and char.isascii() and len(number) < 6:
            number += char
        elif char in _UNITS and number:
            total += int(number) * _UNITS[char]
            number = ""
        else:
            return otherwise
    return total or otherwise


def shown(length: int) -> str:
    """As Go prints it.

    >>> [shown(one) for one in (90, 600, 3600, 45)]
    ['1m30s', '10m0s', '1h0m0s', '45s']
    """
    hours, minutes, rest = length // 3600, length % 3600 // 60, length % 60
    if hours:
        return f"{hours}h{minutes}m{rest}s"
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"
