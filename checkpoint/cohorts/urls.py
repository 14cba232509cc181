"""Addresses of cohorts; `join` comes before the slugs, and none may be called so."""

from django.urls import path

from checkpoint.cohorts import views
from checkpoint.numbers import use_numbers

use_numbers()

urlpatterns = [
    path("", views.cohorts, name="cohorts"),
    path("join/", views.cohort_join_code, name="cohort-join-code"),
    path("join/<str:code>/", views.cohort_join, name="cohort-join"),
    path("<slug:slug>/", views.cohort, name="cohort"),
    path("<slug:slug>/answers.csv", views.cohort_answers, name="cohort-answers"),
    path("<slug:slug>/leave/", views.cohort_leave, name="cohort-leave"),
    path("<slug:slug>/members/", views.cohort_members, name="cohort-members"),
    path("<slug:slug>/learners/<number:user_id>/", views.cohort_learner, name="cohort-learner"),
    path("<slug:slug>/attempts/<number:attempt_id>/", views.cohort_attempt, name="cohort-attempt"),
]
