"""A page of material."""

import pytest
from django.test import Client

from checkpoint.core.content.library import Library

pytestmark = pytest.mark.usefixtures("mini_course")


def test_anybody_reads_a_chapter_and_the_database_is_not_asked(client: Client) -> None:
    page = client.get("/lessons/chapter-01/").content.decode()
    assert "<h1>Know where you write</h1>" in page
    assert "Alice believed she was in staging." in page
    assert 'href="#context-check"' in page
    assert 'href="/guardrails/kube-context/"' in page
    assert "Q1: Checking the target" in page


def test_the_drawing_shows_the_chapters_own_guardrails_only(client: Client) -> None:
    page = client.get("/lessons/chapter-01/").content.decode()
    assert 'id="dg-h-gate-kube-context" data-guardrail="kube-context" data-state="here"' in page
    assert 'id="dg-h-gate-reconciliation" data-guardrail="reconciliation" data-state="idle"' in page


def test_the_drawing_shows_the_chapters_own_stage_as_the_place_where_one_is(client: Client) -> None:
    page = client.get("/lessons/chapter-01/").content.decode()
    assert page.count('data-stage="workstation" data-state="open" aria-current="true"') == 2
    assert 'data-state="open" aria-current' not in client.get("/lessons/chapter-02/").content.decode()


def test_a_page_shows_one_pipeline_only(client: Client) -> None:
    assert 'class="spine"' not in client.get("/lessons/chapter-01/").content.decode()


def test_a_chapter_leads_to_the_next_and_the_previous_one(client: Client) -> None:
    page = client.get("/lessons/chapter-02/").content.decode()
    assert 'rel="prev" href="/lessons/checkpoint-m/"' in page
    assert 'rel="next"' not in page


def test_a_preview_says_that_it_is_one(client: Client, mini_course: Library) -> None:
    kinds = {slug: lesson.facts.kind for slug, lesson in mini_course.lessons.items()}
    preview = next(slug for slug, kind in kinds.items() if kind == "preview")
    assert '<span class="tag">Preview</span>' in client.get(f"/lessons/{preview}/").content.decode()
    assert '<span class="tag">Preview</span>' not in client.get("/lessons/chapter-01/").content.decode()


def test_the_checkpoint_opens_a_stage_and_lists_the_questions(client: Client) -> None:
    page = client.get("/lessons/checkpoint-m/?stage=cluster").content.decode()
    assert 'id="stage-detail"' in page
    assert "The running workloads." in page
    assert "When and why do you check the context" in page


def test_htmx_gets_the_checkpoints_stage_alone(client: Client) -> None:
    answer = client.get("/lessons/checkpoint-m/?stage=cluster", headers={"HX-Request": "true"})
    assert "The running workloads." in answer.content.decode()
    assert "<h1>" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/lessons/chapter-99/", "/lessons/checkpoint-m/?stage=moon"])
def test_what_is_not_in_the_course_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_chapter_is_only_read(client: Client) -> None:
    assert client.post("/lessons/chapter-01/").status_code == 405
