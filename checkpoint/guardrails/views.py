"""The guardrail reference: the list with its filters, and one guardrail."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from checkpoint.core.content.library import Library
from checkpoint.core.content.places import asking, practising, stages_of, standing_at
from checkpoint.core.content.types import Guardrail
from checkpoint.guardrails.finder import Wish, find
from checkpoint.kept import kept
from checkpoint.library import get_library
from checkpoint.parts import htmx_of

LONGEST_QUERY = 200


@require_safe
def guardrails(request: HttpRequest) -> HttpResponse:
    """All guardrails, or those that match `?q=&stage=&chapter=`."""
    library, wish = get_library(), _wish(request)
    context = {
        "library": library,
        "wish": wish,
        "number": len(find(library, wish)),
        "list": _list(library.fingerprint, wish),
        "chips": _chips(library, wish),
    }
    if htmx_of(request):
        response = render(request, "guardrails/_found.html", context)
        response.headers["HX-Push-Url"] = reverse("guardrails") + wish.query()
    else:
        response = render(request, "guardrails/guardrails.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@kept
def _list(_fingerprint: str, wish: Wish) -> SafeString:
    library = get_library()
    return render_to_string("guardrails/_list.html", {"found": find(library, wish), "wish": wish})


def _wish(request: HttpRequest) -> Wish:
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUERY]
    return Wish(words, request.GET.get("stage", ""), request.GET.get("chapter", ""))


def _chips(library: Library, wish: Wish) -> list[dict[str, Any]]:
    """Two rows of filters, each chip a link to the list with that part changed."""
    chapters = [
        slug
        for slug in library.lessons
        if any(slug in guardrail.facts.chapters for guardrail in library.guardrails.values())
    ]
    return [
        {
            "label": "Filter by stage",
            "chips": [
                _chip("stage", "", "All stages", wish.stage, wish),
                *(_chip("stage", s.slug, s.title, wish.stage, wish) for s in library.stages.values()),
            ],
        },
        {
            "label": "Filter by chapter",
            "chips": [
                _chip("chapter", "", "All chapters", wish.chapter, wish),
                *(
                    _chip("chapter", slug, f"Ch {library.lessons[slug].facts.number}", wish.chapter, wish)
                    for slug in chapters
                ),
            ],
        },
    ]


def _chip(part: str, value: str, title: str, chosen: str, wish: Wish) -> dict[str, Any]:
    url = reverse("guardrails") + wish.query(**{part: value})
    return {"id": f"chip-{part}-{value or 'all'}", "title": title, "url": url, "current": value == chosen}


@require_safe
def guardrail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one guardrail."""
    library = get_library()
    if slug not in library.guardrails:
        raise Http404
    found = library.guardrails[slug]
    context = _facts(library, found) | {
        "library": library,
        "body": _body(library.fingerprint, slug),
        "just_this": (found,),
        "diagram_title": f"Where {found.facts.short} stands: {standing_at(library, found)}.",
        "questions": asking(library, found.facts.skills),
        "scenarios": practising(library, found.facts.skills),
        "changes": [one.change for one in library.changes.values() if slug in one.change.guardrails],
    }
    return render(request, "guardrails/guardrail.html", context)


@kept
def _body(_fingerprint: str, slug: str) -> SafeString:
    """What the page says about a guardrail, the same for everybody."""
    library = get_library()
    return render_to_string("guardrails/_body.html", _facts(library, library.guardrails[slug]))


def _facts(library: Library, guardrail: Guardrail) -> dict[str, Any]:
    order = list(library.guardrails.values())
    place = order.index(guardrail)
    return {
        "guardrail": guardrail,
        "stages": [library.stages[stage] for stage in stages_of(guardrail)],
        "chapters": [library.lessons[chapter] for chapter in guardrail.facts.chapters],
        "number": place + 1,
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
