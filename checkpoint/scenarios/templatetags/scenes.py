"""Template filters of the scenarios."""

import re

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from checkpoint.core.sim.scenario.durations import seconds_in
from checkpoint.scenarios.models import Run
from checkpoint.scenarios.pages import Entry
from checkpoint.scenarios.parts import intro_of, part_of, row_of, step_of

register = template.Library()

_STYLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CODE = re.compile(r"`([^`\n]+)`")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@register.filter
def terminal(text: str) -> str:
    """Output as a page shows it: without colour codes and what no page can draw."""
    return _UNSHOWN.sub("\ufffd", _STYLE.sub("", text.replace("\r\n", "\n")))


@register.filter
def coded(text: str) -> SafeString:
    """What happened, in words that may be a learner's: escaped, and code between backticks.

    >>> coded("Kim wrote: “It's `rm <file>`”")
    'Kim wrote: “It&#x27;s <code>rm &lt;file&gt;</code>”'
    """
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308  (escaped before)


@register.filter
def paragraphs(text: str) -> list[str]:
    """Markdown by its paragraphs."""
    return [" ".join(part.split("\n")) for part in text.strip().split("\n\n") if part.strip()]


@register.filter
def long(duration: str) -> str:
    """A scenario's time in words.

    >>> long("60m"), long("2h")
    ('60 minutes', '120 minutes')
    """
    return f"{seconds_in(duration) // 60} minutes"


@register.simple_tag(takes_context=True)
def bench_part(context: Context, name: str, swapped: bool = False) -> SafeString:
    """A part of the workbench; `swapped` takes the place of the one on the page."""
    return part_of(context["page"], name, context["frame"].csrf, swapped=swapped)


@register.simple_tag(takes_context=True)
def intro(context: Context) -> SafeString:
    """The upper part of a brief."""
    frame = context["frame"]
    return intro_of(context["page"], frame.csrf, known=frame.user is not None)


@register.simple_tag
def step(entry: Entry, fresh: bool = False) -> SafeString:
    """A line of the terminal with what it gave; `fresh` is the one that was just typed."""
    return step_of(entry, fresh=fresh)


@register.simple_tag
def run_row(run: Run, number: int) -> SafeString:
    """One of the runs that a brief lists."""
    return row_of(run, number)
