"""The replay of a run that a learner shares, for the instructors of their cohort."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.facts import shown_name
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.cohorts.runs import shared_in
from checkpoint.cohorts.wishes import wish_behind
from checkpoint.parts import part_or_page
from checkpoint.scenarios.debriefs import as_file, recording, replay_page, transcript
from checkpoint.scenarios.queries import lines_of


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def cohort_run(request: PersonRequest, membership: Membership, run_id: UUID, number: int) -> HttpResponse:
    """A shared run as it stood after one of its lines; `?step=` is the slider's."""
    run, known = shared_in(membership.cohort, run_id)
    wanted, wish = request.GET.get("step", ""), wish_behind(request, membership.cohort)
    if wanted.isdecimal():
        step = reverse("cohort-run", args=[membership.cohort.slug, run_id, int(wanted[:6])])
        return redirect(f"{step}{wish.kept}")
    page = replay_page(run, number)
    if page is None:
        raise Http404("The run has no such step.")
    context = {
        "page": page,
        "cohort": membership.cohort,
        "membership": membership,
        "wish": wish,
        "learner": shown_name(membership, known, wish.hidden),
        "part": False,  # the world stands in the replay and is not swapped by itself
    }
    return part_or_page(request, "scenarios/_replay.html", "cohorts/run.html", context)


@require_safe
@allowed(Permission.SEE_ANSWERS)
def cohort_run_transcript(request: PersonRequest, membership: Membership, run_id: UUID) -> HttpResponse:
    run, _ = shared_in(membership.cohort, run_id)
    return as_file(run, transcript(lines_of(run)), "text/plain", "txt")


@require_safe
@allowed(Permission.SEE_ANSWERS)
def cohort_run_recording(request: PersonRequest, membership: Membership, run_id: UUID) -> HttpResponse:
    run, _ = shared_in(membership.cohort, run_id)
    return as_file(run, recording(run, lines_of(run)), "application/x-asciicast", "cast")
