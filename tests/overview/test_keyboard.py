"""The list of keyboard shortcuts."""

import pytest
from django.test import Client

from tests.builders import make_learner, signed_in

pytestmark = pytest.mark.usefixtures("mini_course")


def test_every_shortcut_is_listed(client: Client) -> None:
    page = client.get("/help/keyboard/").content.decode()
    for key in ("/", "?", "g", "o", "q", "s", "y", "r", "p", "Enter"):
        assert f"<kbd>{key}</kbd>" in page


@pytest.mark.django_db
def test_somebody_signed_in_learns_whether_single_keys_are_on() -> None:
    alice = make_learner("alice", single_key_shortcuts=False)
    assert "They’re off for you" in signed_in(alice).get("/help/keyboard/").content.decode()


def test_the_list_is_only_read(client: Client) -> None:
    assert client.post("/help/keyboard/").status_code == 405
