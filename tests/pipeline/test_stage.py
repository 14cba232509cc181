"""One stage of the line."""

import re

import pytest
from django.test import Client

from tests.builders import make_judged, make_learner, signed_in
from tests.markup import close_up

pytestmark = pytest.mark.usefixtures("mini_course")


def test_a_stage_says_what_stands_guard_and_what_gets_past(client: Client) -> None:
    page = client.get("/pipeline/workstation/").content.decode()
    assert '<a href="/guardrails/kube-context/">The context check</a>' in page
    assert "A write made without running <code>guard-kube-context.sh</code>" in page
    assert '<a href="/selfcheck/target/">Q1: Checking the target</a>' in page
    assert '<a href="/scenarios/wrong-target/">The wrong target</a>' in page
    assert '<a href="/lessons/chapter-01/">Reread chapter 01</a>' in page


def test_every_stage_is_a_link_and_the_open_one_is_marked(client: Client) -> None:
    page = client.get("/pipeline/cluster/").content.decode()
    links = re.findall(r'<a class="dg-stage" href="([^"]+)"', page)
    assert links == ["/pipeline/workstation/", "/pipeline/cluster/"] * 2
    assert len(re.findall(r'data-stage="cluster" data-state="open" aria-current="true"', page)) == 2


def test_htmx_gets_the_stage_with_the_drawings_stages_out_of_band(client: Client) -> None:
    answer = client.get("/pipeline/cluster/", headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "<main" not in part
    assert part.count('id="stage-detail"') == 1
    assert '<g id="dg-h-stages" hx-swap-oob="true">' in part
    assert '<g id="dg-v-stages" hx-swap-oob="true">' in part
    assert "<title>Cluster · The small pipeline · Checkpoint</title>" in part
    assert "HX-Request" in answer.headers["Vary"]


def test_page_and_part_say_the_same_about_a_stage(client: Client) -> None:
    box = re.compile(r'<div class="stagebox".*?</dl></div>', re.DOTALL)
    page = client.get("/pipeline/cluster/").content.decode()
    part = client.get("/pipeline/cluster/", headers={"HX-Request": "true"}).content.decode()
    both = [box.search(close_up(one)) for one in (page, part)]
    assert both[0] and both[1] and both[0][0] == both[1][0]


def test_a_guardrail_is_named_once_by_the_list_or_else_beside_it(client: Client) -> None:
    listed = client.get("/pipeline/workstation/", headers={"HX-Request": "true"}).content.decode()
    assert listed.count('href="/guardrails/kube-context/"') == 1
    assert "Acts here too" not in listed
    beside = client.get("/pipeline/cluster/", headers={"HX-Request": "true"}).content.decode()
    assert '<dt>Acts here too</dt><dd><a href="/guardrails/reconciliation/">' in close_up(beside)


@pytest.mark.django_db
def test_a_stage_under_way_is_half_filled() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", "missing")
    page = signed_in(alice).get("/pipeline/cluster/").content.decode()
    assert page.count('data-stage="workstation" data-state="begun"') == 2
    assert page.count("dg-stage__half") == 2


@pytest.mark.django_db
def test_a_cleared_stage_is_ticked_for_the_learner_who_cleared_it() -> None:
    alice = make_learner("alice")
    make_judged(alice, "target", "met")
    page = signed_in(alice).get("/pipeline/cluster/").content.decode()
    assert 'data-stage="workstation" data-state="done"' in page
    assert 'aria-label="Workstation Ch 01, cleared. Show what guards it."' in page


def test_an_unknown_stage_is_not_found(client: Client) -> None:
    assert client.get("/pipeline/moon/").status_code == 404


def test_a_stage_is_only_read(client: Client) -> None:
    assert client.post("/pipeline/cluster/").status_code == 405
