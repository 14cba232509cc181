"""How every page of reviewing is answered: whole, or under htmx the part it is made of."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    part = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    template = f"reviews/{'_' if part else ''}{name}.html"
    response = render(request, template, {**context, "part": part}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
