"""Pages of cohorts: mine, joining, and what instructors see of their learners."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.advice.queries import Suggestions, suggestions_on
from checkpoint.cohorts import actions, queries
from checkpoint.cohorts.access import instructors_only, members_only
from checkpoint.cohorts.answers import answers_csv
from checkpoint.cohorts.forms import CohortForm, InstructorForm, JoinForm
from checkpoint.cohorts.heat import heat_heads, heat_rows
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.paging import page_of
from checkpoint.cohorts.progress import Wish, is_called, progress
from checkpoint.library import get_library
from checkpoint.selfcheck.queries import KeptAttempt, attempts_by, kept_attempt, standings_of

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
        return _page(request, "join_unknown", {}, status=404)
    if request.method == "POST":
        if actions.join_cohort(cohort=cohort, user=request.user):
            messages.success(request, f"You joined {cohort.name}.")
        return redirect("cohorts")
    membership = queries.membership_of(request.user.pk, cohort.slug)
    context = {"cohort": cohort, "instructors": queries.instructors(cohort), "membership": membership}
    return _page(request, "join", context)


@require_POST
@members_only
def cohort_leave(request: PersonRequest, membership: Membership) -> HttpResponse:
    return _leave(request, membership)


def _leave(request: PersonRequest, membership: Membership) -> HttpResponse:
    try:
        actions.end_membership(membership=membership)
    except actions.LastInstructorError:
        messages.error(
            request, f"You’re the only instructor of {membership.cohort}. Add another one before you leave."
        )
    else:
        messages.success(request, f"You left {membership.cohort}. It no longer sees your answers.")
    return redirect("cohorts")


# --- For instructors ---------------------------------------------------------------


@require_safe
@instructors_only
@never_cache
def cohort(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Where the learners stand, and where it hurts."""
    cohort = membership.cohort
    found = progress(cohort, _wish(request.GET), timezone.now())
    context = {
        "cohort": cohort,
        "progress": found,
        "heat_heads": heat_heads(),
        "heat_rows": heat_rows(found),
        "questions": tuple(get_library().questions.values()),
        "invitation": _invitation(request, cohort),
    }
    narrows = _wants_part(request) and request.htmx.target == "learners"  # type: ignore[attr-defined]
    return _page(request, "cohort", context, part="learners" if narrows else "")


@require_safe
@instructors_only
@never_cache
def cohort_learner(request: PersonRequest, membership: Membership, user_id: int) -> HttpResponse:
    """One learner's standing at each question, and every attempt."""
    learner = queries.learner(membership.cohort, user_id)
    if learner is None:
        raise Http404
    standings = standings_of(user_id)
    context = {
        "cohort": membership.cohort,
        "learner": learner,
        "rows": [(q, standings.get(slug)) for slug, q in get_library().questions.items()],
        "attempts": [(get_library().questions[a.question], a) for a in reversed(attempts_by(user_id))],
    }
    return _page(request, "learner", context)


@require_safe
@instructors_only
@never_cache
def cohort_attempt(request: PersonRequest, membership: Membership, attempt_id: int) -> HttpResponse:
    """One attempt as its learner saw it, and what a language model suggested, which they don't see."""
    kept = kept_attempt(attempt_id)
    learner = kept and queries.learner(membership.cohort, kept.attempt.user_id)
    if kept is None or learner is None:
        raise Http404
    context = {
        "cohort": membership.cohort,
        "learner": learner,
        "kept": kept,
        "suggestions": _suggestions(kept),
    }
    return _page(request, "attempt", context)


@require_safe
@instructors_only
def cohort_answers(request: PersonRequest, membership: Membership) -> StreamingHttpResponse:
    """Every answer as a spreadsheet."""
    people = queries.learners(membership.cohort)
    response = StreamingHttpResponse(answers_csv(people), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{membership.cohort.slug}-answers.csv"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@instructors_only
@never_cache
def cohort_members(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Who belongs to it; POST with `do` changes that, its name or its code."""
    if request.method != "POST":
        return _members_page(request, membership)
    change = CHANGES.get(request.POST.get("do", ""))
    if change is None:
        return _members_page(request, membership, status=422)
    return change(request, membership)


def _rename(request: PersonRequest, membership: Membership) -> HttpResponse:
    form = CohortForm(request.POST)
    if not form.is_valid():
        return _members_page(request, membership, rename=form)
    actions.rename_cohort(cohort=membership.cohort, name=form.cleaned_data["name"])
    messages.success(request, "The new name is saved. Links stay as they were.")
    return redirect("cohort-members", slug=membership.cohort.slug)


def _renew_code(request: PersonRequest, membership: Membership) -> HttpResponse:
    actions.renew_join_code(cohort=membership.cohort)
    messages.success(request, "There is a new code. The old link no longer works.")
    return redirect("cohort-members", slug=membership.cohort.slug)


def _add_instructor(request: PersonRequest, membership: Membership) -> HttpResponse:
    form = InstructorForm(request.POST)
    if not form.is_valid():
        return _members_page(request, membership, invite=form)
    person = form.cleaned_data["email"]
    actions.add_instructor(cohort=membership.cohort, user=person)
    messages.success(request, f"{person.shown_name} is an instructor of this cohort now.")
    return redirect("cohort-members", slug=membership.cohort.slug)


def _remove(request: PersonRequest, membership: Membership) -> HttpResponse:
    wish = request.POST.get("member", "")
    removed = queries.member(membership.cohort, int(wish)) if wish.isdecimal() and len(wish) < 19 else None
    if removed is None:
        raise Http404
    if removed.pk == membership.pk:
        return _leave(request, membership)
    actions.end_membership(membership=removed)
    messages.success(request, f"{removed.user.shown_name} is no longer in this cohort.")
    return redirect(request.get_full_path())


CHANGES = {
    "rename": _rename,
    "renew-code": _renew_code,
    "add-instructor": _add_instructor,
    "remove": _remove,
}


# --- Pieces ------------------------------------------------------------------------


def _cohorts_page(
    request: PersonRequest, create: CohortForm | None = None, join: JoinForm | None = None
) -> HttpResponse:
    context = {
        "memberships": queries.memberships_of(request.user.pk),
        "create": create or CohortForm(auto_id="new_%s"),
        "join": join or JoinForm(),
    }
    return _page(request, "cohorts", context, status=422 if create or join else 200)


def _members_page(
    request: PersonRequest, membership: Membership, status: int = 200, **forms: Any
) -> HttpResponse:
    cohort, everybody, words = membership.cohort, queries.learners(membership.cohort), _words(request.GET)
    found = [person for person in everybody if is_called(words, person)]
    page, asked = page_of(_page_number(request.GET), len(found)), {"q": words} if words else {}
    context = {
        "cohort": cohort,
        "me": membership,
        "here": request.get_full_path(),
        "everybody": len(everybody),
        "learners": page.of(found),
        "words": words,
        "page": page,
        "turns": [(f"?{urlencode({**asked, 'page': number})}", word) for number, word in page.turns],
        "instructors": queries.instructors(cohort),
        "invitation": _invitation(request, cohort),
        "rename": CohortForm(initial={"name": cohort.name}),
        "invite": InstructorForm(),
        **forms,
    }
    return _page(request, "members", context, status=422 if forms else status)


def _suggestions(kept: KeptAttempt) -> tuple[Suggestions, ...]:
    """None where the grader decided alone."""
    verdict = kept.verdict
    return suggestions_on(verdict.pk, kept.question) if verdict and verdict.needs_review else ()


def _invitation(request: HttpRequest, cohort: Cohort) -> str:
    return request.build_absolute_uri(reverse("cohort-join", args=[cohort.join_code]))


def _wish(asked: QueryDict) -> Wish:
    return Wish(
        words=_words(asked),
        show=asked.get("show", "") if asked.get("show") in ("ready", "open", "quiet") else "",
        sort=asked.get("sort", "") if asked.get("sort") in ("readiness", "quiet") else "",
        missed=asked.get("missed", "")[:20],
        has=asked.get("has", "")[:20],
        page=_page_number(asked),
    )


def _words(asked: QueryDict) -> str:
    return " ".join(asked.get("q", "").replace("\0", "").split())[:80]


def _page_number(asked: QueryDict) -> int:
    page = asked.get("page", "")
    return int(page) if page.isdecimal() and len(page) < 6 else 1


def _tried_too_often(request: HttpRequest) -> bool:
    if not settings.RATE_LIMITS_ON:
        return False
    return not consume(request, app="checkpoint.cohorts", action="join", config=JOIN_LIMIT, limit_get=True)


def _wants_part(request: HttpRequest) -> bool:
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _page(
    request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200, part: str = ""
) -> HttpResponse:
    """The page, or under htmx the part it is made of."""
    template = f"cohorts/_{part or name}.html" if _wants_part(request) else f"cohorts/{name}.html"
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
