"""`{% desk membership %}`: the desk's own navigation, on top of each of its pages."""

from typing import Any

from django import template
from django.template import Context

from checkpoint.cohorts.desk import desk_links
from checkpoint.cohorts.models import Membership
from checkpoint.cohorts.wishes import HIDDEN

register = template.Library()


@register.inclusion_tag("cohorts/_desk.html", takes_context=True)
def desk(context: Context, membership: Membership) -> dict[str, Any]:
    request = context["request"]
    here = request.resolver_match.url_name if request.resolver_match else ""
    links = desk_links(membership, here, hidden=request.GET.get("names") == HIDDEN)
    return {"links": links if len(links) > 1 else (), "cohort": membership.cohort}
