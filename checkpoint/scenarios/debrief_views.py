"""Pages after a run: the debrief, the replay of each step, and what can be taken along."""

from uuid import UUID

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.core.sim.scenario.incident_note import incident_note
from checkpoint.scenarios import actions, debriefs, queries
from checkpoint.scenarios.views import own_run, paused

SHARE_LIMIT = {"share": "30/m/user"}


@require_safe
@login_required
def run_debrief(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """How a run went; one that can't be played any more is shown as a replay."""
    own = own_run(request, run_id)
    page = debriefs.debrief_page(own)
    if page is None:
        return redirect("run-step", run_id=own.pk, number=0)
    return render(request, "scenarios/debrief.html", {"page": page})


@require_safe
@login_required
def run_step(request: PersonRequest, run_id: UUID, number: int) -> HttpResponse:
    """A run as it stood after one of its lines; `?step=` is the slider's."""
    wanted = request.GET.get("step", "")
    if wanted.isdecimal():
        return redirect("run-step", run_id=run_id, number=int(wanted[:6]))
    page = debriefs.replay_page(own_run(request, run_id), number)
    if page is None:
        raise Http404("The run has no such step.")
    return render(request, "scenarios/replay.html", {"page": page, "own": True})


@require_POST
@login_required
def run_branch(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """A new run that begins with this one's lines up to a step."""
    own, at = own_run(request, run_id), request.POST.get("at", "")
    if not at.isdecimal():
        raise Http404("The run has no such step.")
    try:
        other = actions.branch_run(run=own, at=int(at[:6]))
    except actions.TooManyRunsError as many:
        return paused(request, many.wait, reverse("scenario", args=[own.scenario]))
    return redirect("run", run_id=other.pk)


@require_POST
@login_required
def run_share(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """Let the learner's instructors see a run, or no longer."""
    own = own_run(request, run_id)
    if _shared_too_often(request):
        return respond_429(request)  # type: ignore[no-any-return]
    actions.share_run(run=own, shared=bool(request.POST.get("shared")))
    return redirect("run-debrief", run_id=own.pk)


def _shared_too_often(request: PersonRequest) -> bool:
    if not settings.RATE_LIMITS_ON:
        return False
    return not consume(request, app="checkpoint.scenarios", action="share", config=SHARE_LIMIT)


# --- to take along -----------------------------------------------------------


@require_safe
@login_required
def run_note(request: PersonRequest, run_id: UUID) -> HttpResponse:
    own = own_run(request, run_id)
    session = debriefs.session_for(own)
    if session is None:
        raise Http404("The scenario has changed since; its transcript is still there.")
    return debriefs.as_file(own, incident_note(session), "text/markdown", "md")


@require_safe
@login_required
def run_transcript(request: PersonRequest, run_id: UUID) -> HttpResponse:
    own = own_run(request, run_id)
    return debriefs.as_file(own, debriefs.transcript(queries.lines_of(own)), "text/plain", "txt")


@require_safe
@login_required
def run_recording(request: PersonRequest, run_id: UUID) -> HttpResponse:
    own = own_run(request, run_id)
    cast = debriefs.recording(own, queries.lines_of(own))
    return debriefs.as_file(own, cast, "application/x-asciicast", "cast")
