"""The whole line."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def test_the_line_is_drawn_both_ways_and_told_in_words(client: Client) -> None:
    page = client.get("/pipeline/").content.decode()
    assert "<h1>The small pipeline</h1>" in page
    assert 'class="dg dg--h"' in page
    assert 'class="dg dg--v"' in page
    assert '<table class="t t--stack">' in page


def test_no_id_occurs_twice(client: Client) -> None:
    import re

    ids = re.findall(r'\sid="([^"]+)"', client.get("/pipeline/").content.decode())
    assert len(ids) == len(set(ids))


def test_without_a_stage_the_first_one_is_open(client: Client) -> None:
    page = client.get("/pipeline/").content.decode()
    assert '<h3 id="h-stage">Workstation' in page


def test_the_line_is_only_read(client: Client) -> None:
    assert client.post("/pipeline/").status_code == 405
