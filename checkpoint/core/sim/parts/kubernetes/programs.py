"""What the programs in containers write: a few lines when they start, others again and again."""

import hashlib
import heapq
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from immutables import Map

from checkpoint.core.sim.durations import seconds
from checkpoint.core.sim.parts.kubernetes.clusters import seconds_of, stamp
from checkpoint.core.sim.parts.registry import parts
from checkpoint.core.sim.world import World

Json = Any
LINES = 120
"""Of one log, the latest."""
_GAP = re.compile(r"\{(time|moment|image|tag|pod|ip|id|number)\}")

Line = tuple[int, str]
"""When it was written, in epoch seconds, and its text."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Lines that a program writes: all of them at its start, or one of them `every` so many seconds."""

    lines: tuple[str, ...]
    every: int = 0


@dataclass(frozen=True, slots=True)
class Programs:
    """A world's part: the habits of what runs in an image, by the image's name without its tag."""

    habits: Map[str, tuple[Habit, ...]] = Map()


def programs_from(world: World, facts: Mapping[str, Any]) -> World:
    """`{image: {"start": [line], "every": {"30s": [line]}}}`; gaps such as `{time}` are filled in."""
    habits = world.part(Programs).habits
    for image, told in facts.items():
        first = (Habit(_texts(told["start"])),) if told.get("start") else ()
        later = tuple(Habit(_texts(lines), seconds(every)) for every, lines in told.get("every", {}).items())
        habits = habits.set(str(image), (*first, *later))
    return world.having(Programs(habits))


def _texts(lines: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in lines)


def written(world: World, pod: Json, container: str) -> list[Line]:
    """What a container has written since it started; nothing where nobody said what its image is like."""
    statuses = (pod.get("status") or {}).get("containerStatuses") or []
    status: Json = next((one for one in statuses if one.get("name") == container), {})
    began = seconds_of(((status.get("state") or {}).get("running") or {}).get("startedAt"))
    name, tag, _ = parts(str(status.get("image", "")))
    habits = world.part(Programs).habits.get(name, ())
    if not began or not habits:
        return []
    meta = pod["metadata"]
    known = {"image": name, "tag": tag, "pod": meta["name"], "ip": str(pod["status"].get("podIP", ""))}
    rows = (_said(habit, began, world.clock, known) for habit in habits)
    return sorted(heapq.nlargest(LINES, chain.from_iterable(rows), key=lambda one: one[0]), key=_moment)


def _moment(line: Line) -> int:
    return line[0]


def _said(habit: Habit, began: int, now: int, known: Mapping[str, str]) -> Iterator[Line]:
    """The latest lines of one habit: of one pod the same at every look."""
    if not habit.every:
        yield from ((began, _filled(text, began, known)) for text in habit.lines)
        return
    first = began + 1 + _drawn(known["pod"], habit.every) % habit.every
    times = range(first, now + 1, habit.every)
    for at in times[-LINES:]:
        text = habit.lines[_drawn(known["pod"], habit.every, at) % len(habit.lines)]
        yield at, _filled(text, at, known)


def _filled(text: str, at: int, known: Mapping[str, str]) -> str:
    drawn = _drawn(known["pod"], text, at)
    own = {
        "time": stamp(at),
        "moment": f"{datetime.fromtimestamp(at, UTC):%d/%b/%Y:%H:%M:%S +0000}",
        "id": f"{drawn:016x}"[-12:],
        "number": str(3 + drawn % 40),
    }
    return _GAP.sub(lambda gap: own.get(gap[1]) or known[gap[1]], text)


def _drawn(*facts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(facts).encode()).digest()[:8])
