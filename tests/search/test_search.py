"""Searching the course."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def test_results_are_grouped_and_their_words_marked(client: Client) -> None:
    page = client.get("/search/?q=wrong+cluster").content.decode()
    assert "<h2>Chapters</h2>" in page
    assert "<h2>Guardrails</h2>" in page
    assert "<mark>" in page


def test_exercises_are_found_by_what_their_briefs_say(client: Client) -> None:
    page = client.get("/search/?q=ben+waits").content.decode()
    assert 'href="/scenarios/wrong-target/"' in page
    page = client.get("/search/?q=ana+scales").content.decode()
    assert 'href="/playground/?change=unlooked"' in page
    assert "@service@" not in page


def test_an_empty_search_says_what_can_be_found(client: Client) -> None:
    page = client.get("/search/").content.decode()
    assert "What are you looking for?" in page
    assert 'href="/search/?q=Reconciliation"' in page


def test_no_result_offers_other_words_and_the_glossary(client: Client) -> None:
    page = client.get("/search/?q=zzzzqqq").content.decode()
    assert "Nothing matches “zzzzqqq”" in page
    assert "Open the glossary" in page


def test_a_mistyped_word_is_mended_and_that_is_said(client: Client) -> None:
    page = client.get("/search/?q=kubeconfg").content.decode()
    assert "These have <b>kubeconfig</b>" in page


def test_htmx_gets_the_results_and_the_count(client: Client) -> None:
    answer = client.get("/search/?q=drift", headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "<main" not in part
    assert '<section id="results"' in part
    assert 'hx-swap-oob="innerHTML:#live"' in part
    assert answer.headers["HX-Push-Url"] == "/search/?q=drift"
    assert "HX-Request" in answer.headers["Vary"]


def test_what_somebody_types_is_shown_as_text(client: Client) -> None:
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_any_query_is_answered(client: Client) -> None:
    for query in ("\0", "x" * 5000, '"', "🐙 ‮", "-" * 300):
        assert client.get("/search/", {"q": query}).status_code == 200


def test_search_only_reads(client: Client) -> None:
    assert client.post("/search/").status_code == 405
