"""Addresses of reviewing, within a cohort's."""

from django.urls import path

from checkpoint.numbers import use_numbers
from checkpoint.reviews import answer_views, rubric_views, views

use_numbers()

urlpatterns = [
    path("", views.review, name="review"),
    path("setting/", views.review_setting, name="review-setting"),
    path("decisions/", views.review_decisions, name="review-decisions"),
    path("agreement/", views.review_agreement, name="review-agreement"),
    path("agreement.csv", views.review_agreement_csv, name="review-agreement-csv"),
    path("patch/", rubric_views.review_patch, name="review-patch"),
    path("<number:attempt_id>/", answer_views.review_answer, name="review-answer"),
]
