"""Template filters of the scenarios."""

import re
from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()

_STYLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@register.filter
def terminal(text: str) -> str:
    """Output as a page shows it: without colour codes and what no page can draw."""
    return _UNSHOWN.sub("\ufffd", _STYLE.sub("", text.replace("\r\n", "\n")))


@register.filter
def paragraphs(text: str) -> list[str]:
    """Markdown by its paragraphs."""
    return [" ".join(part.split("\n")) for part in text.strip().split("\n\n") if part.strip()]


@register.filter
def moment(at: datetime) -> str:
    """Thu 19 Nov, 14:06."""
    at = timezone.localtime(at)
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"
