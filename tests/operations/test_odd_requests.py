"""Whatever stands in an address, a query or a form: every page answers, and none with an error of ours.

The names of what pages read come from the code itself, so a new one is tried too.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings

import checkpoint
from checkpoint.operations.addresses import Address, addresses
from checkpoint.operations.permissions import Kind
from tests.conftest import MINI_LESSONS
from tests.operations.test_permissions import World, make_world

pytestmark = pytest.mark.django_db

_READ = re.compile(r'\.(?:get|getlist)\("([a-z_]+)"')
_FIELD = re.compile(r"^    ([a-z_]+) = (?:forms\.|ExactField|DueField)", re.MULTILINE)
SOURCES = [path.read_text() for path in Path(checkpoint.__file__).parent.rglob("*.py")]
NAMES = sorted({name for text in SOURCES for found in (_READ, _FIELD) for name in found.findall(text)})
ODD = {
    "NUL": b"\0",
    "a digit to isdigit() alone": "²".encode(),
    "no id": str(2**63).encode(),
    "no text": b"\xff",
}
SITE = [one for one in addresses() if not one.pattern.startswith("admin/")]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), override_settings(LESSONS_DIR=MINI_LESSONS), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def asked(world: World, address: Address, method: str, place: str, words: str = "") -> HttpResponseBase:
    """By somebody for whom the page is: learners for their own work, the cohort's owner for the rest."""
    own = address.pattern.startswith(("selfcheck/", "scenarios/"))
    browser = Client(raise_request_exception=False)
    browser.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[Kind.LEARNER if own else Kind.OWNER]
    form = "application/x-www-form-urlencoded"
    with transaction.atomic():
        response = (
            browser.get(f"{place}?{words}")
            if method == "GET"
            else browser.post(place, words, content_type=form)
        )
        transaction.set_rollback(True)
    return response


def test_the_names_are_those_that_pages_read() -> None:
    assert {"page", "question", "email", "path", "content", "member", "roster", "about"} <= set(NAMES)


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_odd_values_in_queries_and_forms_are_answered(world: World, method: str, value: bytes) -> None:
    words = urlencode(dict.fromkeys(NAMES, value))
    found = {one.shown: asked(world, one, method, world.place(one), words).status_code for one in SITE}
    assert [place for place, status in found.items() if status >= 500] == []


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_odd_values_in_addresses_are_answered(world: World, value: bytes) -> None:
    odd, wrong = quote(value), []
    for address in SITE:
        for changed in address.variables:
            real = {one: odd if one == changed else world.value(address, one) for one in address.variables}
            if asked(world, address, "GET", address.filled(real.__getitem__)).status_code >= 500:
                wrong.append(f"{address.shown}, its {changed}")
    assert wrong == []
