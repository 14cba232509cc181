"""Filters for a learner's words and the times of their answers."""

from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from checkpoint.kept import kept
from checkpoint.selfcheck import marks, pages

register = template.Library()


@register.simple_tag(name="try")
@kept
def attempt_row(one: pages.HistoryRow) -> SafeString:
    """One attempt in the learner's history: the earlier ones stay as they were from answer to answer."""
    return render_to_string("selfcheck/_try.html", {"one": one})


@register.filter
def saved(at: datetime) -> str:
    """at 14:06, or with the day where it wasn't today."""
    local = timezone.localtime(at)
    today = timezone.localdate()
    return f"at {local:%H:%M}" if local.date() == today else f"{pages.when(at, today)} at {local:%H:%M}"


@register.filter
def when(at: datetime) -> str:
    """today 14:09, or Thu 19 Nov."""
    return pages.when(at, timezone.localdate())


@register.filter
def visible(text: str) -> str:
    """The text with its control characters shown as pictures; still to be escaped."""
    return marks.visible(text)


@register.filter
def fix_number(letter: str) -> int:
    """1 for A."""
    return ord(letter) - 64
