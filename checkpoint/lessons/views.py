"""The course's lessons, their figures and the glossary."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from checkpoint.core.content.library import Library
from checkpoint.core.content.places import (
    chapter_name,
    checkpoint_place,
    guardrails_from,
    neighbours,
    questions_about,
    ribbon,
    stage_detail,
)
from checkpoint.core.content.types import Lesson
from checkpoint.kept import kept
from checkpoint.library import get_library
from checkpoint.parts import htmx_of

PARTS = (
    ("done", "Up to the cluster", "How code gets there, and what stands in the way of a bad change."),
    ("here", "The checkpoint", "What you have built, and whether you can explain it."),
    ("ahead", "Inside the cluster", "How workloads behave once they run."),
)


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """The whole course in order: before the checkpoint, the checkpoint, and after it."""
    library = get_library()
    parts = [
        {"title": title, "words": words, "lessons": [i.lesson for i in ribbon(library) if i.state == state]}
        for state, title, words in PARTS
    ]
    return render(request, "lessons/lessons.html", {"library": library, "parts": parts})


@require_safe
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of material; the checkpoint's also opens the stages of the line."""
    library = get_library()
    if slug not in library.lessons:
        raise Http404
    context = _reading(library, library.lessons[slug]) | {"cols": _cols(library.fingerprint, slug)}
    template = "lessons/lesson.html"
    if context["lesson"].facts.kind == "checkpoint":
        template = "lessons/checkpoint.html"
        context |= _opened_stage(library, slug, request.GET.get("stage", ""))
        if htmx_of(request):
            template = "pipeline/_opened.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _reading(library: Library, lesson: Lesson) -> dict[str, Any]:
    before, after = neighbours(library, lesson.slug)
    return {
        "library": library,
        "lesson": lesson,
        "last_chapter": next(
            (x.facts.number for x in reversed(list(library.lessons.values())) if x.facts.number), ""
        ),
        "guardrails": guardrails_from(library, lesson),
        "stage": next((slug for slug, stage in library.stages.items() if stage.chapter == lesson.slug), ""),
        "diagram_title": _diagram_title(library, lesson),
        "questions": questions_about(library, lesson),
        "before": before,
        "after": after,
    }


@kept
def _cols(_fingerprint: str, slug: str) -> SafeString:
    """Everything below the head of a lesson, the same for everybody."""
    library = get_library()
    return render_to_string("lessons/_cols.html", _reading(library, library.lessons[slug]))


def _diagram_title(library: Library, lesson: Lesson) -> str:
    stages = [library.stages[slug].title for slug in lesson.facts.stages]
    where = f": {' and '.join(stages)}" if stages else ""
    return f"{chapter_name(lesson)} on the pipeline{where}. Each stage is a link."


def _opened_stage(library: Library, slug: str, wish: str) -> dict[str, Any]:
    if wish and wish not in library.stages:
        raise Http404
    detail = stage_detail(library, wish or next(iter(library.stages)))
    return {
        "detail": detail,
        "stage_link": f"/lessons/{slug}/?stage={{}}",
        "page_title": library.lessons[slug].facts.title,
        "place_words": checkpoint_place(library),
    }


@require_safe
def figure(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A picture of a lesson, as data only: nothing in it may run or load."""
    found = get_library().figures.get((slug, name))
    if found is None:
        raise Http404
    response = HttpResponse(found.content, content_type=found.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the course, by letter."""
    terms = sorted(get_library().glossary.values(), key=lambda term: term.term.casefold())
    letters = [(letter, list(group)) for letter, group in groupby(terms, lambda term: term.term[0].upper())]
    return render(request, "lessons/glossary.html", {"letters": letters})
