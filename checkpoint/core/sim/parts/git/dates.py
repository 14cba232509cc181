"""Dates as people type them for git: `yesterday`, `2 weeks ago`, `2026-11-23 09:20`, `@1795428000`."""

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_UNITS |= {"month": 2_592_000, "year": 31_536_000}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AGO = re.compile(r"(\d{1,6}|[a-z]+)\W+(second|minute|hour|day|week|month|year)s?(?:\W+ago)?")
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?"
    r"\s*(Z|[-+]\d{2}:?\d{2})?"
)
_NAMED = re.compile(
    r"(?:[a-z]+,? )?(?:([a-z]{3})[a-z]*\.? (\d{1,2})|(\d{1,2}) ([a-z]{3})[a-z]*)(?:,? (\d{4}))?"
)


def exact(text: str) -> tuple[int, str] | None:
    """(epoch seconds, zone) of a date that leaves nothing open, as `--date` wants it; else None."""
    stamp = re.fullmatch(r"@?(\d{5,11})(?: ([-+]\d{4}))?", text.strip())
    if stamp:
        return int(stamp[1]), stamp[2] or "+0000"
    match = _ISO.fullmatch(text.strip())
    if not match or match[4] is None:
        return None
    when = _iso(match, datetime(1970, 1, 1, tzinfo=UTC))
    return (when, _zone(match[7])) if when is not None else None


def approximate(text: str, now: int) -> int:
    """Epoch seconds of a date; what isn't understood is now, as in git."""
    words = text.strip().lower().replace("_", " ").replace("-", " ") if not _ISO.match(text) else text
    stamp = re.fullmatch(r"@?(\d{5,11})", words)
    if stamp:
        return int(stamp[1])
    today = datetime.fromtimestamp(now, UTC)
    match = _ISO.match(text.strip())
    if match:
        found = _iso(match, today)
        return now if found is None else found
    return _worded(words.replace(".", " "), today, now)


def _worded(words: str, today: datetime, now: int) -> int:
    for name, hour in (("midnight", 0), ("noon", 12), ("tea", 17)):
        if name in words:
            there = today.replace(hour=hour, minute=0, second=0)
            return int((there if there <= today else there - timedelta(days=1)).timestamp())
    if "yesterday" in words:
        return now - 86_400
    ago = _AGO.search(words)
    if ago:
        count = 1 if ago[1] in ("a", "an", "last") else _number(ago[1])
        return max(0, now - count * _UNITS[ago[2]])
    for number, day in enumerate(_DAYS):
        if day in words or words.split()[-1:] == [day[:3]]:
            return now - 86_400 * ((today.weekday() - number) % 7 or 7)
    named = _NAMED.search(words)
    if named and (named[1] or named[4]) in _MONTHS:
        month, day_of = _MONTHS.index(named[1] or named[4]) + 1, int(named[2] or named[3])
        return _day(today, int(named[5] or today.year), month, day_of, now)
    return now


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS.index(text) if text in _NUMBERS else 1


def _day(today: datetime, year: int, month: int, day: int, now: int) -> int:
    try:
        return int(today.replace(year=year, month=month, day=day).timestamp())
    except (ValueError, OverflowError):
        return now


def _iso(match: re.Match[str], today: datetime) -> int | None:
    """A date without a time has today's time of day, as in git."""
    hour, minute, second = today.hour, today.minute, today.second
    if match[4]:
        hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
    try:
        when = datetime(int(match[1]), int(match[2]), int(match[3]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    zone = _zone(match[7])
    shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) * (-1 if zone[0] == "-" else 1)
    return max(0, int((when - shift).timestamp())) if when.year > 1970 else 0


def _zone(text: str | None) -> str:
    return "+0000" if text in (None, "Z") else str(text).replace(":", "")
