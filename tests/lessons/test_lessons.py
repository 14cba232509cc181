"""The list of chapters."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def test_the_course_is_listed_in_its_order_in_three_parts(client: Client) -> None:
    page = client.get("/lessons/").content.decode()
    places = [page.index(f'href="/lessons/{slug}/"') for slug in ("chapter-01", "checkpoint-m", "chapter-02")]
    assert places == sorted(places)
    assert [part in page for part in ("Up to the cluster", "The checkpoint", "Inside the cluster")] == [
        True
    ] * 3


def test_the_list_is_only_read(client: Client) -> None:
    assert client.post("/lessons/").status_code == 405
