"""Settings, the theme, and the way out to a sign-in service."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount import adapter as social
from allauth.socialaccount.models import SocialApp
from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from checkpoint.accounts.actions import change_settings, choose_theme
from checkpoint.accounts.forms import SettingsForm, ThemeForm
from checkpoint.accounts.models import Theme
from checkpoint.accounts.queries import sign_in_facts
from checkpoint.accounts.requests import PersonRequest

YEAR = 365 * 24 * 60 * 60
AFTER = {Theme.SYSTEM: Theme.LIGHT, Theme.LIGHT: Theme.DARK, Theme.DARK: Theme.SYSTEM}

View = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def settings(request: PersonRequest) -> HttpResponse:
    user = request.user
    form = SettingsForm(request.POST or None, initial=model_to_dict(user, SettingsForm.base_fields))
    if form.is_valid():
        change_settings(user=user, **form.cleaned_data)
        messages.success(request, "Your settings are saved.")
        return _with_theme_cookie(redirect("settings"), Theme(user.theme))
    services = social.get_adapter().list_providers(request)
    context = {"form": form, "facts": sign_in_facts(user), "services": services}
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    form = ThemeForm(request.POST)
    wish = form.cleaned_data["theme"] if form.is_valid() else ""
    chosen = Theme(wish or AFTER[_theme_now(request)])
    if request.user.is_authenticated:
        choose_theme(user=request.user, theme=chosen)
    return _with_theme_cookie(HttpResponseRedirect(_way_back(request)), chosen)


def _theme_now(request: HttpRequest) -> Theme:
    now = request.user.theme if request.user.is_authenticated else request.COOKIES.get("theme")
    return Theme(now) if now in Theme.values else Theme.SYSTEM


def _with_theme_cookie(response: HttpResponse, chosen: Theme) -> HttpResponse:
    """The cookie keeps the theme on pages shown while signed out."""
    response.set_cookie("theme", chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=site.HTTPS)
    return response


def _way_back(request: HttpRequest) -> str:
    wish = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure()):
        return wish
    return "/"


def again_if_taken(view: View) -> View:
    """Of two forms sent at once the second finds what the first has made, and says so."""

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except IntegrityError:
            return view(request, *args, **kwargs)

    return sent


def unknown_service(request: HttpRequest, other: str) -> HttpResponse:
    """Not an address that any service could have: no database is asked for it."""
    raise Http404(other)


def leave_by_page(view: View) -> View:
    """Lead to a sign-in service by a page instead of a redirect.

    Browsers hold the redirects of a form to the `form-action` rule, which allows our own
    address only. A service that isn't set up is not found.
    """

    @wraps(view)
    def leave(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except SocialApp.DoesNotExist as unknown:
            raise Http404 from unknown
        if request.method == "POST" and response.status_code == 302:
            return render(request, "accounts/leave.html", {"to": response.headers["Location"]})
        return response

    return leave
