"""Whether htmx asks for a part of a page, and answering with the part or with the whole."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class _HtmxRequest(HttpRequest):
    """As the middleware hands it on."""

    htmx: HtmxDetails


def htmx_of(request: HttpRequest) -> HtmxDetails:
    """What htmx says of a request; false where it didn't make it."""
    return cast(_HtmxRequest, request).htmx


def wants_part(request: HttpRequest) -> bool:
    """A link that swaps the whole body, and a page gone back to, need the whole."""
    htmx = htmx_of(request)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def part_or_page(
    request: HttpRequest, part: str, page: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """One of two templates; `part` in their context says which, where the context doesn't say it itself."""
    is_part = wants_part(request)
    response = render(request, part if is_part else page, {"part": is_part, **context}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
