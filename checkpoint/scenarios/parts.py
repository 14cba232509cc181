"""Parts of a brief and of a workbench as HTML: what is alike for many is rendered once, then filled in."""

import re
import secrets
import uuid
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from checkpoint.library import get_library
from checkpoint.overview.frame import Frame
from checkpoint.scenarios.models import Run
from checkpoint.scenarios.pages import Bench, Brief, Entry
from checkpoint.scenarios.plays import Shelf

MOST, LONGEST = 512, 32_768
"""Parts that a worker keeps, and characters of one; a larger one is rendered each time."""

# Stand for what is a page's own while a part is rendered. Nobody can type them, for nobody can know them.
_RUN, _TOKEN, _TIME, _MAST = uuid.uuid4(), *(secrets.token_hex(16) for _ in range(3))
_NUMBER = 10**18 + secrets.randbelow(10**18)
_GAPS = re.compile(f"({_RUN}|{_TOKEN}|{_TIME}|{_MAST}|{_NUMBER})")

Pieces = Sequence[str]
"""A rendered part, cut at its gaps: every second piece names one."""

_kept: Shelf[Hashable, Pieces] = Shelf(MOST)

STEPS, LONGEST_STEP = 512, 8_192
"""Steps of terminals that a worker keeps, and characters of one; apart, for there are many more of them."""
_steps: Shelf[Hashable, Pieces] = Shelf(STEPS)

PAGES, LONGEST_PAGE = 64, 65_536
"""Whole pages that a worker keeps, and characters of one."""
_pages: Shelf[Hashable, Pieces] = Shelf(PAGES)


@dataclass(frozen=True, slots=True)
class Own:
    """What fills the gaps of a part: nothing that a learner wrote."""

    run: uuid.UUID = _RUN
    token: str = ""
    time: str = ""
    number: int = 0
    mast: str = ""

    def filled_in(self, pieces: Pieces) -> SafeString:
        """The pieces with everything in its gap."""
        given = {
            str(_RUN): str(self.run),
            _TOKEN: self.token,
            _TIME: self.time,
            str(_NUMBER): str(self.number),
            _MAST: self.mast,
        }
        whole = list(pieces)
        whole[1::2] = [given[gap] for gap in pieces[1::2]]
        return mark_safe("".join(whole))  # noqa: S308  (the template escaped it)


def _filled(
    name: str,
    key: Hashable,
    context: Callable[[], dict[str, object]],
    own: Own,
    shelf: Shelf[Hashable, Pieces] = _kept,
    longest: int = LONGEST,
) -> SafeString:
    """A template, kept for everything that the key tells apart."""
    key = name, get_library().fingerprint, key
    found = shelf.get(key)
    if found is None or settings.DEBUG:
        rendered = render_to_string(f"scenarios/{name}.html", {**context(), "csrf_token": _TOKEN})
        found = _GAPS.split(rendered)
        if len(rendered) <= longest:
            shelf.put(key, found)
    return own.filled_in(found)


# --- the brief ---------------------------------------------------------------


def intro_of(page: Brief, token: str, *, known: bool) -> SafeString:
    """What happened, and the ways to begin; `known`: somebody who is signed in."""
    run = page.open_run
    key = page.scenario.slug, page.number, page.total, bool(page.runs), run is not None, known
    shown: dict[str, object] = {"brief": page, "run": Run(pk=_RUN) if run else None, "known": known}
    return _filled("_intro", key, lambda: shown, Own(run.pk if run else _RUN, token))


def row_of(run: Run, number: int) -> SafeString:
    """One of the runs that the brief lists."""
    key = len(run.met), run.ending, run.finished_at is not None
    own = Own(run.pk, time=moment(run.touched_at), number=number)
    return _filled("_row", key, lambda: {"run": _with_gap(run), "time": _TIME, "number": _NUMBER}, own)


def moment(at: datetime) -> str:
    """Thu 19 Nov, 14:06."""
    at = timezone.localtime(at)
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"


# --- the workbench -----------------------------------------------------------


def step_of(entry: Entry, *, fresh: bool = False) -> SafeString:
    """A line of the terminal with what it gave: the same one is rendered once, whoever typed it."""
    alike = replace(entry, number=_NUMBER)

    def shown() -> dict[str, object]:
        return {"entry": alike, "columns": entry.has_columns, "fresh": fresh}

    return _filled("_step", (alike, fresh), shown, Own(number=entry.number), _steps, LONGEST_STEP)


def _goals(page: Bench) -> Hashable:
    rows = tuple((row.goal.id, row.state, row.since, len(row.hints)) for row in page.goals)
    return rows, tuple(rule.id for rule in page.broken)


def _world(page: Bench) -> Hashable:
    return tuple((row.stage.slug, row.facts, row.caught) for row in page.stages)


_DEPENDS: dict[str, Callable[[Bench], Hashable]] = {
    "sheet": lambda _: (),
    "scripts": lambda _: (),
    "head": lambda _: (),
    "told": lambda _: (),
    "goals": _goals,
    "world": _world,
    "line": lambda page: (page.problem, page.line),
    "files": lambda page: page.desk,
}
"""What each part shows besides scenario, variant and whether the run goes on."""


def part_of(page: Bench, name: str, token: str, *, swapped: bool = False) -> SafeString:
    """One of the parts; `swapped` takes the place of the one on the page."""
    key = swapped, _kind(page), _DEPENDS[name](page)
    own = Own(page.run.pk, token, page.clock, page.seen)
    return _filled(f"_{name}", key, lambda: {"page": _with_gaps(page), "part": swapped, "oob": swapped}, own)


def _kind(page: Bench) -> tuple[Hashable, ...]:
    run, session = page.run, page.session
    seed = session.opening.seed if session else run.seed
    return run.scenario, seed, run.content, session is not None, run.finished_at is not None


def _with_gaps(page: Bench) -> Bench:
    return replace(page, run=_with_gap(page.run), clock=_TIME, seen=_NUMBER)


def _with_gap(run: Run) -> Run:
    return Run(pk=_RUN, scenario=run.scenario, finished_at=run.finished_at, met=run.met, ending=run.ending)


@dataclass(frozen=True, slots=True)
class _SharedFrame:
    """What of a page's frame isn't one person's own; a template that asks for more is given nothing."""

    theme: str
    single_keys: bool
    sheets: str
    print_sheet: str
    sprite: str
    foot: str
    csrf: str = _TOKEN
    mast: str = _MAST


def opened_page(page: Bench, frame: Frame) -> SafeString:
    """The whole workbench of a run in which nothing was typed: alike for all who begin the same variant.

    It has no room for messages.
    """
    key = _kind(page), page.desk, page.prompt, frame.theme, frame.single_keys
    own = Own(page.run.pk, frame.csrf, page.clock, page.seen, frame.mast)
    return _filled(
        "run", key, lambda: {"page": _with_gaps(page), "frame": _shared(frame)}, own, _pages, LONGEST_PAGE
    )


def _shared(frame: Frame) -> _SharedFrame:
    return _SharedFrame(
        frame.theme, frame.single_keys, frame.sheets, frame.print_sheet, frame.sprite, frame.foot
    )
