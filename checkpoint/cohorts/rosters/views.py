"""The page where a roster is pasted or read from a file, tried and sent."""

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.cohorts.rosters import actions, queries
from checkpoint.cohorts.rosters.reading import (
    MOST_BYTES,
    MOST_LINES,
    UnreadableError,
    read_roster,
    refuse_roles,
    text_of,
)
from checkpoint.cohorts.views import render_page
from checkpoint.files import takes_file

ROSTER_LIMIT = {"roster": "60/h/user"}
"""Nobody pastes more lists for a good reason."""


@takes_file(MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.MANAGE_PEOPLE)
@never_cache
def cohort_roster(request: PersonRequest, membership: Membership) -> HttpResponse:
    """POST shows what each line would do; with `do=invite` it is done. A file is always looked at first."""
    if request.method != "POST":
        return _roster_page(request, membership)
    if _tried_too_often(request):
        return respond_429(request)  # type: ignore[no-any-return]
    text, file = request.POST.get("roster", ""), request.FILES.get("file")
    if file:
        try:
            text = text_of(file.read(), file.size or 0)
        except UnreadableError as refused:
            return _roster_page(request, membership, text=text, file_problem=str(refused))
    try:
        lines = refuse_roles(read_roster(text), membership.may(Permission.MANAGE_ROLES))
    except UnreadableError as refused:
        return _roster_page(request, membership, text=text, problem=str(refused))
    if request.POST.get("do") == "invite" and not file:
        try:
            count = actions.invite(cohort=membership.cohort, lines=lines, by=request.user)
        except actions.TooManyError:
            problem = f"You can invite {actions.MOST_A_DAY} people a day. Go on tomorrow, or send the link."
            return _roster_page(request, membership, text=text, problem=problem)
        messages.success(request, _said(count))
        return redirect("cohort-members", slug=membership.cohort.slug)
    found = queries.outcomes(membership.cohort, lines)
    return _roster_page(request, membership, status=200, text=text, outcomes=found, file=file and file.name)


def _said(count: int) -> str:
    if not count:
        return "Nobody new was in the list. Nothing was sent."
    return f"{count} invitation{'s are' if count > 1 else ' is'} on the way."


def _roster_page(
    request: HttpRequest, membership: Membership, status: int = 0, **found: object
) -> HttpResponse:
    outcomes = found.get("outcomes", ())
    context = {
        "cohort": membership.cohort,
        "membership": membership,
        "most": MOST_LINES,
        "most_kb": MOST_BYTES // 1000,
        "new": sum(one.is_new for one in outcomes),  # type: ignore[attr-defined]
        "wrong": sum(bool(one.line.problem) for one in outcomes),  # type: ignore[attr-defined]
        **found,
    }
    return render_page(request, "roster", context, status=status or (422 if found else 200))


def _tried_too_often(request: HttpRequest) -> bool:
    if not settings.RATE_LIMITS_ON:
        return False
    return not consume(request, app="checkpoint.cohorts", action="roster", config=ROSTER_LIMIT)
