"""Due dates as an iCalendar file (RFC 5545): each a moment that takes no time of anybody's day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75
"""Octets of a line; longer ones go on in the next, which begins with a space."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`uid` stays the same whatever else changes, so that calendars move it instead of adding another."""

    uid: str
    at: datetime
    title: str
    text: str
    address: str


def calendar(name: str, moments: Iterable[Moment], now: datetime) -> str:
    """The whole file, with the line ends the format asks for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Checkpoint//Assignments//EN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for moment in moments:
        lines += _event(moment, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(moment: Moment, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{moment.uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(moment.at)}",
        f"DTEND:{_utc(moment.at)}",
        f"SUMMARY:{escaped(moment.title)}",
        f"DESCRIPTION:{escaped(moment.text)}",
        f"URL:{moment.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    r"""
    >>> escaped("Plan; apply, then\nlook \\ wait")
    'Plan\\; apply\\, then\\nlook \\\\ wait'
    """
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(letter for letter in line if letter.isprintable()) for line in lines)


def folded(line: str) -> Iterator[str]:
    """Cut between letters, never within one, however many octets it has.

    >>> [len(part.encode()) for part in folded("SUMMARY:" + "ö" * 60)]
    [74, 55]
    """
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST:
            yield part
            part = " "
        part += letter
    yield part
