"""Pages about a cohort's assignments, for those who give them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.assignments import actions, queries
from checkpoint.assignments.calendar_views import calendar_response
from checkpoint.assignments.due import tasks
from checkpoint.assignments.figures import figures_of
from checkpoint.assignments.forms import AssignForm, DueForm, ExtensionForm
from checkpoint.assignments.models import Assignment
from checkpoint.assignments.pages import assignment_page
from checkpoint.cohorts.access import allowed, members_only
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.queries import learner
from checkpoint.cohorts.roles import Permission
from checkpoint.parts import part_or_page


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.ASSIGN)
@never_cache
def cohort_assignments(request: PersonRequest, membership: Membership) -> HttpResponse:
    """What the cohort is asked to do and how it stands; POST assigns more."""
    if request.method != "POST":
        return _assignments_page(request, membership, AssignForm())
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _assignments_page(request, membership, form, 422)
    fresh = actions.assign(
        cohort=membership.cohort, by=request.user, asked=form.tasks, due_at=form.cleaned_data["due_at"]
    )
    if fresh:
        messages.success(request, f"{fresh} assigned. Learners see it on their overview.")
    else:
        messages.warning(request, "These are assigned already. Open one to change its due date.")
    return redirect("cohort-assignments", slug=membership.cohort.slug)


def _assignments_page(
    request: PersonRequest, membership: Membership, form: AssignForm, status: int = 200
) -> HttpResponse:
    figures = figures_of(membership.cohort, timezone.now())
    taken = {(one.assignment.work, one.assignment.slug) for one in figures}
    left = [task for key, task in tasks().items() if key not in taken]
    chosen = request.POST.getlist("task")
    return _page(
        request, membership, "assignments", status, figures=figures, left=left, form=form, chosen=chosen
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.ASSIGN)
@never_cache
def cohort_assignment(request: PersonRequest, membership: Membership, assignment_id: int) -> HttpResponse:
    """One assignment and how each learner stands to it; POST with `do` changes it."""
    found = queries.assignment_of(membership.cohort_id, assignment_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _assignment_page(request, membership, found)
    change = CHANGES.get(request.POST.get("do", ""))
    if change is None:
        return _assignment_page(request, membership, found, status=422)
    return change(request, membership, found)


def _change_due(request: PersonRequest, membership: Membership, found: Assignment) -> HttpResponse:
    form = DueForm(request.POST)
    if not form.is_valid():
        return _assignment_page(request, membership, found, 422, due_form=form)
    actions.change_due(assignment=found, by=request.user, due_at=form.cleaned_data["due_at"])
    messages.success(request, "The due date is saved. Extensions stay as they are.")
    return _back(request, membership, found)


def _remove(request: PersonRequest, membership: Membership, found: Assignment) -> HttpResponse:
    actions.remove(assignment=found, by=request.user)
    messages.success(request, "It’s no longer assigned. What learners did for it stays.")
    return redirect("cohort-assignments", slug=membership.cohort.slug)


def _extend(request: PersonRequest, membership: Membership, found: Assignment) -> HttpResponse:
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        return _assignment_page(request, membership, found, 422, extension_form=form)
    person = learner(membership.cohort, form.cleaned_data["learner"])
    if person is None:
        raise Http404
    actions.extend(
        assignment=found, user_id=person.user_id, by=request.user, due_at=form.cleaned_data["due_at"]
    )
    messages.success(request, f"{person.name} has a due date of their own now.")
    return _back(request, membership, found)


def _end_extension(request: PersonRequest, membership: Membership, found: Assignment) -> HttpResponse:
    wish = request.POST.get("learner", "")
    if not wish.isdecimal() or len(wish) > 18:
        raise Http404
    actions.end_extension(assignment=found, user_id=int(wish), by=request.user)
    messages.success(request, "The common due date holds again.")
    return _back(request, membership, found)


CHANGES: dict[str, Callable[[PersonRequest, Membership, Assignment], HttpResponse]] = {
    "change-due": _change_due,
    "remove": _remove,
    "extend": _extend,
    "end-extension": _end_extension,
}


def _back(request: PersonRequest, membership: Membership, found: Assignment) -> HttpResponse:
    return redirect("cohort-assignment", slug=membership.cohort.slug, assignment_id=found.pk)


def _assignment_page(
    request: PersonRequest,
    membership: Membership,
    found: Assignment,
    status: int = 200,
    due_form: DueForm | None = None,
    extension_form: ExtensionForm | None = None,
) -> HttpResponse:
    number = request.GET.get("page", "")
    page = assignment_page(
        membership.cohort,
        found,
        request.GET.get("show", ""),
        int(number) if number.isdecimal() and len(number) < 6 else 1,
        timezone.now(),
    )
    form = due_form or DueForm(initial={"due_at": found.due_at})
    return _page(
        request, membership, "assignment", status, page=page, due_form=form, extension_form=extension_form
    )


@require_safe
@members_only
@never_cache
def assignment_calendar(request: PersonRequest, membership: Membership, assignment_id: int) -> HttpResponse:
    """One due date for a calendar, with the learner's own extension in it."""
    mine = [due for due in queries.assigned_to(request.user.pk) if due.assignment_id == assignment_id]
    if not mine and membership.may(Permission.ASSIGN):
        found = queries.assignment_of(membership.cohort_id, assignment_id)
        mine = [queries.common_due(membership.cohort, found)] if found else []
    if not mine or mine[0].cohort_id != membership.cohort_id or mine[0].due_at is None:
        raise Http404
    return calendar_response(membership.cohort.name, mine, "due.ics")


def _page(
    request: HttpRequest, membership: Membership, name: str, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"membership": membership, "cohort": membership.cohort, "zone": settings.TIME_ZONE}
    part, page = f"assignments/_{name}.html", f"assignments/{name}.html"
    return part_or_page(request, part, page, context, status)
