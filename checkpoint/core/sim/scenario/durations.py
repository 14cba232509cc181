"""Lengths of time as authors and learners write them: `90s`, `61m`, `2h`, `3d`."""

import re

_PARTS = re.compile(r"(\d{1,6})([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds_in(text: str) -> int:
    """Seconds of a length of time; raises ValueError with what is wrong and what to write.

    >>> seconds_in("61m")
    3660
    """
    match = _PARTS.fullmatch(text.strip())
    if not match:
        raise ValueError(f"`{text}` is no time to wait; write a number and s, m, h or d, such as 61m")
    return int(match[1]) * _SECONDS[match[2]]
