"""Pages of reviewing beside the answers themselves: the queue, what was decided, the reviewer's setting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.library import get_library
from checkpoint.reviews import actions, queries
from checkpoint.reviews.agreement import FEWEST, agreement_csv, agreements
from checkpoint.reviews.forms import page_number
from checkpoint.reviews.pages import decision_rows, filters
from checkpoint.reviews.queue import Wish
from checkpoint.reviews.reading import look_back, reading
from checkpoint.reviews.rendering import page

AT_ONCE = 30
"""So many groups make a page of the list."""
FIRST = "You see the machine’s verdict first now."
AFTER = "You decide before you see the machine’s verdict."


@require_safe
@allowed(Permission.REVIEW)
@never_cache
def review(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Everything that waits, in the reviewer's own order."""
    cohort, number = membership.cohort, page_number(request.GET)
    mine = reading(request, cohort)
    first = (number - 1) * AT_ONCE
    context = {
        "membership": membership,
        "cohort": cohort,
        "wish": mine.wish,
        "answers": len(mine.found),
        "rows": mine.rows(mine.groups[first : first + AT_ONCE]),
        "groups": len(mine.groups),
        "narrowed": sum(len(group.members) for group in mine.groups),
        "filters": filters(mine.found, mine.wish, get_library().questions),
        "turns": _turns(mine.wish, number, len(mine.groups)),
        "verdict_first": queries.sees_verdict_first(request.user.pk),
        "after": look_back(request, cohort),
    }
    return page(request, "review", context)


@require_POST
@allowed(Permission.REVIEW)
def review_setting(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Whether the machine's verdict is shown before one's own."""
    first = request.POST.get("verdict") == "first"
    actions.set_verdict_first(user=request.user, first=first)
    messages.success(request, FIRST if first else AFTER)
    return redirect("review", slug=membership.cohort.slug)


@require_safe
@allowed(Permission.REVIEW)
@never_cache
def review_decisions(request: PersonRequest, membership: Membership) -> HttpResponse:
    """What was decided, the latest first; from here a rubric can learn."""
    cohort, number, questions = membership.cohort, page_number(request.GET), get_library().questions
    question = request.GET.get("question", "")
    question = question if question in questions else ""
    criterion = request.GET.get("criterion", "")[:80].replace("\0", "")
    found = queries.decisions(cohort, question, criterion, number)
    answers = queries.answers(cohort, {one.attempt_id for one in found})
    context = {
        "membership": membership,
        "cohort": cohort,
        "rows": decision_rows(found[: queries.MOST_RULED], answers, questions),
        "questions": questions.values(),
        "question": question,
        "criterion": criterion,
        "page": number,
        "has_more": len(found) > queries.MOST_RULED,
    }
    return page(request, "decisions", context)


@require_safe
@allowed(Permission.REVIEW)
@never_cache
def review_agreement(request: PersonRequest, membership: Membership) -> HttpResponse:
    """How people and the grader agree, criterion by criterion."""
    rows = agreements(queries.agreement(membership.cohort), get_library().questions)
    decisions = sum(row.decisions for row in rows)
    context = {
        "membership": membership,
        "cohort": membership.cohort,
        "rows": rows,
        "fewest": FEWEST,
        "decisions": decisions,
        "blind": sum(row.blind for row in rows),
    }
    return page(request, "agreement", context)


@require_safe
@allowed(Permission.EXPORT)
@never_cache
def review_agreement_csv(request: PersonRequest, membership: Membership) -> HttpResponse:
    """The same for a spreadsheet."""
    rows = agreements(queries.agreement(membership.cohort), get_library().questions)
    actions.note_export(cohort=membership.cohort, by=request.user)
    response = HttpResponse(agreement_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"{membership.cohort.slug}-agreement.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _turns(wish: Wish, number: int, groups: int) -> list[tuple[str, str]]:
    turns = [(number - 1, "Earlier ones")] if number > 1 else []
    turns += [(number + 1, "Further ones")] if number * AT_ONCE < groups else []
    return [(wish.query(page=other), word) for other, word in turns]
