"""Small things every request needs: caches told off, the day of a visit, sign-in under htmx."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from checkpoint.accounts.actions import note_visit
from checkpoint.accounts.models import User
from checkpoint.parts import htmx_of

Respond = Callable[[HttpRequest], HttpResponse]


def own_pages(get_response: Respond) -> Respond:
    """Keeps pages made for one person out of every cache, also that of a browser others use next.

    A page may say better itself; signing out empties what the browser has kept.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return respond


def visits(get_response: Respond) -> Respond:
    """Keeps `User.last_seen_on`, the one write a plain visit causes, once a day."""

    def respond(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            note_visit(user=request.user, today=timezone.localdate())
        return get_response(request)

    return respond


def sign_in_under_htmx(get_response: Respond) -> Respond:
    """Turns "go and sign in" into 401 with HX-Redirect, so that no form lands inside a page.

    The way back is the page that asked, not the part it asked for.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 302 or not htmx_of(request):
            return response
        sign_in = resolve_url("account_login")
        if _path(response) == sign_in:
            way_back = htmx_of(request).current_url_abs_path or "/"
            return HttpResponse(
                status=401, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': way_back})}"}
            )
        return response

    return respond


def _path(response: HttpResponse) -> str:
    return response.headers["Location"].partition("?")[0]
