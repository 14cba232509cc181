"""Pages of the self-check: the list, one question, its drafts, and each attempt with its verdict."""

import logging

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.parts import htmx_of, part_or_page, wants_part
from checkpoint.selfcheck import actions, held
from checkpoint.selfcheck.decisions.actions import mark_decisions_read
from checkpoint.selfcheck.forms import AnswerForm, DraftForm
from checkpoint.selfcheck.models import Attempt, AttemptVerdict, Draft
from checkpoint.selfcheck.pace import CHECKS, wait_before_checking
from checkpoint.selfcheck.pages import Ask, AttemptPage, ask_page, attempt_page, private_page, questions_page
from checkpoint.selfcheck.queries.attempts import attempt_of, draft_of, verdict_of

logger = logging.getLogger(__name__)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question, where the learner stands with it, and the one to take next."""
    page = questions_page(request)
    return part_or_page(request, "selfcheck/_questions.html", "selfcheck/questions.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a question; a POST is the answer."""
    asked = _asked(slug)
    if request.method == "POST":
        return _answer(request, asked)
    if slug != asked.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(reverse("question", args=[asked.slug]) + (f"?{query}" if query else ""))
    response = _ask(request, ask_page(request, asked, revise="revise" in request.GET))
    # Asked for again each time, but kept: where "back" leads here, the browser still has what was typed.
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_POST
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep words that aren't checked yet."""
    asked = _asked(slug)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft_refused(request, asked, form)
    if not request.user.is_authenticated:
        return _sign_in_first(request, asked, AnswerForm(request.POST), form.cleaned_data["answer"])
    held.release(request, asked.slug)
    if form.cleaned_data["keep"]:
        return _draft_chosen(request, asked, form)
    saved = actions.save_draft(
        user_id=request.user.pk,
        question=asked.slug,
        answer=form.cleaned_data["answer"],
        version=form.cleaned_data["draft_version"],
    )
    if isinstance(saved, actions.DraftConflict):
        return _draft_conflict(request, asked, form, saved.theirs)
    if htmx_of(request):
        return render(request, "selfcheck/_draft_status.html", {"draft": saved.draft})
    return redirect("question", slug=asked.slug)


@require_safe
@login_required
def attempt(request: HttpRequest, slug: str, attempt_id: int) -> HttpResponse:
    """One attempt of the learner's own, with the verdict it was given."""
    asked, kept = _own_attempt(request, slug, attempt_id)
    page = attempt_page(asked, kept, verdict_of(kept.pk), timezone.localdate())
    if page.result and page.result.is_decided:
        mark_decisions_read(attempt=kept)
    return _show_attempt(request, page)


@require_POST
@login_required
def attempt_grade(request: HttpRequest, slug: str, attempt_id: int) -> HttpResponse:
    """Check a stored answer again whose checking failed."""
    asked, kept = _own_attempt(request, slug, attempt_id)
    verdict = verdict_of(kept.pk) or _judge(kept)
    return _answered(request, asked, kept, verdict)


# --- Answering ------------------------------------------------------------------


def _answer(request: HttpRequest, asked: Question) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _ask(request, ask_page(request, asked, form=form), status=422)
    if form.cleaned_data["private"]:
        return _check_privately(request, asked, form)
    if not request.user.is_authenticated:
        facts = form.cleaned_data
        return _sign_in_first(request, asked, form, facts["answer"], facts["confidence"])
    held.release(request, asked.slug)
    try:
        kept, fresh = actions.record_attempt(
            user_id=request.user.pk,
            question=asked.slug,
            answer=form.cleaned_data["answer"],
            confidence=form.cleaned_data["confidence"],
            draft_version=form.cleaned_data["draft_version"],
        )
    except actions.TooManyAttemptsError as refused:
        return _too_fast(request, asked, form, refused.wait, actions.MOST)
    earlier = None if fresh else verdict_of(kept.pk)
    return _answered(request, asked, kept, earlier or _judge(kept), is_fresh=earlier is None)


def _judge(kept: Attempt) -> AttemptVerdict | None:
    """Whatever breaks in grading, the stored answer stays and the learner is told."""
    try:
        return actions.judge_attempt(kept)
    except Exception:
        logger.exception("Attempt %s could not be graded", kept.pk)
        return None


def _answered(
    request: HttpRequest,
    asked: Question,
    kept: Attempt,
    verdict: AttemptVerdict | None,
    *,
    is_fresh: bool = False,
) -> HttpResponse:
    place = reverse("attempt", args=[asked.slug, kept.pk])
    if not wants_part(request):
        return redirect(place)
    page = attempt_page(asked, kept, verdict, timezone.localdate(), is_fresh=is_fresh)
    response = _show_attempt(request, page)
    response["HX-Push-Url"] = place
    return response


def _check_privately(request: HttpRequest, asked: Question, form: AnswerForm) -> HttpResponse:
    wait = wait_before_checking(request)
    if wait:
        return _too_fast(request, asked, form, wait)
    answer = form.cleaned_data["answer"]
    try:
        _, shown = actions.judge(asked, answer)
    except Exception:
        logger.exception("A private answer to %s could not be graded", asked.slug)
        return _ask(request, ask_page(request, asked, form=form, problem="unchecked"), status=500)
    context = {"page": private_page(request, asked, shown, form)}
    return _unstored(part_or_page(request, "selfcheck/_private.html", "selfcheck/private.html", context))


def _too_fast(
    request: HttpRequest, asked: Question, form: AnswerForm, wait: int, most: int = CHECKS
) -> HttpResponse:
    minutes = max(1, round(wait / 60))
    page = ask_page(request, asked, form=form, problem="too-fast", wait=minutes, most=most)
    response = _ask(request, page, status=429)
    response["Retry-After"] = str(wait)
    return response


def _sign_in_first(
    request: HttpRequest, asked: Question, form: AnswerForm, answer: str, confidence: int | None = None
) -> HttpResponse:
    """Nothing is lost on the way to an account: the words wait in the session."""
    wait = wait_before_checking(request)
    if wait:
        return _too_fast(request, asked, form, wait)
    held.hold(request, asked.slug, answer, confidence)
    return redirect_to_login(reverse("question", args=[asked.slug]))


# --- Drafts -----------------------------------------------------------------------


def _draft_refused(request: HttpRequest, asked: Question, form: DraftForm) -> HttpResponse:
    errors = form.errors.get("answer") or ["That couldn’t be saved."]
    if htmx_of(request):
        return render(
            request,
            "selfcheck/_draft_status.html",
            {"refused": errors[0], "version": _version(form)},
            status=422,
        )
    return _ask(request, ask_page(request, asked, form=AnswerForm(request.POST)), status=422)


def _draft_conflict(request: HttpRequest, asked: Question, form: DraftForm, theirs: Draft) -> HttpResponse:
    """Both texts stay: this one in the field, the other one shown beside it, until one is chosen."""
    if not htmx_of(request):
        page = ask_page(request, asked, form=AnswerForm(request.POST), theirs=theirs)
        return _ask(request, page, status=409)
    context = {"theirs": theirs, "version": _version(form), "question": asked}
    if form.cleaned_data.get("choosing") == theirs.version:
        return render(request, "selfcheck/_draft_status.html", {**context, "waiting": True})
    response = render(request, "selfcheck/_draft_conflict.html", {**context, "part": True}, status=409)
    response["HX-Retarget"], response["HX-Reswap"] = "#draft-conflict", "outerHTML"
    return response


def _draft_chosen(request: HttpRequest, asked: Question, form: DraftForm) -> HttpResponse:
    """The learner saw both texts and said what to keep."""
    facts = form.cleaned_data
    theirs = draft_of(request.user.pk, asked.slug)  # type: ignore[arg-type]
    answer = facts["answer"]
    if facts["keep"] == "both" and theirs and theirs.answer.strip() not in answer:
        answer = f"{answer.rstrip()}\n\n{theirs.answer}"
    if facts["keep"] != "theirs":
        again = DraftForm({**request.POST.dict(), "answer": answer})
        if not again.is_valid():
            page = ask_page(
                request, asked, form=AnswerForm(request.POST), theirs=theirs, problem="too-long-together"
            )
            return _ask(request, page, status=422)
        saved = actions.save_draft(
            user_id=request.user.pk,  # type: ignore[arg-type]
            question=asked.slug,
            answer=answer,
            version=facts["choosing"],
        )
        if isinstance(saved, actions.DraftConflict):
            page = ask_page(request, asked, form=AnswerForm(request.POST), theirs=saved.theirs)
            return _ask(request, page, status=409)
    if wants_part(request):
        return _ask(request, ask_page(request, asked))
    return redirect("question", slug=asked.slug)


def _version(form: DraftForm) -> str:
    return str(form.data.get("draft_version", ""))[:16]


# --- Pieces -------------------------------------------------------------------------


def _asked(slug: str) -> Question:
    """The question of a slug or of a short name such as Q2."""
    found = get_library().questions
    if slug in found:
        return found[slug]
    for candidate in found.values():
        if candidate.id and candidate.id.lower() == slug.lower():
            return candidate
    raise Http404("No such question.")


def _own_attempt(request: HttpRequest, slug: str, attempt_id: int) -> tuple[Question, Attempt]:
    asked = _asked(slug)
    kept = attempt_of(request.user.pk, asked.slug, attempt_id)  # type: ignore[arg-type]
    if kept is None:
        raise Http404("No such attempt of yours.")
    return asked, kept


def _ask(request: HttpRequest, page: Ask, status: int = 200) -> HttpResponse:
    response = part_or_page(
        request, "selfcheck/_ask.html", "selfcheck/question.html", {"page": page}, status=status
    )
    return _unstored(response) if status != 200 else response


def _show_attempt(request: HttpRequest, page: AttemptPage) -> HttpResponse:
    return part_or_page(request, "selfcheck/_attempt.html", "selfcheck/attempt.html", {"page": page})


def _unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
