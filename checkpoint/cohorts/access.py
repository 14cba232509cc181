"""Who may see a cohort's pages: strangers find nothing, its learners are told no."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.queries import membership_of

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


def instructors_only(view: MembersView) -> MembersView:
    """As members_only, and 403 for the cohort's own learners."""

    @wraps(view)
    @members_only
    def guarded(request: PersonRequest, membership: Membership, **rest: Any) -> HttpResponseBase:
        if not membership.is_instructor:
            raise PermissionDenied(
                "It’s for the instructors of this cohort. Your own answers are under Progress."
            )
        return view(request, membership, **rest)

    return guarded
