"""What every page's frame shows: navigation, theme and the learner's pipeline (the spine)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from checkpoint.accounts.models import User
from checkpoint.assignments.queries import Due, assigned_to
from checkpoint.cohorts.queries import has_cohorts, is_reviewed
from checkpoint.core.content.types import Problem
from checkpoint.kept import kept
from checkpoint.library import get_library, library_problems
from checkpoint.selfcheck.queries.standings import (
    QuestionStanding,
    StageStanding,
    stage_standings,
    standings_of,
)

_GAP = re.compile(r"\[\[(\w+)\]\]")
THEMES = ("system", "light", "dark")
THEME_WORDS = {"system": "follows the system", "light": "light", "dark": "dark"}
WORDS = {"cleared": "Cleared", "begun": "Under way", "open": "Open"}

TITLES = {"lessons": "Chapters"}
"""Items of the navigation that are not called as their address is."""

# Which pages belong to which item of the navigation; the first is the item's own.
SECTIONS = {
    "overview": ("pipeline", "stage"),
    "lessons": ("lesson", "glossary"),
    "questions": ("question", "attempt", "appeal"),
    "scenarios": ("scenario", "run", "run-debrief", "run-step"),
    "playground": ("playground-matrix",),
    "guardrails": ("guardrail",),
    "progress": (),
    "cohorts": (
        *("cohort", "cohort-members", "cohort-learner", "cohort-attempt", "cohort-run", "cohort-join"),
        *("cohort-audit", "cohort-roster", "cohort-brief", "cohort-regrades", "cohort-regrade"),
        *("cohort-assignments", "cohort-assignment", "as-learner", "as-learner-question"),
        *("as-learner-scenarios", "as-learner-scenario", "as-learner-run", "exports"),
        *("review", "review-answer", "review-decisions", "review-agreement", "review-patch"),
    ),
}


@dataclass(frozen=True, slots=True)
class NavItem:
    title: str
    url: str
    current: str
    """The value of aria-current: page, true for a page within, or nothing."""


@dataclass(frozen=True, slots=True)
class SpineStage:
    slug: str
    title: str
    state: str
    met: int
    total: int
    flow: str
    """full, part or nothing: how much of the tube after the stage is filled."""

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def url(self) -> str:
        return reverse("stage", args=[self.slug])


@kept
def _sheets() -> SafeString:
    return render_to_string("_sheets.html")


@lru_cache(maxsize=128)
def _nav_items(names: tuple[str, ...], here: str) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(TITLES.get(name, name.capitalize()), reverse(name), _current(name, here)) for name in names
    )


@kept
def _nav(items: tuple[NavItem, ...]) -> SafeString:
    return render_to_string("_nav.html", {"items": items})


@kept
def _sprite() -> SafeString:
    return render_to_string("_sprite.html")


@kept
def _mast(items: tuple[NavItem, ...], theme: str, signed_in: bool) -> SafeString:
    after = THEMES[(THEMES.index(theme) + 1) % len(THEMES)]
    context = {
        "nav": _nav(items),
        "signed_in": signed_in,
        "next_theme": after,
        "theme_label": f"Theme: {THEME_WORDS[theme]}. Change to {after}",
    }
    return render_to_string("_mast.html", context)


@kept
def _spine(
    _fingerprint: str, stages: tuple[StageStanding, ...], here: str, mine: bool, out_of_band: bool
) -> SafeString:
    context = {"stages": spine_of(stages), "here": here, "mine": mine, "out_of_band": out_of_band}
    return render_to_string("_spine.html", context)


def spine_of(stages: tuple[StageStanding, ...]) -> Iterator[SpineStage]:
    """The stages as the header shows them: the flow goes as far as everything is cleared."""
    titles, flowing = get_library().stages, True
    for standing in stages:
        flow = {"cleared": "full", "begun": "part"}.get(standing.state, "") if flowing else ""
        flowing = flowing and standing.state == "cleared"
        yield SpineStage(
            standing.stage, titles[standing.stage].title, standing.state, standing.met, standing.total, flow
        )


@kept
def _foot(_fingerprint: str) -> SafeString:
    return render_to_string("_foot.html", {"course": get_library().course})


class Frame:
    """Everything the frame may ask for, each thing worked out once and only if it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def theme(self) -> str:
        theme = self.user.theme if self.user else self.request.COOKIES.get("theme", "system")
        return theme if theme in THEMES else "system"

    @property
    def way_back(self) -> str:
        """The query that leads back to this page after signing in."""
        path = self.request.get_full_path()
        if self.request.method != "GET" or path == "/" or path.startswith("/accounts/"):
            return ""
        return f"?{urlencode({'next': path})}"

    @property
    def course(self) -> str:
        course = get_library().course
        return f"{course.subtitle}, {course.title}"

    @property
    def foot(self) -> SafeString:
        return _foot(get_library().fingerprint)

    @property
    def sheets(self) -> SafeString:
        return _sheets()

    @property
    def print_sheet(self) -> str:
        return static("css/print.css")

    @property
    def sprite(self) -> SafeString:
        return _sprite()

    @cached_property
    def has_cohorts(self) -> bool:
        return self.user is not None and has_cohorts(self.user)

    @cached_property
    def assigned(self) -> tuple[Due, ...]:
        """What the person's cohorts ask them to do; nobody else is asked for."""
        return assigned_to(self.user.pk) if self.user and self.has_cohorts else ()

    @cached_property
    def is_reviewed(self) -> bool:
        """Whether somebody may look at the person's answers and decide."""
        return self.user is not None and is_reviewed(self.user.pk)

    @cached_property
    def csrf(self) -> str:
        """One token for the whole frame: each is made up anew."""
        return get_token(self.request)

    @cached_property
    def mast(self) -> SafeString:
        """The masthead: kept for everybody alike, then filled in with what is this person's own."""
        own = {
            "csrf": self.csrf,
            "name": escape(self.user.shown_name if self.user else ""),
            "path": escape(self.request.get_full_path()),
            "way_back": escape(self.way_back),
        }
        part = _mast(self.nav, self.theme, self.user is not None)
        return mark_safe(_GAP.sub(lambda gap: own[gap[1]], part))  # noqa: S308  (all are escaped)

    def spine_part(self, here: str = "", out_of_band: bool = False) -> SafeString:
        """The header's pipeline; `here` is the page's own stage, or else the learner's."""
        mine = self.user is not None
        return _spine(get_library().fingerprint, self.stages, here or self.stage, mine, out_of_band)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the content on disk; only whoever edits it has to know."""
        return library_problems() if settings.DEBUG else ()

    @property
    def single_keys(self) -> bool:
        return self.user.single_key_shortcuts if self.user else True

    @cached_property
    def nav(self) -> tuple[NavItem, ...]:
        names = ["overview", "lessons", "questions", "guardrails", "progress"]
        if get_library().scenarios:
            names.insert(3, "scenarios")
        if get_library().changes:
            names.insert(names.index("guardrails"), "playground")
        if self.user and (self.user.is_instructor or self.has_cohorts):
            names.append("cohorts")
        match = self.request.resolver_match
        here = match.url_name if match else ""
        return _nav_items(tuple(names), here or "")

    @cached_property
    def standings(self) -> Mapping[str, QuestionStanding]:
        return standings_of(self.user.pk) if self.user else {}

    @cached_property
    def stages(self) -> tuple[StageStanding, ...]:
        return stage_standings(self.standings)

    @cached_property
    def stage(self) -> str:
        """The learner's own place: the first stage not cleared; nowhere without an account."""
        if not self.user or not self.stages:
            return ""
        return next((s.stage for s in self.stages if s.state != "cleared"), self.stages[-1].stage)


def frame_of(request: HttpRequest) -> Frame:
    """The request's frame; views and templates share one, so nothing is asked twice."""
    found = getattr(request, "checkpoint_frame", None)
    if found is None:
        found = request.checkpoint_frame = Frame(request)  # type: ignore[attr-defined]
    return found


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of base.html; everything in it is lazy, so fragments pay nothing."""
    return {"frame": frame_of(request)}


def _current(item: str, here: str) -> str:
    if here == item:
        return "page"
    return "true" if here in SECTIONS[item] else ""
