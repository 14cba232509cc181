"""Pages of the scenarios: the list, a brief, and the workbench of a run."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import get_messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.library import get_library
from checkpoint.overview.frame import frame_of
from checkpoint.parts import wants_part
from checkpoint.scenarios import actions, queries
from checkpoint.scenarios.forms import FileForm, HintForm, LineForm, SeenForm, normalised
from checkpoint.scenarios.models import Kind, Run
from checkpoint.scenarios.pages import (
    Bench,
    bench_page,
    bench_since,
    brief_page,
    completion_of,
    page_after,
    with_unsaved,
)
from checkpoint.scenarios.parts import opened_page
from checkpoint.scenarios.queries import scenario_rows


@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """Every scenario, and where the learner stands with it."""
    user_id = request.user.pk if request.user.is_authenticated else None
    return render(request, "scenarios/scenarios.html", {"rows": scenario_rows(user_id)})


@require_safe
def scenario(request: HttpRequest, slug: str) -> HttpResponse:
    """The brief, and the way in."""
    material = get_library().scenarios.get(slug)
    if material is None:
        raise Http404("No such scenario.")
    user_id = request.user.pk if request.user.is_authenticated else None
    return render(request, "scenarios/scenario.html", {"page": brief_page(material, user_id)})


@require_POST
@login_required
def scenario_start(request: PersonRequest, slug: str) -> HttpResponse:
    """Begin a run, with another variant than the last one."""
    if slug not in get_library().scenarios:
        raise Http404("No such scenario.")
    try:
        begun = actions.start_run(user_id=request.user.pk, scenario=slug)
    except actions.TooManyRunsError as many:
        return paused(request, many.wait, reverse("scenario", args=[slug]))
    return redirect("run", run_id=begun.pk)


# --- a run -------------------------------------------------------------------


@require_safe
@login_required
def run(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """The workbench; `?file=` opens a file in the editor."""
    own = own_run(request, run_id)
    page = _bench(own, file=request.GET.get("file", "")[:4096])
    if wants_part(request) and "file" in request.GET:
        return _varied(render(request, "scenarios/_files.html", {"page": page, "part": True}))
    return _varied(_whole(request, page))


@require_POST
@login_required
def run_line(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """A line of the terminal."""
    own, form = own_run(request, run_id), LineForm(request.POST)
    if not form.is_valid():
        line = request.POST.get("line", "")
        return _refused(request, own, _problems(form), 422, line=line)
    line = form.cleaned_data["line"]
    if not line.strip():
        return _shown(request, own, form.cleaned_data["seen"] or 0)
    return _typed(request, own, form.cleaned_data["seen"], line=line)


@require_safe
@login_required
def run_complete(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """What could stand at the end of `?line=`; nothing is kept."""
    found = completion_of(own_run(request, run_id), normalised(request.GET.get("line", "")))
    response = render(request, "scenarios/_choices.html", {"completion": found})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def run_file(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """The editor's save."""
    own, form = own_run(request, run_id), FileForm(request.POST)
    if not form.is_valid():
        unsaved = {name: normalised(request.POST.get(name, "")) for name in ("path", "content")}
        return _refused(request, own, _problems(form), 422, **unsaved)
    facts = form.cleaned_data
    return _typed(request, own, facts["seen"], kind=Kind.WRITE, path=facts["path"], content=facts["content"])


@require_POST
@login_required
def run_undo(request: PersonRequest, run_id: UUID) -> HttpResponse:
    return _word(request, run_id, "undo")


@require_POST
@login_required
def run_reset(request: PersonRequest, run_id: UUID) -> HttpResponse:
    return _word(request, run_id, "reset")


@require_POST
@login_required
def run_hint(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """The next hint of a goal."""
    own, form = own_run(request, run_id), HintForm(request.POST)
    known = {goal.id for goal in get_library().scenarios[own.scenario].scenario.goals}
    if not form.is_valid() or form.cleaned_data["goal"] not in known:
        raise Http404("No such goal.")
    return _typed(request, own, form.cleaned_data["seen"], line=f"hint {form.cleaned_data['goal']}")


@require_POST
@login_required
def run_finish(request: PersonRequest, run_id: UUID) -> HttpResponse:
    """Close the run."""
    own = own_run(request, run_id)
    actions.finish_run(run=own)
    return redirect("run-debrief", run_id=own.pk)


# --- pieces ------------------------------------------------------------------


def own_run(request: PersonRequest, run_id: UUID) -> Run:
    """Somebody else's run is not found."""
    found = queries.run_of(request.user.pk, run_id)
    if found is None:
        raise Http404("No such run of yours.")
    return found


def _problems(form: Form) -> str:
    return " ".join(str(one) for told in form.errors.values() for one in told)


def _word(request: PersonRequest, run_id: UUID, word: str) -> HttpResponse:
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    return _typed(request, own_run(request, run_id), seen, line=word)


def _typed(request: PersonRequest, own: Run, seen: int | None, **line: Any) -> HttpResponse:
    """Keep and play a line; the page is sent everything since what it last showed."""
    try:
        play = actions.type_line(run=own, **line)
    except actions.RunOverError as over:
        return _refused(request, own, over.why, 409, **line)
    except actions.TooFastError as fast:
        why = f"That was a lot in one minute. Wait {fast.wait} seconds; what you typed is still there."
        response = _refused(request, own, why, 429, **line)
        response["Retry-After"] = str(fast.wait)
        return response
    before = play.line.number - 1
    if wants_part(request) and (seen is None or seen >= before):
        return _played(request, page_after(own, play))
    return _shown(request, own, before if seen is None else min(seen, before), line.get("path", ""))


def _whole(request: PersonRequest, page: Bench) -> HttpResponse:
    """A run that was just begun is the page that is opened most."""
    if page.is_untouched and not get_messages(request):
        return HttpResponse(opened_page(page, frame_of(request)))
    return render(request, "scenarios/run.html", {"page": page})


def _bench(own: Run, file: str) -> Bench:
    """The workbench with every line answered, also those at which the server stopped."""
    page = bench_page(own, file=file)
    if page.session is None or not any(entry.pending for entry in page.entries):
        return page
    actions.answer_kept_lines(run=own)
    return bench_page(own, file=file)


def _shown(request: PersonRequest, own: Run, seen: int, file: str = "") -> HttpResponse:
    if not wants_part(request):
        place = reverse("run", args=[own.pk])
        return redirect(f"{place}#terminal")
    page = bench_since(own, seen, file=file)
    if page.session is not None and queries.has_unanswered(own):
        actions.answer_kept_lines(run=own)
        page = bench_since(own, seen, file=file)
    return _played(request, page)


def _played(request: PersonRequest, page: Bench) -> HttpResponse:
    return _varied(render(request, "scenarios/_played.html", {"page": page, "part": True}))


def paused(request: PersonRequest, wait: int, back: str) -> HttpResponse:
    """No other run for now; `back` leads to where those that there are can be found."""
    minutes = -(-wait // 60)
    why = (
        f"You have begun {actions.MOST_RUNS} runs in a few minutes. All of them are still there: go on with "
        f"one, or begin the next in {minutes} minute{'s' if minutes > 1 else ''}."
    )
    response = render(request, "429.html", {"why": why, "back": back}, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def _refused(
    request: PersonRequest,
    own: Run,
    why: str,
    status: int,
    *,
    line: str = "",
    path: str = "",
    content: str = "",
    kind: str = "",
) -> HttpResponse:
    """Why something wasn't kept, beside what was typed: a line in its field, a file in the editor."""
    page = bench_page(own, file=path[:4096], problem=why, line=line)
    page = with_unsaved(page, path, content) if path else page
    template = "scenarios/_refused.html" if wants_part(request) else "scenarios/run.html"
    response = _varied(render(request, template, {"page": page, "part": wants_part(request)}, status=status))
    response["Cache-Control"] = "no-store"
    return response


def _varied(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response
