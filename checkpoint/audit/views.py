"""The page of a cohort's log, for its owners."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.audit import queries
from checkpoint.audit.forms import LookForm
from checkpoint.audit.kinds import KINDS
from checkpoint.audit.shown import shown_entries
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.paging import page_of
from checkpoint.cohorts.roles import Permission
from checkpoint.parts import part_or_page


@require_safe
@allowed(Permission.READ_AUDIT)
@never_cache
def cohort_audit(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Who did what and when; the address says what it is narrowed to."""
    form = LookForm(request.GET)
    asked, wish = form.asked(), request.GET.get("page", "")
    page = page_of(
        int(wish) if wish.isdecimal() and len(wish) < 6 else 1,
        queries.count_entries(membership.cohort_id, asked),
    )
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "cohort": membership.cohort,
        "membership": membership,
        "form": form,
        "asked": asked,
        "entries": shown_entries(queries.entries(membership.cohort_id, asked, page.first)),
        "doers": queries.doers(membership.cohort_id),
        "kinds": KINDS,
        "page": page,
        "turns": [(f"?{urlencode({**kept, 'page': number})}", word) for number, word in page.turns],
    }
    return part_or_page(request, "audit/_audit.html", "audit/audit.html", context)
