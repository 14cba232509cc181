"""How every page of reviewing is answered: whole, or under htmx the part it is made of."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from checkpoint.parts import part_or_page


def page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return part_or_page(request, f"reviews/_{name}.html", f"reviews/{name}.html", context, status)
