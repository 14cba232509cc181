"""What is due for one person, as a page and as a calendar for other programs."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.assignments import actions, queries
from checkpoint.assignments.due import WORDS, Due, said
from checkpoint.assignments.ics import Moment
from checkpoint.assignments.ics import calendar as as_file


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def calendar(request: PersonRequest) -> HttpResponse:
    """What I am asked to do; POST makes the calendar's address, a new one, or none."""
    if request.method == "POST":
        return _change(request)
    return _calendar_page(request)


def _change(request: PersonRequest) -> HttpResponse:
    wish = request.POST.get("do", "")
    if wish == "renew":
        actions.renew_calendar(user=request.user)
        messages.success(request, "The calendar has a new address. One you had before no longer works.")
    elif wish == "revoke":
        actions.revoke_calendar(user=request.user)
        messages.success(request, "The calendar’s address no longer works.")
    else:
        return _calendar_page(request, status=422)
    return redirect("calendar")


def _calendar_page(request: PersonRequest, status: int = 200) -> HttpResponse:
    now, key = timezone.now(), queries.calendar_key(request.user.pk)
    dues = queries.with_done(request.user.pk, queries.assigned_to(request.user.pk))
    context = {
        "dues": [(due, WORDS[due.state(now)], due.state(now)) for due in dues],
        "address": request.build_absolute_uri(reverse("calendar-file", args=[key])) if key else "",
        "zone": settings.TIME_ZONE,
    }
    return render(request, "assignments/calendar.html", context, status=status)


@require_safe
@never_cache
def calendar_file(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is due for whoever's address it is; knowing it is the permission."""
    user_id = queries.calendar_owner(key)
    if user_id is None:
        raise Http404
    return calendar_response("Checkpoint", queries.assigned_to(user_id), "checkpoint.ics")


def calendar_response(name: str, dues: Iterable[Due], file: str) -> HttpResponse:
    """Only what has a date; a calendar has no place for the rest."""
    moments = [_moment(due, due.due_at) for due in dues if due.due_at]
    response = HttpResponse(
        as_file(name, moments, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'inline; filename="{file}"'
    return response


def _moment(due: Due, at: datetime) -> Moment:
    host = urlsplit(settings.SITE_URL).hostname or "checkpoint"
    address = settings.SITE_URL + due.task.address
    return Moment(
        uid=f"assignment-{due.assignment_id}@{host}",
        at=at,
        title=f"Due: {due.task.name}",
        text=f"{due.cohort}. Due {said(at)}.\n{address}",
        address=address,
    )
