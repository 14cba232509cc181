"""One guardrail."""

import pytest
from django.test import Client

from tests.builders import make_judged, make_learner, signed_in

pytestmark = pytest.mark.usefixtures("mini_course")


def test_a_guardrail_says_its_facts_and_its_place(client: Client) -> None:
    page = client.get("/guardrails/kube-context/").content.decode()
    assert "<h1>Context check</h1>" in page
    assert "<dd>Writes to the wrong cluster</dd>" in page
    assert '<dd><a href="/guardrails/reconciliation/">Reconciliation</a></dd>' in page
    assert '<a href="/pipeline/workstation/">Workstation</a>' in page
    assert "Where guard-kube-context.sh stands: after Workstation, before Cluster." in page


def test_only_this_guardrail_is_marked_in_the_drawing(client: Client) -> None:
    page = client.get("/guardrails/reconciliation/").content.decode()
    assert 'data-guardrail="reconciliation" data-state="here"' in page
    assert 'data-guardrail="kube-context" data-state="idle"' in page


def test_guardrails_lead_along_the_line(client: Client) -> None:
    first = client.get("/guardrails/kube-context/").content.decode()
    assert 'rel="next" href="/guardrails/reconciliation/"' in first
    assert 'rel="prev"' not in first


@pytest.mark.django_db
def test_a_learner_sees_how_they_stand_at_its_question() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", {"Q1.1": "met", "Q1.2": "missing"}, level="almost")
    page = signed_in(alice).get("/guardrails/kube-context/").content.decode()
    assert "Q1: Checking the target</a>, 1 of 2 criteria" in page


def test_an_unknown_guardrail_is_not_found(client: Client) -> None:
    assert client.get("/guardrails/moat/").status_code == 404


def test_a_guardrail_is_only_read(client: Client) -> None:
    assert client.post("/guardrails/kube-context/").status_code == 405


def test_what_is_said_and_done_about_it_is_one_link_away(client: Client) -> None:
    page = client.get("/guardrails/kube-context/").content.decode()
    assert '<a href="/selfcheck/target/">' in page and '<a href="/scenarios/wrong-target/">' in page
    other = client.get("/guardrails/reconciliation/").content.decode()
    assert "Check yourself" not in other and "Do it yourself" not in other
