"""Who gets a page and who a part of it."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from checkpoint.parts import part_or_page, wants_part

HTMX = {"HX-Request": "true"}


def asked(headers: dict[str, str]) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


def test_htmx_gets_a_part_and_a_browser_the_page():
    assert wants_part(asked(HTMX)) and not wants_part(asked({}))


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_what_swaps_the_whole_page_gets_the_whole(header: str):
    assert not wants_part(asked({**HTMX, header: "true"}))


def test_either_varies_by_who_asked():
    for headers in (HTMX, {}):
        answer = part_or_page(asked(headers), "scenarios/_ending.html", "scenarios/_ending.html", {})
        assert answer.headers["Vary"] == "HX-Request"
