"""Addresses of cohorts; `join` comes before the slugs, and none may be called so."""

from django.urls import path

from checkpoint.cohorts import brief_views, people_views, run_views, views
from checkpoint.cohorts.rosters.views import cohort_roster
from checkpoint.numbers import use_numbers

use_numbers()

urlpatterns = [
    path("", views.cohorts, name="cohorts"),
    path("join/", views.cohort_join_code, name="cohort-join-code"),
    path("join/<str:code>/", views.cohort_join, name="cohort-join"),
    path("<slug:slug>/", views.cohort, name="cohort"),
    path("<slug:slug>/brief/", brief_views.cohort_brief, name="cohort-brief"),
    path("<slug:slug>/leave/", views.cohort_leave, name="cohort-leave"),
    path("<slug:slug>/members/", people_views.cohort_members, name="cohort-members"),
    path("<slug:slug>/members/roster/", cohort_roster, name="cohort-roster"),
    path("<slug:slug>/learners/<number:user_id>/", views.cohort_learner, name="cohort-learner"),
    path("<slug:slug>/attempts/<number:attempt_id>/", views.cohort_attempt, name="cohort-attempt"),
    path("<slug:slug>/runs/<uuid:run_id>/steps/<int:number>/", run_views.cohort_run, name="cohort-run"),
    path(
        "<slug:slug>/runs/<uuid:run_id>/transcript.txt",
        run_views.cohort_run_transcript,
        name="cohort-run-transcript",
    ),
    path(
        "<slug:slug>/runs/<uuid:run_id>/recording.cast",
        run_views.cohort_run_recording,
        name="cohort-run-recording",
    ),
]
