"""The overview, search, help, health and the error pages."""

import logging
import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.html import escape
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.models import User
from checkpoint.background.queries import worker_seen
from checkpoint.core.content.library import Library
from checkpoint.core.content.places import checkpoint_place, stage_detail
from checkpoint.core.content.search import MAX_QUERY, Found, Result
from checkpoint.core.content.search import search as search_in
from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.overview.assigned import open_assignments
from checkpoint.overview.frame import frame_of
from checkpoint.overview.progress import rechecked_lately
from checkpoint.overview.queries import database_answers
from checkpoint.overview.work import work_of
from checkpoint.parts import htmx_of
from checkpoint.scenarios.queries import scenario_rows
from checkpoint.selfcheck.decisions.queries import OnMine, unread_decisions
from checkpoint.selfcheck.queries.attempts import drafted_questions

RESULTS = 30
KINDS = {
    "lesson": "Chapters",
    "guardrail": "Guardrails",
    "stage": "Stages",
    "question": "Questions",
    "scenario": "Scenarios",
    "change": "Playground",
    "term": "Glossary",
}

logger = logging.getLogger("checkpoint.errors")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The learner's place in the course; `?stage=` opens another stage than their own."""
    library, frame = get_library(), frame_of(request)
    slug = request.GET.get("stage") or frame.stage or next(iter(library.stages))
    if slug not in library.stages:
        raise Http404
    context = {
        "detail": stage_detail(library, slug),
        "stage_link": "/?stage={}",
        "page_title": library.course.title,
    }
    if htmx_of(request):
        response = render(request, "pipeline/_opened.html", context)
    else:
        context |= {
            "library": library,
            "place": checkpoint_place(library),
            "next_block": library.lessons[library.course.next_block],
            "work": work_of(library, frame.standings),
            "scenarios": scenario_rows(frame.user.pk if frame.user else None),
            "drafted": drafted_questions(frame.user.pk) if frame.user else {},
            "assigned": open_assignments(frame) if frame.user else None,
            "rechecked": rechecked_lately(frame.user.pk) if frame.user else (),
            "unread": _unread(frame.user, library) if frame.user else (),
        }
        response = render(request, "overview/overview.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _unread(user: User, library: Library) -> list[tuple[Question, OnMine]]:
    """What people decided about the learner's answers since they last looked."""
    found = unread_decisions(user.pk, library.questions)
    return [(library.questions[one.question], one) for one in found]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything in the course that holds the words of `?q=`, grouped by kind, best first."""
    library = get_library()
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:MAX_QUERY]
    found = search_in(library.index, words, RESULTS)
    context = {"library": library, "words": words, "found": found, "groups": _grouped(found)}
    if htmx_of(request):
        response = render(request, "search/_found.html", context)
        response.headers["HX-Push-Url"] = f"{reverse('search')}?{urlencode({'q': words})}"
    else:
        response = render(request, "search/search.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _grouped(found: Found) -> list[tuple[str, list[Result]]]:
    """Results by kind; the kind with the best result comes first."""
    groups: dict[str, list[Result]] = {}
    for result in found.results:
        groups.setdefault(KINDS[result.kind], []).append(result)
    return list(groups.items())


@require_safe
def keyboard(request: HttpRequest) -> HttpResponse:
    return render(request, "help/keyboard.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "help/accessibility.html")


# --- Health -----------------------------------------------------------------------


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive; asks nothing else."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and the content is loaded."""
    waiting = [] if database_answers() else ["the database doesn't answer or isn't migrated"]
    try:
        get_library()
    except Exception:
        logger.exception("The content can't be served")
        waiting.append("the content can't be served")
    words = f"not ready: {'; '.join(waiting)}\n" if waiting else f"ready\n{_worker_words()}\n"
    return HttpResponse(words, content_type="text/plain", status=503 if waiting else 200)


def _worker_words() -> str:
    """Pages are served without a worker too, so its absence is told, and is no reason to be replaced."""
    worker = worker_seen(timezone.now())
    if worker.is_there:
        return "the worker is there"
    seen = f"since {worker.seen_at:%Y-%m-%d %H:%M} UTC" if worker.seen_at else "yet"
    return f"no worker was seen {seen}: mails and regrading wait (manage.py work)"


# --- Errors -----------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not a request this site understands; or more text than it reads, which has a status of its own."""
    too_long = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"too_long": too_long}, status=413 if too_long else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or cookies that are off."""
    logger.warning("CSRF: %s (%s)", reason, escape_uri_path(request.path))
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs no database, no content and no manifest; its number is in the log."""
    number = f"{secrets.token_hex(2)}-{secrets.token_hex(1)}"
    path = escape_uri_path(request.path)
    logger.error("Error %s at %s %s", number, request.method, path, exc_info=True)
    page = (settings.BASE_DIR / "templates" / "500.html").read_text(encoding="utf-8")
    page = page.replace("[number]", number).replace("[static]", escape(settings.STATIC_URL))
    return HttpResponse(page, status=500)
