"""How often somebody without an account may have an answer checked."""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

CHECKS = 20
WINDOW = 5 * 60
"""Seconds. A class behind one address gets through; a program that grades by the thousand does not."""


def wait_before_checking(request: HttpRequest) -> int:
    """Count one private check; seconds to wait where there were too many, else 0."""
    if not settings.RATE_LIMITS_ON:
        return 0
    now = time.time()
    window = int(now // WINDOW)
    key = f"private-check:{_who(request)}:{window}"
    cache.add(key, 0, timeout=WINDOW)
    if cache.incr(key) <= CHECKS:
        return 0
    return int((window + 1) * WINDOW - now) + 1


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user-{request.user.pk}"
    return str(get_adapter(request).get_client_ip(request))
