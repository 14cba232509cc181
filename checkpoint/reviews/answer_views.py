"""One answer before a reviewer, with those like it, and the decision about them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checkpoint.accounts.requests import PersonRequest
from checkpoint.advice.queries import suggestions_on
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.library import get_encoder
from checkpoint.reviews import actions, queries
from checkpoint.reviews.forms import DecisionForm
from checkpoint.reviews.near import near
from checkpoint.reviews.pages import review_page
from checkpoint.reviews.presence import Presence, arrive
from checkpoint.reviews.queue import Open, Standing
from checkpoint.reviews.reading import Reading, look_back, reading
from checkpoint.reviews.rendering import page
from checkpoint.selfcheck.decisions.actions import DecidedMeanwhileError
from checkpoint.selfcheck.decisions.queries import rulings_on
from checkpoint.selfcheck.models import AttemptVerdict
from checkpoint.selfcheck.queries.attempts import KeptAttempt, kept_attempt

NOT_HERE = "No such answer in this cohort."


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its place in the reviewer's queue."""

    membership: Membership
    kept: KeptAttempt
    verdict: AttemptVerdict
    mine: Reading
    standing: Standing

    @property
    def attempt_id(self) -> int:
        return self.kept.attempt.pk

    @property
    def together(self) -> set[int]:
        """The attempts of its group, itself among them."""
        members = self.standing.group.members if self.standing.group else ()
        return {self.attempt_id, *(one.answer.attempt_id for one in members)}


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent and isn't saved; `meanwhile` are decisions of others that came first."""

    form: DecisionForm
    status: int
    meanwhile: frozenset[int] = frozenset()


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Permission.REVIEW)
@never_cache
def review_answer(request: PersonRequest, membership: Membership, attempt_id: int) -> HttpResponse:
    """One answer, without who wrote it; a POST decides about it and those ticked beside it."""
    answer = _answer(request, membership, attempt_id)
    if request.method == "POST":
        return _decide(request, answer)
    return _show(request, answer)


def _answer(request: PersonRequest, membership: Membership, attempt_id: int) -> Answer:
    """Learners of this cohort only; eight queries."""
    cohort = membership.cohort
    kept = kept_attempt(attempt_id) if attempt_id in queries.answers(cohort, {attempt_id}) else None
    if kept is None or kept.verdict is None:
        raise Http404(NOT_HERE)
    mine = reading(request, cohort)
    return Answer(membership, kept, kept.verdict, mine, mine.standing(attempt_id))


def _decide(request: PersonRequest, answer: Answer) -> HttpResponse:
    form = DecisionForm(request.POST, question=answer.kept.question, lead=answer.attempt_id)
    if not form.is_valid():
        return _show(request, answer, Refused(form, 422))
    cohort = answer.mine.cohort
    theirs = queries.answers(cohort, form.ticked)
    if {one for one, found in theirs.items() if found.question == answer.kept.question.slug} != form.ticked:
        raise Http404(NOT_HERE)
    blind = answer.standing.group is not None and not queries.sees_verdict_first(request.user.pk)
    rulings = form.rulings(blind=blind, hinted=_appealed(answer.mine, form.ticked))
    try:
        made = actions.decide(cohort=cohort, by=request.user, rulings=rulings)
    except DecidedMeanwhileError as refused:
        others = frozenset(one.pk for one in refused.decisions)
        return _show(request, answer, Refused(form, 409, others))
    messages.success(request, _saved(len(form.ticked), len({one.criterion for one in made})))
    return redirect(answer.mine.after_that(answer.standing, answer.attempt_id))


def _appealed(mine: Reading, ticked: set[int]) -> set[str]:
    """An appeal tells what the machine had said, as far as it matters."""
    asked = (item for one in mine.found if one.attempt_id in ticked for item in one.items)
    return {item.criterion for item in asked if item.appeal}


def _saved(answers: int, criteria: int) -> str:
    what = "one criterion" if criteria == 1 else f"{criteria} criteria"
    return f"Saved: {what} of {'one answer' if answers == 1 else f'{answers} answers'}."


def _show(request: PersonRequest, answer: Answer, refused: Refused | None = None) -> HttpResponse:
    """The page; one that was refused has every word that was typed, and why it isn't saved."""
    mine, standing, attempt_id = answer.mine, answer.standing, answer.attempt_id
    shows = _shows_verdict(request, answer, refused)
    laid_out = review_page(
        answer.kept,
        standing,
        rulings_on(answer.together),
        near(lead, _elsewhere(answer), get_encoder()) if (lead := mine.one(attempt_id)) else (),
        shows_verdict=shows,
        form=refused.form if refused else None,
        meanwhile=refused.meanwhile if refused else frozenset(),
    )
    context = {
        "membership": answer.membership,
        "cohort": mine.cohort,
        "wish": mine.wish,
        "review": laid_out,
        "standing": standing,
        "groups": len(mine.groups),
        "beside": mine.beside(standing),
        "action": mine.address_of(attempt_id),
        "before": mine.address(standing.before) if standing.before else "",
        "following": mine.address(standing.after) if standing.after else "",
        "see_verdict": mine.address_of(attempt_id, verdict=1),
        "suggestions": suggestions_on(answer.verdict.pk, answer.kept.question) if shows else (),
        "present": arrive(Presence(request.user.pk, request.user.shown_name, timezone.now()), attempt_id),
        "after": look_back(request, mine.cohort),
    }
    return page(request, "answer", context, status=refused.status if refused else 200)


def _shows_verdict(request: PersonRequest, answer: Answer, refused: Refused | None) -> bool:
    """When asked for, when the reviewer wants it first, and where nothing waits any more."""
    asked = "verdict" in request.GET or (refused is not None and bool(refused.form.data.get("saw")))
    return asked or answer.standing.group is None or queries.sees_verdict_first(request.user.pk)


def _elsewhere(answer: Answer) -> list[Open]:
    """What waits at the same question outside the group; nothing where the reviewer goes one by one."""
    if answer.mine.wish.one_by_one:
        return []
    together, question = answer.together, answer.kept.question.slug
    return [one for one in answer.mine.found if one.question == question and one.attempt_id not in together]
