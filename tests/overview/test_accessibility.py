"""What the site does for everybody."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def test_the_page_says_what_works_and_what_does_not(client: Client) -> None:
    page = client.get("/help/accessibility/").content.decode()
    assert "<h1>Accessibility</h1>" in page
    assert "What we know isn’t good enough" in page


def test_the_page_is_only_read(client: Client) -> None:
    assert client.post("/help/accessibility/").status_code == 405
