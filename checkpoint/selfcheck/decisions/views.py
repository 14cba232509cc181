"""Saying that a verdict looks wrong, and taking it back."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from checkpoint.core.content.types import Question
from checkpoint.library import get_library
from checkpoint.overview.frame import frame_of
from checkpoint.parts import htmx_of
from checkpoint.selfcheck.decisions import actions
from checkpoint.selfcheck.decisions.forms import AppealForm
from checkpoint.selfcheck.decisions.places import Place, sentences_of
from checkpoint.selfcheck.marks import visible
from checkpoint.selfcheck.models import Attempt, AttemptVerdict
from checkpoint.selfcheck.queries.attempts import attempt_of, counted_result, last_attempt, verdict_of
from checkpoint.selfcheck.result import CorrectionRow, CriterionRow, lay_out_result

NOBODY = (
    "Nobody reviews your answers: that takes a cohort with a reviewer. Ask your instructor for a join code."
)


@dataclass(frozen=True, slots=True)
class AppealPage:
    """One criterion or misconception of a verdict, and the form to say that it looks wrong."""

    question: Question
    attempt: Attempt
    about: str
    heading: str
    says: str
    is_idea: bool
    answer: str
    sentences: tuple[Place, ...]
    place: str = ""
    marked: str = ""
    note: str = ""
    errors: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def appeal(request: HttpRequest, slug: str, attempt_id: int) -> HttpResponse:
    """Say that one verdict looks wrong; `?about=` names it."""
    question, attempt, verdict = _own(request, slug, attempt_id)
    if not frame_of(request).is_reviewed:
        raise PermissionDenied(NOBODY)
    open_ones = _open_to_appeal(question, attempt, verdict)
    form = AppealForm(request.POST or request.GET, answer=attempt.answer, about=set(open_ones))
    about = form["about"].value() or ""
    if about not in open_ones or not _is_latest(attempt):
        return redirect("attempt", slug=slug, attempt_id=attempt_id)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.appeal(verdict=verdict, criterion=about, span=facts["span"], note=facts["note"])
        return redirect(reverse("attempt", args=[slug, attempt_id]) + _place_of(open_ones[about]))
    page = _page(question, attempt, open_ones[about], form)
    status = 422 if request.method == "POST" else 200
    part = bool(htmx_of(request))
    template = "selfcheck/_appeal.html" if part else "selfcheck/appeal.html"
    response = render(request, template, {"page": page, "part": part}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@login_required
def appeal_withdraw(request: HttpRequest, slug: str, attempt_id: int) -> HttpResponse:
    """Take an appeal back; twice does nothing more."""
    _, attempt, _ = _own(request, slug, attempt_id)
    about = request.POST.get("about", "").replace("\0", "")
    actions.withdraw_appeal(attempt=attempt, criterion=about)
    return redirect("attempt", slug=slug, attempt_id=attempt_id)


def _own(request: HttpRequest, slug: str, attempt_id: int) -> tuple[Question, Attempt, AttemptVerdict]:
    question = get_library().questions.get(slug)
    attempt = attempt_of(request.user.pk, slug, attempt_id)  # type: ignore[arg-type]
    verdict = verdict_of(attempt.pk) if attempt else None
    if question is None or attempt is None or verdict is None:
        raise Http404("No such attempt of yours.")
    return question, attempt, verdict


def _is_latest(attempt: Attempt) -> bool:
    """Reviewers look at what counts: the latest answer to each question."""
    latest = last_attempt(attempt.user_id, attempt.question)
    return latest is not None and latest.pk == attempt.pk


Row = CriterionRow | CorrectionRow


def _open_to_appeal(question: Question, attempt: Attempt, verdict: AttemptVerdict) -> dict[str, Row]:
    """What on the verdict's page may be appealed against, by id."""
    result = lay_out_result(get_library(), question, *counted_result(attempt, verdict))
    rows: tuple[Row, ...] = (*result.criteria, *result.corrections)
    return {row.shown.id: row for row in rows if row.may_appeal}


def _place_of(row: Row) -> str:
    return f"#c-{row.shown.number}" if isinstance(row, CriterionRow) else f"#fix-{row.number}"


def _page(question: Question, attempt: Attempt, row: Row, form: AppealForm) -> AppealPage:
    ideas = {one.id: one.claim for one in question.misconceptions}
    sent = form.data if form.is_bound else {}
    is_posted = "note" in sent
    return AppealPage(
        question=question,
        attempt=attempt,
        about=row.shown.id,
        heading=row.shown.heading if isinstance(row, CriterionRow) else ideas[row.shown.id],
        says=row.shown.sentence if isinstance(row, CriterionRow) else row.shown.happens,
        is_idea=isinstance(row, CorrectionRow),
        answer=visible(attempt.answer),
        sentences=sentences_of(attempt.answer),
        place=str(sent.get("place", "")),
        marked=str(sent.get("marked", ""))[:20],
        note=str(sent.get("note", "")),
        errors=tuple(str(e) for errors in form.errors.values() for e in errors) if is_posted else (),
    )
