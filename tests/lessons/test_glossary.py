"""The words of the course."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def test_every_term_has_its_own_anchor_and_its_other_names(client: Client) -> None:
    page = client.get("/lessons/glossary/").content.decode()
    assert '<div id="context">' in page
    assert "also current context" in page
    assert '<div id="kubeconfig">' in page


def test_a_term_says_in_words_where_to_read_on(client: Client) -> None:
    page = client.get("/lessons/glossary/").content.decode()
    assert 'href="/lessons/chapter-01/#context-check">Chapter 01, Check before each write</a>' in page


def test_letters_lead_to_their_words(client: Client) -> None:
    page = client.get("/lessons/glossary/").content.decode()
    assert 'href="#letter-k"' in page
    assert 'id="letter-k"' in page


def test_the_glossary_is_only_read(client: Client) -> None:
    assert client.post("/lessons/glossary/").status_code == 405
