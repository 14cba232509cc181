"""Pages of a rubric: how well its question is graded, and an answer tried on it."""

from collections.abc import Mapping
from typing import Any

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.beside import Crashed
from checkpoint.core.content.types import Question
from checkpoint.core.grading.explanation import explanation
from checkpoint.core.grading.heldout import MARKS
from checkpoint.library import get_grader
from checkpoint.parts import part_or_page
from checkpoint.rubrics.access import instructors_only
from checkpoint.rubrics.forms import TryForm
from checkpoint.rubrics.laid_out import lay_out_report
from checkpoint.rubrics.reports import report_of
from checkpoint.rubrics.tried import lay_out_tried

TRY_LIMIT = {"try": "60/m/user"}
"""Nobody reads faster; a program that wants more has `manage.py grade`."""


@require_safe
@instructors_only
@never_cache
def rubric(request: PersonRequest, question: Question) -> HttpResponse:
    """How well the question is graded, on its own marked answers."""
    found = report_of(get_grader(), question)
    context: dict[str, object] = {"question": question, "marks": MARKS}
    if isinstance(found, Crashed):
        context["crashed"] = found.why
    elif found:
        context["page"] = lay_out_report(found)
    return _page(request, "rubric", context)


@require_http_methods(["GET", "HEAD", "POST"])
@instructors_only
@never_cache
def rubric_try(request: PersonRequest, question: Question) -> HttpResponse:
    """Try an answer; a POST grades and explains it and stores nothing."""
    if request.method != "POST":
        return _page(request, "try", {"question": question, "answer": ""})
    if _tried_too_often(request):
        return respond_429(request)  # type: ignore[no-any-return]
    form = TryForm(request.POST)
    if not form.is_valid():
        errors = " ".join(str(error) for error in form.errors["answer"])
        context = {"question": question, "answer": request.POST.get("answer", ""), "error": errors}
        return _page(request, "try", context, status=422)
    answer = form.cleaned_data["answer"]
    tried = lay_out_tried(question, answer, explanation(get_grader(), question, answer))
    return _page(request, "try", {"question": question, "answer": answer, "tried": tried})


def _tried_too_often(request: HttpRequest) -> bool:
    if not settings.RATE_LIMITS_ON:
        return False
    return not consume(request, app="checkpoint.rubrics", action="try", config=TRY_LIMIT)


def _page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page, or under htmx the part it is made of."""
    return part_or_page(request, f"rubrics/_{name}.html", f"rubrics/{name}.html", context, status)
