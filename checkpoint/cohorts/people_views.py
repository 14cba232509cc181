"""The page of people: who belongs to a cohort and as what, its name and its code."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts import actions, queries
from checkpoint.cohorts.access import allowed, refusal
from checkpoint.cohorts.forms import CohortForm, ColleagueForm
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.narrowing import is_called
from checkpoint.cohorts.paging import page_of
from checkpoint.cohorts.roles import MEANINGS, TEAM, Permission, Role, with_article
from checkpoint.cohorts.rosters import queries as rosters
from checkpoint.cohorts.rosters.actions import withdraw
from checkpoint.cohorts.views import invitation, leave, render_page
from checkpoint.cohorts.wishes import page_asked, words_asked


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.MANAGE_PEOPLE)
@never_cache
def cohort_members(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Who belongs to it; POST with `do` changes that, its name or its code."""
    if request.method != "POST":
        return _members_page(request, membership)
    change = CHANGES.get(request.POST.get("do", ""))
    if change is None:
        return _members_page(request, membership, status=422)
    if not membership.may(change.permission):
        raise PermissionDenied(refusal(membership, change.permission))
    return change.make(request, membership)


def _rename(request: PersonRequest, membership: Membership) -> HttpResponse:
    form = CohortForm(request.POST)
    if not form.is_valid():
        return _members_page(request, membership, rename=form)
    actions.rename_cohort(cohort=membership.cohort, name=form.cleaned_data["name"], by=request.user)
    messages.success(request, "The new name is saved. Links stay as they were.")
    return redirect("cohort-members", slug=membership.cohort.slug)


def _renew_code(request: PersonRequest, membership: Membership) -> HttpResponse:
    actions.renew_join_code(cohort=membership.cohort, by=request.user)
    messages.success(request, "There is a new code. The old link no longer works.")
    return redirect("cohort-members", slug=membership.cohort.slug)


def _add_colleague(request: PersonRequest, membership: Membership) -> HttpResponse:
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _members_page(request, membership, add=form)
    person, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    return _give(request, membership, person_id=person.pk, name=person.shown_name, role=role)


def _change_role(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Nobody is made a learner here: whoever shows their answers says so themselves, by joining."""
    member, wish = _member_asked(request, membership), request.POST.get("role", "")
    if wish not in TEAM:
        return _members_page(request, membership, status=422)
    return _give(request, membership, person_id=member.user_id, name=member.user.shown_name, role=Role(wish))


def _give(
    request: PersonRequest, membership: Membership, *, person_id: int, name: str, role: Role
) -> HttpResponse:
    try:
        actions.give_role(cohort=membership.cohort, user_id=person_id, role=role, by=request.user)
    except actions.LastOwnerError:
        messages.error(request, "You’re the only owner. Make somebody else one before you step back.")
    else:
        messages.success(request, f"{name} is {with_article(role)} of this cohort now.")
    stays = person_id != request.user.pk or role in (Role.OWNER, Role.INSTRUCTOR)
    return redirect("cohort-members" if stays else "cohort", slug=membership.cohort.slug)


def _hand_over(request: PersonRequest, membership: Membership) -> HttpResponse:
    heir = _member_asked(request, membership)
    if heir.pk == membership.pk or heir.role == Role.LEARNER:
        raise Http404
    try:
        actions.hand_over(owner=membership, to=heir, by=request.user)
    except actions.NotOwnerError:
        raise PermissionDenied(refusal(membership, Permission.MANAGE_ROLES)) from None
    messages.success(request, f"{heir.user.shown_name} owns this cohort now. You’re an instructor.")
    return redirect("cohort-members", slug=membership.cohort.slug)


def _remove(request: PersonRequest, membership: Membership) -> HttpResponse:
    removed = _member_asked(request, membership)
    if removed.pk == membership.pk:
        return leave(request, membership)
    if removed.role != Role.LEARNER and not membership.may(Permission.MANAGE_ROLES):
        raise PermissionDenied(refusal(membership, Permission.MANAGE_ROLES))
    actions.end_membership(membership=removed, by=request.user)
    messages.success(request, f"{removed.user.shown_name} is no longer in this cohort.")
    return redirect(request.get_full_path())


def _withdraw(request: PersonRequest, membership: Membership) -> HttpResponse:
    wish = request.POST.get("invitation", "")
    waiting = rosters.invitations(membership.cohort)
    found = next((one for one in waiting if str(one.pk) == wish), None)
    if found is None:
        raise Http404
    if found.role != Role.LEARNER and not membership.may(Permission.MANAGE_ROLES):
        raise PermissionDenied(refusal(membership, Permission.MANAGE_ROLES))
    withdraw(invitation=found, by=request.user)
    messages.success(request, f"{found.email} is no longer invited. The join link goes on working.")
    return redirect("cohort-members", slug=membership.cohort.slug)


class Change(NamedTuple):
    """What a button on the page does, and who may press it."""

    permission: Permission
    make: Callable[[PersonRequest, Membership], HttpResponse]


CHANGES = {
    "rename": Change(Permission.MANAGE_PEOPLE, _rename),
    "renew-code": Change(Permission.MANAGE_PEOPLE, _renew_code),
    "remove": Change(Permission.MANAGE_PEOPLE, _remove),
    "withdraw": Change(Permission.MANAGE_PEOPLE, _withdraw),
    "add-colleague": Change(Permission.MANAGE_ROLES, _add_colleague),
    "change-role": Change(Permission.MANAGE_ROLES, _change_role),
    "hand-over": Change(Permission.MANAGE_ROLES, _hand_over),
}


def _member_asked(request: PersonRequest, membership: Membership) -> Membership:
    wish = request.POST.get("member", "")
    found = queries.member(membership.cohort, int(wish)) if wish.isdecimal() and len(wish) < 19 else None
    if found is None:
        raise Http404
    return found


def _members_page(
    request: PersonRequest, membership: Membership, status: int = 200, **forms: Any
) -> HttpResponse:
    cohort, words = membership.cohort, words_asked(request.GET)
    everybody = queries.learners(cohort)
    found = [person for person in everybody if is_called(words, person)]
    page, asked = page_of(page_asked(request.GET), len(found)), {"q": words} if words else {}
    context = {
        "cohort": cohort,
        "membership": membership,
        "here": request.get_full_path(),
        "everybody": len(everybody),
        "learners": page.of(found),
        "words": words,
        "page": page,
        "turns": [(f"?{urlencode({**asked, 'page': number})}", word) for number, word in page.turns],
        "team": queries.team(cohort),
        "roles": [(role.value, role.label, MEANINGS[role]) for role in TEAM],
        "invitation": invitation(request, cohort),
        "invited": rosters.invitations(cohort),
        "rename": CohortForm(initial={"name": cohort.name}),
        "add": ColleagueForm(),
        **forms,
    }
    return render_page(request, "members", context, status=422 if forms else status)
