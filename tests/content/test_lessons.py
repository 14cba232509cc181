"""The course itself: whole, without a problem, and described for editors."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from checkpoint.core.content.addresses import FIGURE, PATTERNS, PRACTICE, Target, address
from checkpoint.core.content.library import Library, load_library
from checkpoint.core.content.schemas import schema_files

STORY = [
    "incident",
    "investigation",
    "risky-proposal",
    "guardrails",
    "safe-workflow",
    "evidence-and-rollback",
    "done-when",
]
BESIDES = {
    "chapter-01": ["context-check", "one-change", "plan-guard", "limits-of-the-guard"],
    "chapter-02": ["stale-and-fresh", "what-a-stale-plan-does", "plan-review", "drift", "state-and-locking"],
    "chapter-03": ["first-30-minutes", "encrypted-path", "key-rotation", "exposure", "hardening"],
    "chapter-04": ["tag-families", "image-policy", "image-automation", "promotion", "rollback", "digest"],
    "chapter-05": ["layers", "no-verify", "required-checks", "plan-approve-apply", "ai-review", "admission"],
}
"""Sections that every chapter has, in this order, and others that bookmarks may point at."""


@pytest.fixture(scope="module")
def course() -> Library:
    return load_library(settings.LESSONS_DIR)


def test_the_course_has_no_problem(course: Library) -> None:
    assert len(course.lessons) == 10


def test_the_line_has_its_stages_and_guardrails_in_order(course: Library) -> None:
    assert list(course.stages) == ["workstation", "git", "ci", "review", "flux", "cluster"]
    assert list(course.guardrails) == [
        "one-change-per-pr",
        "kube-context",
        "pre-commit",
        "terraform-plan",
        "plan-approve-apply",
        "sops-age",
        "gitops-reconciliation",
    ]


def test_the_questions_are_there_in_order(course: Library) -> None:
    assert [(question.id, slug) for slug, question in course.questions.items()] == [
        ("Q1", "context-verification"),
        ("Q2", "stale-plan"),
        ("Q3", "leaked-secret"),
        ("Q4", "image-selection"),
        ("Q5", "no-verify-bypass"),
    ]


@pytest.mark.parametrize("slug", BESIDES)
def test_a_chapter_tells_its_story_in_the_agreed_sections(course: Library, slug: str) -> None:
    anchors = [heading.anchor for heading in course.lessons[slug].page.headings]
    assert [anchor for anchor in anchors if anchor in STORY] == STORY
    assert set(BESIDES[slug]) <= set(anchors)


def test_every_term_of_the_glossary_is_explained_in_plain_words(course: Library) -> None:
    assert len(course.glossary) >= 41
    assert all(len(term.definition) > 30 for term in course.glossary.values())


def test_the_schemas_are_up_to_date() -> None:
    """If not: run `manage.py schemas` and commit the result."""
    folder = Path(settings.LESSONS_DIR) / "schemas"
    assert {file.name: file.read_text() for file in folder.iterdir()} == schema_files()


@pytest.mark.parametrize(
    ("kind", "view"),
    [("lesson", "lesson"), ("guardrail", "guardrail"), ("stage", "stage"), ("question", "question")],
)
def test_links_by_kind_lead_where_the_pages_are(kind: str, view: str) -> None:
    path = address(Target(kind, "some-slug"))
    assert path == reverse(view, args=["some-slug"])
    assert resolve(path).url_name == view


def test_links_to_terms_and_figures_lead_where_they_are() -> None:
    assert address(Target("term", "drift")) == reverse("glossary") + "#drift"
    assert FIGURE.format(lesson="chapter-01", name="x.svg") == reverse("figure", args=["chapter-01", "x.svg"])


def test_what_the_search_finds_to_practise_is_where_it_says() -> None:
    assert address(Target("scenario", "drift")) == reverse("scenario", args=["drift"])
    assert address(Target("change", "drift")) == reverse("playground") + "?change=drift"


def test_every_kind_of_link_is_proved_here() -> None:
    assert set(PATTERNS) == {"lesson", "guardrail", "stage", "question", "term"}
    assert set(PRACTICE) == {"scenario", "change"}
