"""Cohorts, for operators: who belongs to them; not what anybody answered."""

from django.contrib import admin

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
