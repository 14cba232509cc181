"""Semantic versions and their ranges, as the library that Flux uses reads them (Masterminds/semver 3.4)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from checkpoint.core.sim.errors import SimError

_LONGEST = 500
"""Characters of a range."""

_NUMBER = r"[0-9xX*]+"
_VERSION = rf"v?({_NUMBER})(?:\.({_NUMBER}))?(?:\.({_NUMBER}))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
_OPERATOR = r"!=|>=|=>|<=|=<|~>|=|>|<|~|\^|"
_ONE = re.compile(rf"\s*({_OPERATOR})\s*{_VERSION}")
_BETWEEN = re.compile(r"\s*(\S+)\s+-\s+(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Version:
    numbers: tuple[int, int, int]
    pre: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[tuple[int, int, int], int, tuple[tuple[int, int, str], ...]]:
        """For sorting: a version stands behind its own pre-releases."""
        parts = tuple((0, int(one), "") if one.isdecimal() else (1, 0, one) for one in self.pre)
        return self.numbers, int(not self.pre), parts


class BadRange(SimError):
    """A range can't be read; the message is the library's."""


def parsed(text: str) -> Version | None:
    """A version, or None for a text that is none; a `v` in front and missing parts are allowed."""
    plain = text.removeprefix("v").partition("+")[0]
    core, dash, pre = plain.partition("-")
    numbers = core.split(".")
    if not 1 <= len(numbers) <= 3 or not all(
        one.isascii() and one.isdecimal() and len(one) < 12 for one in numbers
    ):
        return None
    names = tuple(pre.split(".")) if dash else ()
    if dash and not all(
        one and len(one) < 100 and one.isascii() and all(char.isalnum() or char == "-" for char in one)
        for one in names
    ):
        return None
    major, minor, patch = [int(one) for one in [*numbers, "0", "0"][:3]]
    return Version((major, minor, patch), names)


def strict(text: str) -> Version | None:
    """A version of three numbers without needless zeros, as policies want tags to be."""
    core = text.removeprefix("v").partition("+")[0].partition("-")[0].split(".")
    if len(core) != 3 or any(len(one) > 1 and one.startswith("0") for one in core):
        return None
    return parsed(text)


@dataclass(frozen=True, slots=True)
class _Bound:
    """One comparison; `given` says how many of the three numbers were told."""

    operator: str
    version: Version
    given: int


def constraint(wanted: str) -> Callable[[Version], bool]:
    """Whether a version is in a range such as `>=1.0.0 <2.0.0`, `1.x`, `~1.4` or `^1.2 || 3.0.0`.

    A group of comparisons none of which names a pre-release never takes one. Raises BadRange.

    >>> constraint(">=1.0.0")(Version((1, 5, 0), ("rc", "1")))
    False
    >>> constraint(">=1.0.0-0 <2.0.0")(Version((1, 5, 0), ("rc", "1")))
    True
    """
    if len(wanted) > _LONGEST:
        raise BadRange(f"improper constraint: longer than {_LONGEST} characters")
    groups = [_group(part) for part in wanted.split("||")]
    return lambda version: any(_all(version, group) for group in groups)


def _group(part: str) -> list[_Bound]:
    between = _BETWEEN.fullmatch(part)
    text = f">={between[1]},<={between[2]}" if between else part
    bounds, at = [], 0
    while at < len(text):
        match = _ONE.match(text, at)
        if not match:
            raise BadRange(f"improper constraint: {part}")
        bounds.append(_bound(match))
        at = match.end()
        gap = re.compile(r"\s*,\s*|\s+|$").match(text, at)
        if not gap:
            raise BadRange(f"improper constraint: {part}")
        at = gap.end()
    if not bounds:
        raise BadRange(f"improper constraint: {part}")
    return bounds


def _bound(match: re.Match[str]) -> _Bound:
    numbers = [match[2], match[3], match[4]]
    given = next((n for n, one in enumerate(numbers) if one is None or not one.isdecimal()), 3)
    text = ".".join([one or "0" for one in numbers[:given]] + ["0"] * (3 - given))
    version = parsed(text + (match[5] or ""))
    if version is None:
        raise BadRange(f"improper constraint: {match[0].strip()}")
    return _Bound(match[1], version, given)


def _all(version: Version, group: list[_Bound]) -> bool:
    takes = any(one.version.pre for one in group)
    return (takes or not version.pre) and all(_fits(version, one) for one in group)


def _fits(version: Version, bound: _Bound) -> bool:
    goal, given = bound.version, bound.given
    if bound.operator == "!=":
        return version.numbers[:given] != goal.numbers[:given] if given < 3 else version != goal
    if bound.operator == ">":
        return version.numbers[:given] > goal.numbers[:given] if 0 < given < 3 else version.rank > goal.rank
    if bound.operator in (">=", "=>"):
        return version.rank >= goal.rank
    if bound.operator == "<":
        return version.rank < goal.rank
    if bound.operator in ("<=", "=<"):
        return version.numbers[:given] <= goal.numbers[:given] if given < 3 else version.rank <= goal.rank
    if bound.operator == "^":
        return version.rank >= goal.rank and _caret(version, goal, given)
    if bound.operator in ("", "=") and given == 3:
        return version == goal
    return version.rank >= goal.rank and _tilde(version, goal, given)


def _tilde(version: Version, goal: Version, given: int) -> bool:
    if given in (0, 3) and goal.numbers == (0, 0, 0):
        return True
    return version.numbers[: min(max(given, 1), 2)] == goal.numbers[: min(max(given, 1), 2)]


def _caret(version: Version, goal: Version, given: int) -> bool:
    if given == 0:
        return version.numbers == (0, 0, 0)
    if goal.numbers[0] or given == 1:
        return version.numbers[0] == goal.numbers[0]
    if goal.numbers[1] or given == 2:
        return version.numbers[:2] == goal.numbers[:2]
    return version.numbers == goal.numbers
