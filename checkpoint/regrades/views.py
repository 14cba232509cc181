"""Pages of regrades: what is judged by an earlier rubric or grader, a dry run, and what came of it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.library import get_library
from checkpoint.parts import part_or_page
from checkpoint.regrades import actions, queries
from checkpoint.regrades.pages import regrade_page, regrades_page

SORRY: Mapping[type[Exception], str] = {
    actions.NoModelYetError: (
        "The sentence model isn’t ready: answers would be judged by words alone. Try again in a few minutes."
    ),
    actions.NothingToCheckError: "Each latest answer to these is judged by today’s rubric and grader.",
    actions.AlreadyOpenError: "Another regrade of this cohort isn’t finished. Apply it or leave it first.",
    actions.NotNowError: "Somebody else was faster. This is how it stands now.",
    actions.OvertakenError: (
        "The course or the grader changed after this dry run, so nothing was applied. Start another one."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.REGRADE)
@never_cache
def cohort_regrades(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Which latest answers are judged by an earlier rubric or grader; POST begins a dry run on them."""
    cohort = membership.cohort
    if request.method != "POST":
        return _page(request, membership, "regrades", page=regrades_page(cohort))
    chosen = frozenset(request.POST.getlist("question")) & get_library().questions.keys()
    if not chosen:
        return _not_begun(request, membership, chosen, "Choose at least one question.", 422)
    try:
        regrade = actions.begin(cohort=cohort, by=request.user, questions=sorted(chosen))
    except tuple(SORRY) as refused:
        return _not_begun(request, membership, chosen, SORRY[type(refused)], 409)
    return redirect("cohort-regrade", slug=cohort.slug, regrade_id=regrade.pk)


def _not_begun(
    request: PersonRequest, membership: Membership, chosen: frozenset[str], problem: str, status: int
) -> HttpResponse:
    page = regrades_page(membership.cohort, chosen)
    return _page(request, membership, "regrades", status, page=page, problem=problem)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.REGRADE)
@never_cache
def cohort_regrade(request: PersonRequest, membership: Membership, regrade_id: int) -> HttpResponse:
    """One dry run; POST with `do` applies it, leaves it or undoes what was applied."""
    cohort, regrade = membership.cohort, queries.regrade_of(membership.cohort_id, regrade_id)
    if regrade is None:
        raise Http404
    if request.method != "POST":
        page = request.GET.get("page", "")
        number = int(page) if page.isdecimal() and len(page) < 6 else 1
        return _page(request, membership, "regrade", page=regrade_page(cohort, regrade, number))
    change = CHANGES.get(request.POST.get("do", ""))
    if change is None:
        return _page(request, membership, "regrade", 422, page=regrade_page(cohort, regrade, 1))
    try:
        change(regrade=regrade, by=request.user)
    except tuple(SORRY) as refused:
        messages.error(request, SORRY[type(refused)])
    return redirect("cohort-regrade", slug=cohort.slug, regrade_id=regrade.pk)


CHANGES = {"apply": actions.apply, "drop": actions.drop, "undo": actions.undo}


def _page(
    request: HttpRequest, membership: Membership, name: str, status: int = 200, **context: Any
) -> HttpResponse:
    part, page = f"regrades/_{name}.html", f"regrades/{name}.html"
    return part_or_page(request, part, page, {**context, "membership": membership}, status)
