"""Addresses of selfcheck."""

from django.urls import path

from checkpoint.numbers import use_numbers
from checkpoint.selfcheck import views

use_numbers()

urlpatterns = [
    path("", views.questions, name="questions"),
    path("<slug:slug>/", views.question, name="question"),
    path("<slug:slug>/draft/", views.draft, name="draft"),
    path("<slug:slug>/attempts/<number:attempt_id>/", views.attempt, name="attempt"),
    path("<slug:slug>/attempts/<number:attempt_id>/grade/", views.attempt_grade, name="attempt-grade"),
]
