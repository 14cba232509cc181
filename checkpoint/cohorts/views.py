"""Pages of cohorts: mine, joining, and what its team sees of the learners."""

from collections.abc import Mapping
from typing import Any

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.advice.queries import Suggestions, suggestions_on
from checkpoint.cohorts import actions, queries
from checkpoint.cohorts.access import allowed, members_only
from checkpoint.cohorts.facts import shown_name
from checkpoint.cohorts.forms import CohortForm, JoinForm
from checkpoint.cohorts.heat import heat_heads, heat_rows
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.progress import Progress, progress
from checkpoint.cohorts.roles import Permission, Role, with_article
from checkpoint.cohorts.rosters.actions import take_seat
from checkpoint.cohorts.rosters.queries import invitation_to, invitations_to
from checkpoint.cohorts.runs import shared_row
from checkpoint.cohorts.sections import cohort_sections, filters, runs_section
from checkpoint.cohorts.wishes import wish_behind, wish_of
from checkpoint.core.content.skills import skill_rows
from checkpoint.library import get_library
from checkpoint.parts import htmx_of, part_or_page, wants_part
from checkpoint.scenarios.queries import played_by, shared_by
from checkpoint.selfcheck.queries.attempts import KeptAttempt, attempts_by, kept_attempt
from checkpoint.selfcheck.queries.standings import standings_of

JOIN_LIMIT = {"join": "60/h/user"}
"""Nobody tries this many codes for a good reason."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohorts(request: PersonRequest) -> HttpResponse:
    """My cohorts; instructors make new ones here."""
    if request.method != "POST":
        return _cohorts_page(request)
    if not request.user.is_instructor:
        raise PermissionDenied
    form = CohortForm(request.POST)
    if not form.is_valid():
        return _cohorts_page(request, create=form)
    cohort = actions.create_cohort(by=request.user, name=form.cleaned_data["name"])
    messages.success(request, f"{cohort.name} is ready. Send its link to your learners.")
    return redirect("cohort", slug=cohort.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_join_code(request: PersonRequest) -> HttpResponse:
    """A code typed in leads to the page of its link."""
    if request.method != "POST":
        return redirect("cohorts")
    if _tried_too_often(request):
        return respond_429(request)  # type: ignore[no-any-return]
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _cohorts_page(request, join=form)
    return redirect("cohort-join", code=form.cleaned_data["code"].join_code)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort_join(request: PersonRequest, code: str) -> HttpResponse:
    """What joining shares, and joining."""
    if _tried_too_often(request):
        return respond_429(request)  # type: ignore[no-any-return]
    cohort = queries.cohort_by_code(code)
    if cohort is None:
        return render_page(request, "join_unknown", {}, status=404)
    if request.method == "POST":
        role = take_seat(user=request.user, cohort=cohort)
        if role or actions.join_cohort(cohort=cohort, user=request.user):
            words = f" You’re {with_article(role)} there." if role and role != Role.LEARNER else ""
            messages.success(request, f"You joined {cohort.name}.{words}")
        return redirect("cohorts")
    membership = queries.membership_of(request.user.pk, cohort.slug)
    context = {
        "cohort": cohort,
        "instructors": queries.instructors(cohort),
        "membership": membership,
        "invited": None if membership else invitation_to(request.user, cohort),
    }
    return render_page(request, "join", context)


@require_POST
@members_only
def cohort_leave(request: PersonRequest, membership: Membership) -> HttpResponse:
    return leave(request, membership)


def leave(request: PersonRequest, membership: Membership) -> HttpResponse:
    try:
        actions.end_membership(membership=membership, by=request.user)
    except actions.LastOwnerError:
        messages.error(
            request, f"You’re the only owner of {membership.cohort}. Make somebody else one before you leave."
        )
    else:
        seen = " It no longer sees your answers." if membership.role == Role.LEARNER else ""
        messages.success(request, f"You left {membership.cohort}.{seen}")
    return redirect("cohorts")


# --- For its team ---------------------------------------------------------------


@require_safe
@allowed(Permission.SEE_FIGURES)
@never_cache
def cohort(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Where the learners stand, and where it hurts."""
    found = progress(membership, wish_of(request.GET), timezone.now())
    narrows = wants_part(request) and htmx_of(request).target == "learners"
    context = {
        "cohort": membership.cohort,
        "membership": membership,
        "progress": found,
        **_table(membership.cohort, found),
    }
    if not narrows:
        context |= {
            **cohort_sections(found),
            "runs": runs_section(membership.cohort, found),
            "invitation": invitation(request, membership.cohort),
        }
    return render_page(request, "cohort", context, part="learners" if narrows else "")


def _table(cohort: Cohort, found: Progress) -> dict[str, object]:
    """What the table of learners is made of."""
    offered = filters(cohort.slug, found.wish, found.facts.names) if found.offers_narrowing else ""
    return {"heat_heads": heat_heads(), "heat_rows": heat_rows(found), "filters": offered}


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def cohort_learner(request: PersonRequest, membership: Membership, user_id: int) -> HttpResponse:
    """One learner's standing at each question, and every attempt."""
    known, wish = queries.learner(membership.cohort, user_id), wish_behind(request, membership.cohort)
    if known is None:
        raise Http404
    learner = shown_name(membership, known, wish.hidden)
    library, standings = get_library(), standings_of(user_id)
    outcomes = {slug: standing.outcomes for slug, standing in standings.items()}
    context = {
        "cohort": membership.cohort,
        "membership": membership,
        "wish": wish,
        "learner": learner,
        "rows": [(q, standings.get(slug)) for slug, q in library.questions.items()],
        "skills": skill_rows(library.skills.values(), outcomes, played_by(user_id)),
        "runs": [shared_row(run, learner.name) for run in shared_by(user_id)],
        "attempts": [(library.questions[a.question], a) for a in reversed(attempts_by(user_id))],
    }
    return render_page(request, "learner", context)


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def cohort_attempt(request: PersonRequest, membership: Membership, attempt_id: int) -> HttpResponse:
    """One attempt as its learner saw it, and what a language model suggested, which they don't see."""
    kept = kept_attempt(attempt_id)
    known = queries.learner(membership.cohort, kept.attempt.user_id) if kept else None
    if kept is None or known is None:
        raise Http404
    wish = wish_behind(request, membership.cohort)
    context = {
        "cohort": membership.cohort,
        "membership": membership,
        "wish": wish,
        "learner": shown_name(membership, known, wish.hidden),
        "kept": kept,
        "suggestions": _suggestions(kept),
    }
    return render_page(request, "attempt", context)


# --- Pieces ------------------------------------------------------------------------


def _cohorts_page(
    request: PersonRequest, create: CohortForm | None = None, join: JoinForm | None = None
) -> HttpResponse:
    context = {
        "memberships": queries.memberships_of(request.user.pk),
        "invitations": invitations_to(request.user),
        "create": create or CohortForm(auto_id="new_%s"),
        "join": join or JoinForm(),
    }
    return render_page(request, "cohorts", context, status=422 if create or join else 200)


def _suggestions(kept: KeptAttempt) -> tuple[Suggestions, ...]:
    """None where the grader decided alone."""
    verdict = kept.verdict
    return suggestions_on(verdict.pk, kept.question) if verdict and verdict.needs_review else ()


def invitation(request: HttpRequest, cohort: Cohort) -> str:
    return request.build_absolute_uri(reverse("cohort-join", args=[cohort.join_code]))


def _tried_too_often(request: HttpRequest) -> bool:
    if not settings.RATE_LIMITS_ON:
        return False
    return not consume(request, app="checkpoint.cohorts", action="join", config=JOIN_LIMIT, limit_get=True)


def render_page(
    request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200, part: str = ""
) -> HttpResponse:
    """The page, or under htmx the part it is made of."""
    return part_or_page(request, f"cohorts/_{part or name}.html", f"cohorts/{name}.html", context, status)
