"""Texts of configuration, places in them, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checkpoint.core.sim.errors import SimError


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name as it is shown, and its text."""

    name: str
    text: str

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


NOWHERE = Source("", "")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source, by offsets [start, end)."""

    source: Source
    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        return Span(self.source, self.start, other.end)

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        """As Terraform names places: `main.tf:1,1-32`."""
        line, column = self.source.position(self.start)
        last, end = self.source.position(self.end)
        return f"{self.source.name}:{line},{column}-" + (f"{end}" if last == line else f"{last},{end}")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """An error or a warning. `within` names the block around, `known` the values shown under the line."""

    summary: str
    detail: str = ""
    subject: Span | None = None
    context: Span | None = None
    within: str = ""
    known: tuple[str, ...] = ()
    warning: bool = False


@dataclass(slots=True)
class Diagnostics:
    """Collected as they are found; nothing twice."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(self, *more: Diagnostic) -> None:
        self.found += [one for one in more if one not in self.found]

    @property
    def errors(self) -> list[Diagnostic]:
        return [one for one in self.found if not one.warning]

    def check(self) -> None:
        """Stop here if there is an error."""
        if self.errors:
            raise Failed(*self.found)


class Failed(SimError):
    """Terraform stops with these diagnostics."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].summary if diagnostics else "failed")
        self.diagnostics = diagnostics


def fail(summary: str, detail: str = "", subject: Span | None = None) -> Failed:
    return Failed(Diagnostic(summary, detail, subject))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Warnings first, then those without a place, then by file and place."""

    def key(one: Diagnostic) -> tuple[bool, bool, str, int]:
        at = one.subject
        return not one.warning, at is not None, at.source.name if at else "", at.start if at else 0

    return sorted(diagnostics, key=key)


def closest(typed: str, known: Iterable[str]) -> str:
    """The name that was probably meant: fewer than three letters away; or nothing."""
    for name in known:
        if _distance(typed, name) < 3:
            return name
    return ""


def _distance(a: str, b: str) -> int:
    """Letters to change, insert or drop (Levenshtein); names are short."""
    if abs(len(a) - len(b)) > 3 or len(a) > 100:
        return 9
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (left != right))
    return row[-1]
