"""Who may see a cohort's pages: strangers find nothing, members without the right role are told no."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.queries import membership_of
from checkpoint.cohorts.roles import Permission, Role, roles_with, with_article

MembersView = Callable[..., HttpResponseBase]


def members_only(view: MembersView) -> MembersView:
    """Give the view the membership instead of the slug; 404 for everybody else."""

    @wraps(view)
    @login_required
    def guarded(request: PersonRequest, slug: str, **rest: Any) -> HttpResponseBase:
        membership = membership_of(request.user.pk, slug)
        if membership is None:
            raise Http404
        return view(request, membership, **rest)

    return guarded


def allowed(permission: Permission) -> Callable[[MembersView], MembersView]:
    """As members_only, and 403 with a sentence for members whose role doesn't have the permission."""

    def guard(view: MembersView) -> MembersView:
        @wraps(view)
        @members_only
        def guarded(request: PersonRequest, membership: Membership, **rest: Any) -> HttpResponseBase:
            if not membership.may(permission):
                raise PermissionDenied(refusal(membership, permission))
            return view(request, membership, **rest)

        return guarded

    return guard


def refusal(membership: Membership, permission: Permission) -> str:
    """Why a member sees no page, and where theirs is."""
    if membership.role == Role.LEARNER:
        return "It’s for the instructors of this cohort. Your own answers are under Progress."
    roles = [f"{role.label.lower()}s" for role in roles_with(permission)]
    words = " and ".join(", ".join(roles).rsplit(", ", 1))
    return f"It’s for {words} of this cohort. You’re {with_article(membership.role)} in it."
