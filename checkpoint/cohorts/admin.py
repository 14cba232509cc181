"""Cohorts, for operators: who belongs to them; not what anybody answered."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from checkpoint.accounts.models import User
from checkpoint.audit.actions import record
from checkpoint.cohorts.models import Cohort, Membership


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    autocomplete_fields = ("user",)
    readonly_fields = ("joined_at",)
    extra = 0


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "slug", "created_by", "created_at")
    search_fields = ("name", "slug")
    readonly_fields = ("created_at",)
    autocomplete_fields = ("created_by",)
    inlines = (MembershipInline,)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """What an operator does here stands in the cohort's audit log too, within the same transaction."""
        before = {seat.user_id: seat for seat in Membership.objects.filter(cohort=form.instance)}
        super().save_formset(request, form, formset, change)
        after = {seat.user_id: seat for seat in Membership.objects.filter(cohort=form.instance)}
        if isinstance(request.user, User):
            _write_down(request.user, before, after)


def _write_down(by: User, before: Mapping[int, Membership], after: Mapping[int, Membership]) -> None:
    """Seats by user id: another person on an old seat is one removed and one added."""
    for user_id in before.keys() - after.keys():
        _record(by, before[user_id], "removed")
    for user_id, seat in after.items():
        earlier = before[user_id].role if user_id in before else None
        if earlier != seat.role:
            _record(by, seat, "role-given", before=earlier)


def _record(by: User, seat: Membership, what: str, before: str | None = None) -> None:
    record(
        cohort_id=seat.cohort_id,
        by=by,
        what=what,
        person_id=seat.user_id,
        role=seat.role,
        before=before,
        through="admin",
    )
