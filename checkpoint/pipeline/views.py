"""The pipeline: the whole line, and one stage of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from checkpoint.core.content.places import stage_detail
from checkpoint.kept import kept
from checkpoint.library import get_library
from checkpoint.parts import htmx_of


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """The line, opened at its first stage."""
    return _page(request, next(iter(get_library().stages)))


@require_safe
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    """The line, opened at this stage; under htmx only the stage."""
    if slug not in get_library().stages:
        raise Http404
    return _page(request, slug)


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    library = get_library()
    detail = stage_detail(library, slug)
    context = {
        "detail": detail,
        "stage_link": "/pipeline/{}/",
        "page_title": f"{detail.stage.title} · {library.pipeline.title}",
    }
    if htmx_of(request):
        response = render(request, "pipeline/_opened.html", context)
    else:
        context |= {"library": library, "words": _words(library.fingerprint)}
        response = render(request, "pipeline/pipeline.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@kept
def _words(_fingerprint: str) -> SafeString:
    """The whole line as a table: what the drawing shows, for everybody alike."""
    library = get_library()
    stages = [stage_detail(library, each) for each in library.stages]
    return render_to_string("pipeline/_words.html", {"stages": stages})
