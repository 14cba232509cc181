"""Addresses of selfcheck."""

from django.urls import path

from checkpoint.numbers import use_numbers
from checkpoint.selfcheck import views
from checkpoint.selfcheck.decisions import views as decisions

use_numbers()

urlpatterns = [
    path("", views.questions, name="questions"),
    path("<slug:slug>/", views.question, name="question"),
    path("<slug:slug>/draft/", views.draft, name="draft"),
    path("<slug:slug>/attempts/<number:attempt_id>/", views.attempt, name="attempt"),
    path("<slug:slug>/attempts/<number:attempt_id>/grade/", views.attempt_grade, name="attempt-grade"),
    path("<slug:slug>/attempts/<number:attempt_id>/appeal/", decisions.appeal, name="appeal"),
    path(
        "<slug:slug>/attempts/<number:attempt_id>/appeal/withdraw/",
        decisions.appeal_withdraw,
        name="appeal-withdraw",
    ),
]
