"""The playground: a bad change against a set of guardrails, and every change against each of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from checkpoint.library import get_library
from checkpoint.parts import htmx_of
from checkpoint.playground import prepared
from checkpoint.playground.pages import address_of, matrix_page, page_of
from checkpoint.playground.sendings import sendings


@require_safe
def playground(request: HttpRequest) -> HttpResponse:
    """`?change=&off=&off=`: the state is the address. The form's own `?on=` leads there."""
    known = get_library().changes
    slug = request.GET.get("change") or next(iter(known), "")
    if slug not in known:
        raise Http404("No such change.")
    off = _off(request)
    if "switches" in request.GET and not _wants_part(request):
        return redirect(address_of(slug, off))
    page = page_of(slug, off)
    if _wants_part(request):
        response = render(request, "playground/_sent.html", {"page": page, "part": True})
        response.headers["HX-Push-Url"] = page.address
    else:
        response = render(request, "playground/playground.html", {"page": page})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _off(request: HttpRequest) -> list[str]:
    """The guardrails that are switched off, in line order: named so, or left out by the form."""
    known = get_library().guardrails
    if "switches" in request.GET:
        on = set(request.GET.getlist("on"))
        return [slug for slug in known if slug not in on]
    named = set(request.GET.getlist("off"))
    return [slug for slug in known if slug in named]


@require_safe
def playground_matrix(request: HttpRequest) -> HttpResponse:
    """Who catches what, alone; `?work=1` works one more row out, if nobody else is at it."""
    if "work" in request.GET:
        _work_on()
        if not _wants_part(request):
            return redirect("playground-matrix")
    context = {"matrix": matrix_page()}
    name = "playground/_matrix.html" if _wants_part(request) else "playground/matrix.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _work_on() -> None:
    """One row at a time on this machine, whoever asks."""
    missing = next((one for one in sendings().values() if one.row() is None), None)
    if missing is None:
        return
    with prepared.alone() as mine:
        if mine and missing.row() is None:
            missing.work_out()


def _wants_part(request: HttpRequest) -> bool:
    return bool(htmx_of(request))
