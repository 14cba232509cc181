"""The guardrail reference."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def _found(client: Client, query: str) -> list[str]:
    page = client.get(f"/guardrails/{query}").content.decode()
    return [slug for slug in ("kube-context", "reconciliation") if f'href="/guardrails/{slug}/"' in page]


def test_all_guardrails_are_listed_in_line_order(client: Client) -> None:
    page = client.get("/guardrails/").content.decode()
    assert page.index("/guardrails/kube-context/") < page.index("/guardrails/reconciliation/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=wrong+cluster", ["kube-context"]),
        ("?q=DRIFT", ["reconciliation"]),
        ("?q=guard-kube", ["kube-context"]),
        ("?q=chapter+01", ["kube-context", "reconciliation"]),
        ("?q=--no-verify", ["kube-context"]),
        ("?stage=cluster", ["reconciliation"]),
        ("?chapter=chapter-01&stage=workstation", ["kube-context"]),
        ("?chapter=chapter-02", []),
        ("?q=drift&stage=workstation", []),
    ],
)
def test_words_stages_and_chapters_narrow_the_list(client: Client, query: str, found: list[str]) -> None:
    assert _found(client, query) == found


def test_nothing_found_offers_a_way_on(client: Client) -> None:
    page = client.get("/guardrails/?q=vault").content.decode()
    assert "No guardrail matches “vault”" in page
    assert "Clear the search" in page


def test_a_filter_keeps_the_words_and_the_other_filter(client: Client) -> None:
    page = client.get("/guardrails/?q=drift&chapter=chapter-01").content.decode()
    assert 'href="/guardrails/?q=drift&amp;stage=cluster&amp;chapter=chapter-01"' in page
    assert '<input type="hidden" name="chapter" value="chapter-01">' in page
    assert 'href="/guardrails/?q=drift" ' in page


def test_htmx_gets_the_list_the_filters_and_the_count(client: Client) -> None:
    answer = client.get("/guardrails/?q=drift&stage=", headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "<main" not in part
    assert part.lstrip().startswith('<section id="gr-list"')
    assert '<div hx-swap-oob="innerHTML:#live">1 guardrail</div>' in part
    assert answer.headers["HX-Push-Url"] == "/guardrails/?q=drift"
    assert "HX-Request" in answer.headers["Vary"]


def test_what_somebody_types_is_shown_as_text(client: Client) -> None:
    page = client.get("/guardrails/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_any_query_is_answered(client: Client) -> None:
    for query in ("\0", "x" * 5000, "🐙", "%", "‮"):
        assert client.get("/guardrails/", {"q": query, "stage": query, "chapter": query}).status_code == 200


def test_the_list_is_only_read(client: Client) -> None:
    assert client.post("/guardrails/").status_code == 405
