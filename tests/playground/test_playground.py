"""The playground: a bad change against a set of guardrails, its state in the address."""

import pytest
from django.test import Client

HTMX = {"HX-Request": "true"}


def _page(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(f"/playground/{query}", headers=headers or None)
    assert answer.status_code == 200
    return answer.content.decode()


def _row(page: str, guardrail: str) -> str:
    """What the page says beside one switch."""
    after = page.partition(f'id="why-{guardrail}"')[2]
    return after.partition("</li>")[0]


def test_at_first_every_guardrail_is_on(client: Client) -> None:
    page = _page(client)
    assert "2 of 2 on" in page
    assert page.count("checked aria-label=") == 2
    assert "The unlooked write didn’t leave the Workstation. guard-kube-context.sh caught it." in page


def test_a_guardrail_that_caught_it_is_quoted(client: Client) -> None:
    row = _row(_page(client), "kube-context")
    assert "Caught it" in row
    assert "<code>[guard-kube] context mismatch</code>" in row
    assert "Not reached" in _row(_page(client), "reconciliation")


def test_switched_off_it_is_told_what_it_would_have_done(client: Client) -> None:
    page = _page(client, "?change=unlooked&off=kube-context")
    assert "1 of 2 on" in page
    assert "went around the line and arrived" in page
    assert "Production runs twice as much. Ben notices nothing." in page
    assert "One guardrail that is off would have caught it." in page
    row = _row(page, "kube-context")
    assert "Switched off" in row and "Would have caught it." in row and "context mismatch" in row
    assert "Nothing here is in Git." in _row(page, "reconciliation")


def test_what_is_left_is_said(client: Client) -> None:
    assert "if it were off, nothing on the line would be left" in _page(client)


def test_the_lines_that_were_typed_are_shown_with_what_they_printed(client: Client) -> None:
    page = _page(client)
    assert "<code>scripts/guard-kube-context.sh --context staging --namespace app</code>" in page
    assert "Ended with exit code 1" in page
    assert "kubectl scale" not in page
    assert "kubectl scale deployment" in _page(client, "?change=unlooked&off=kube-context")


def test_it_leads_on_to_exercise_question_and_chapter(client: Client) -> None:
    page = _page(client)
    for link in ("scenarios/wrong-target", "selfcheck/target", "lessons/chapter-01", "playground/matrix"):
        assert f'href="/{link}/"' in page


def test_the_form_leads_to_the_address_of_its_state(client: Client) -> None:
    answer = client.get("/playground/?switches=1&change=unlooked&on=reconciliation")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/playground/?change=unlooked&off=kube-context"
    answer = client.get("/playground/?switches=1&change=unlooked")
    assert answer.headers["Location"] == "/playground/?change=unlooked&off=kube-context&off=reconciliation"


def test_htmx_gets_what_changed_and_the_address(client: Client) -> None:
    answer = client.get("/playground/?switches=1&change=unlooked&on=reconciliation", headers=HTMX)
    part = answer.content.decode()
    assert part.lstrip().startswith('<section class="plate" id="outcome"')
    assert "<main" not in part and "<input" not in part
    for name in ("why-kube-context", "did-kube-context", "gates-on", "all-on", "typed", "onward"):
        assert f'id="{name}"' in part
    assert part.count('hx-swap-oob="true"') == 8
    assert answer.headers["HX-Push-Url"] == "/playground/?change=unlooked&off=kube-context"
    assert "HX-Request" in answer.headers["Vary"]


def test_the_same_state_is_the_same_part_within_the_page(client: Client) -> None:
    query = "?change=unlooked&off=kube-context"
    part = _page(client, query, **HTMX)
    outcome = part[: part.index("</section>")]
    assert outcome in _page(client, query)


@pytest.mark.parametrize("query", ["?change=nothing", "?change=../unlooked", "?change=unlooked%00"])
def test_a_change_that_isnt_there_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"/playground/{query}").status_code == 404


def test_guardrails_that_arent_there_change_nothing(client: Client) -> None:
    query = "?change=unlooked&off=%3Cscript%3Ealert(1)%3C/script%3E&off=kube-context"
    page = _page(client, query)
    assert "<script>alert" not in page
    assert "1 of 2 on" in page


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/playground/").status_code == 405


def test_anybody_may_see_it_and_no_query_is_asked(client: Client) -> None:
    """Without the fixture `db` a query would be an error."""
    assert client.get("/playground/").status_code == 200


def test_guardrail_and_pipeline_pages_lead_here(client: Client) -> None:
    page = client.get("/guardrails/kube-context/").content.decode()
    assert 'href="/playground/?change=unlooked&amp;off=kube-context"' in page
    assert 'href="/playground/"' in client.get("/pipeline/").content.decode()
