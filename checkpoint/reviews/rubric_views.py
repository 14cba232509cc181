"""From decisions to a rubric: a patch for the question's file, tried before anybody applies it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkpoint.accounts.requests import PersonRequest
from checkpoint.beside import Crashed
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.core.content.additions import AdditionError, Changed
from checkpoint.reviews import actions, queries
from checkpoint.reviews.offers import Offer, OffersForm, changed_by, decision_ids, offers_of
from checkpoint.reviews.rendering import page
from checkpoint.reviews.trials import lay_out_trial, trial_of


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.REVIEW)
@never_cache
def review_patch(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Choose what the rubric learns, see what would change, take the patch away. Nothing is stored."""
    cohort = membership.cohort
    asked = request.POST if request.method == "POST" else request.GET
    offers, left_out = offers_of(cohort, decision_ids(asked.getlist("d")))
    if not offers:
        messages.warning(request, "Tick at least one decision about a criterion.")
        return redirect("review-decisions", slug=cohort.slug)
    form = OffersForm(request.POST if request.method == "POST" else None, offers=offers)
    context = {"membership": membership, "cohort": cohort, "offers": form.rows(), "left_out": left_out}
    context |= {"question": offers[0].question}
    if request.method != "POST":
        return page(request, "patch", context)
    if not form.is_valid():
        return page(request, "patch", context | {"errors": form.messages}, status=422)
    try:
        changed = changed_by(offers[0].question, form.additions())
    except AdditionError as refused:
        return page(request, "patch", context | {"errors": [f"That can’t be added: {refused}."]}, status=422)
    if request.POST.get("do") == "download":
        return _file(request, cohort, offers, changed)
    return page(request, "patch", context | {"changed": changed, **_trial(cohort, changed)})


def _trial(cohort: Cohort, changed: Changed) -> dict[str, object]:
    """What came of it, or why nothing did; neither while it is being computed: ask again."""
    answers = queries.latest_answers(cohort, changed.question.slug)
    found = trial_of(changed.question, [one.answer for one in answers])
    if isinstance(found, Crashed):
        return {"crashed": found.why}
    return {"trial": lay_out_trial(found, changed.question, answers) if found else None}


def _file(request: PersonRequest, cohort: Cohort, offers: list[Offer], changed: Changed) -> HttpResponse:
    slug = changed.question.slug
    actions.note_patch(cohort=cohort, by=request.user, question=slug, decisions=len(offers))
    response = HttpResponse(changed.patch, content_type="text/x-patch; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.patch"'
    return response
