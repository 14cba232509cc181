"""A learner's own pages as they see them, for those who see their answers. To look at only.

Nobody acts in a learner's name: the request stays the instructor's, these addresses take no POST, and no
page here has a form. Drafts and runs that aren't shared are private and stay out of it.
"""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.queries import Learner, learner
from checkpoint.cohorts.roles import Permission
from checkpoint.library import get_library
from checkpoint.overview.actions import note_look
from checkpoint.overview.frame import frame_of
from checkpoint.overview.progress import LATEST, progress_of, rechecked_lately
from checkpoint.parts import part_or_page
from checkpoint.scenarios.queries import played_by
from checkpoint.selfcheck.decisions.queries import decisions_about
from checkpoint.selfcheck.queries.attempts import attempts_by, kept_attempt
from checkpoint.selfcheck.queries.standings import standings_of


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def as_learner(request: PersonRequest, membership: Membership, user_id: int) -> HttpResponse:
    """Their page of progress. `?all` lists every attempt, as theirs does."""
    seen, library, frame = looked_at(request, membership, user_id), get_library(), frame_of(request)
    page = progress_of(
        library,
        frame.standings,
        frame.stages,
        attempts_by(user_id),
        {},
        played_by(user_id),
        None if "all" in request.GET else LATEST,
        decisions_about(user_id, library.questions),
        rechecked_lately(user_id),
    )
    return shown(request, membership, seen, "overview/_progress.html", {"page": page})


@require_safe
@allowed(Permission.SEE_ANSWERS)
@never_cache
def as_learner_question(
    request: PersonRequest, membership: Membership, user_id: int, question: str
) -> HttpResponse:
    """One question with their latest answer, or that of `?attempt=`, as its page shows it."""
    seen, asked = looked_at(request, membership, user_id), get_library().questions.get(question)
    if asked is None:
        raise Http404
    attempts = [one for one in reversed(attempts_by(user_id)) if one.question == asked.slug]
    wish = request.GET.get("attempt", "")
    chosen = next((one for one in attempts if str(one.attempt_id) == wish), None)
    if wish and chosen is None:
        raise Http404
    latest = chosen or next(iter(attempts), None)
    context = {
        "question": asked,
        "attempts": attempts,
        "shown": latest,
        "kept": kept_attempt(latest.attempt_id) if latest else None,
    }
    return shown(request, membership, seen, "overview/_as_question.html", context)


# --- What all of these pages share, those of the scenarios too ------------------------


def looked_at(request: PersonRequest, membership: Membership, user_id: int) -> Learner:
    """The learner, whose standings the frame shows from here on; that somebody looks is written down."""
    seen = learner(membership.cohort, user_id)
    if seen is None:
        raise Http404
    frame_of(request).standings = standings_of(user_id)
    note_look(cohort_id=membership.cohort_id, by=request.user, learner_id=user_id)
    return seen


def shown(
    request: PersonRequest, membership: Membership, seen: Learner, part: str, context: dict[str, object]
) -> HttpResponse:
    base = reverse("as-learner", args=[membership.cohort.slug, seen.user_id])
    known = {"cohort": membership.cohort, "membership": membership, "learner": seen, "base": base, **context}
    inner = render(request, part, known).content.decode()
    desk = reverse("cohort", args=[membership.cohort.slug])
    context = {**known, "inner": staying(inner, base, desk)}
    return part_or_page(request, "overview/_as_learner.html", "overview/as_learner.html", context)


_ATTEMPT = re.compile(r'href="/selfcheck/([\w-]+)/attempts/(\d+)/[^"]*"')
_QUESTION = re.compile(r'href="/selfcheck/([\w-]+)/[^"]*"')
_STEP = re.compile(r'href="/scenarios/runs/([\w-]+)/steps/(\d+)/[^"]*"')
_SCENARIO = re.compile(r'href="/scenarios/((?:[\w-]+/)?)"')
_OWN = re.compile(r'href="/(?:selfcheck|progress)/[^"]*"')


def staying(page: str, base: str, desk: str = "/") -> SafeString:
    """The same part with its links to one's own pages leading to the learner's, and replays to the `desk`'s.

    >>> staying('<a href="/selfcheck/q/attempts/7/">', "/x/")
    '<a href="/x/questions/q/?attempt=7">'
    >>> staying('<a href="/selfcheck/q/?revise"> <a href="/progress/?all=1"> <a href="/pipeline/ci/">', "/x/")
    '<a href="/x/questions/q/"> <a href="/x/"> <a href="/pipeline/ci/">'
    >>> staying('<a href="/scenarios/"> <a href="/scenarios/s/">', "/x/")
    '<a href="/x/scenarios/"> <a href="/x/scenarios/s/">'
    >>> staying('<a href="/scenarios/runs/u/steps/3/">', "/c/learners/1/as/", "/c/")
    '<a href="/c/runs/u/steps/3/">'
    """
    page = _ATTEMPT.sub(rf'href="{base}questions/\1/?attempt=\2"', page)
    page = _QUESTION.sub(rf'href="{base}questions/\1/"', page)
    page = _STEP.sub(rf'href="{desk}runs/\1/steps/\2/"', page)
    page = _SCENARIO.sub(rf'href="{base}scenarios/\1"', page)
    return mark_safe(_OWN.sub(f'href="{base}"', page))  # noqa: S308  (rendered and escaped already)
