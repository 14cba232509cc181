"""Every address of the site; each noun keeps its own list."""

from django.contrib import admin
from django.urls import include, path

from checkpoint.overview import views as overview

urlpatterns = [
    path("", include("checkpoint.overview.urls")),
    path("lessons/", include("checkpoint.lessons.urls")),
    path("pipeline/", include("checkpoint.pipeline.urls")),
    path("guardrails/", include("checkpoint.guardrails.urls")),
    path("selfcheck/", include("checkpoint.selfcheck.urls")),
    path("selfcheck/", include("checkpoint.rubrics.urls")),
    path("scenarios/", include("checkpoint.scenarios.urls")),
    path("playground/", include("checkpoint.playground.urls")),
    path("cohorts/<slug:slug>/review/", include("checkpoint.reviews.urls")),
    path("cohorts/", include("checkpoint.cohorts.urls")),
    path("cohorts/", include("checkpoint.exports.urls")),
    path("cohorts/", include("checkpoint.regrades.urls")),
    path("cohorts/", include("checkpoint.assignments.urls")),
    path("calendar/", include("checkpoint.assignments.calendar_urls")),
    path("mail/", include("checkpoint.mails.urls")),
    path("cohorts/", include("checkpoint.audit.urls")),
    path("cohorts/", include("checkpoint.overview.as_urls")),
    path("accounts/", include("checkpoint.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = overview.bad_request
handler403 = overview.forbidden
handler404 = overview.not_found
handler500 = overview.server_error
