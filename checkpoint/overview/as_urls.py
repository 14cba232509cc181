"""Addresses of a learner's pages as the learner sees them, below the learner's page in their cohort."""

from django.urls import path

from checkpoint.numbers import use_numbers
from checkpoint.overview import as_learner

use_numbers()

urlpatterns = [
    path("<slug:slug>/learners/<number:user_id>/as/", as_learner.as_learner, name="as-learner"),
    path(
        "<slug:slug>/learners/<number:user_id>/as/questions/<slug:question>/",
        as_learner.as_learner_question,
        name="as-learner-question",
    ),
]
