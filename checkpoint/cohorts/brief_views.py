"""The class brief: one page to print before a session."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.brief import brief
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.cohorts.views import render_page
from checkpoint.cohorts.wishes import wish_of


@require_safe
@allowed(Permission.SEE_FIGURES)
@never_cache
def cohort_brief(request: PersonRequest, membership: Membership) -> HttpResponse:
    """What to talk about, with `?names=hidden` for a wall."""
    now = timezone.now()
    found = brief(membership, wish_of(request.GET), now)
    context = {"cohort": membership.cohort, "membership": membership, "brief": found, "now": now}
    return render_page(request, "brief", context)
