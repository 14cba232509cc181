"""Addresses of assignments, beside their cohort's."""

from django.urls import path

from checkpoint.assignments import views
from checkpoint.numbers import use_numbers

use_numbers()

urlpatterns = [
    path("<slug:slug>/assignments/", views.cohort_assignments, name="cohort-assignments"),
    path(
        "<slug:slug>/assignments/<number:assignment_id>/",
        views.cohort_assignment,
        name="cohort-assignment",
    ),
    path(
        "<slug:slug>/assignments/<number:assignment_id>/due.ics",
        views.assignment_calendar,
        name="assignment-calendar",
    ),
]
