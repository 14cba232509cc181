"""The scenarios as a learner sees them: the list, a brief with their runs, the debrief of a run they share.

To look at only, as all of these pages. Of a run that isn't shared its result shows, as on the cohort's page;
what was typed in it stays the learner's.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.library import get_library
from checkpoint.overview.as_learner import looked_at, shown
from checkpoint.scenarios.debriefs import debrief_page
from checkpoint.scenarios.queries import runs_of, scenario_rows, shared_run


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def as_learner_scenarios(request: PersonRequest, membership: Membership, user_id: int) -> HttpResponse:
    """Every scenario and where they stand with it."""
    seen = looked_at(request, membership, user_id)
    context: dict[str, object] = {"rows": scenario_rows(user_id)}
    return shown(request, membership, seen, "scenarios/_scenarios.html", context)


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def as_learner_scenario(
    request: PersonRequest, membership: Membership, user_id: int, scenario: str
) -> HttpResponse:
    """A brief, and their runs of it."""
    seen, told = looked_at(request, membership, user_id), get_library().told
    if scenario not in told:
        raise Http404
    context = {
        "scenario": told[scenario],
        "number": list(told).index(scenario) + 1,
        "total": len(told),
        "runs": runs_of(user_id, scenario),
    }
    return shown(request, membership, seen, "overview/_as_scenario.html", context)


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def as_learner_run(
    request: PersonRequest, membership: Membership, user_id: int, run_id: UUID
) -> HttpResponse:
    """The debrief of a run they share; one whose scenario has changed since is shown as a replay."""
    seen, run = looked_at(request, membership, user_id), shared_run(run_id)
    if run is None or run.user_id != user_id:
        raise Http404
    page = debrief_page(run)
    if page is None:
        return redirect("cohort-run", slug=membership.cohort.slug, run_id=run.pk, number=0)
    return shown(request, membership, seen, "scenarios/_debrief.html", {"page": page, "looking": True})
