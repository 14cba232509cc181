"""Addresses of a learner's pages as the learner sees them, below the learner's page in their cohort."""

from django.urls import path

from checkpoint.numbers import use_numbers
from checkpoint.overview import as_learner, as_scenarios

use_numbers()

urlpatterns = [
    path("<slug:slug>/learners/<number:user_id>/as/", as_learner.as_learner, name="as-learner"),
    path(
        "<slug:slug>/learners/<number:user_id>/as/questions/<slug:question>/",
        as_learner.as_learner_question,
        name="as-learner-question",
    ),
    path(
        "<slug:slug>/learners/<number:user_id>/as/scenarios/",
        as_scenarios.as_learner_scenarios,
        name="as-learner-scenarios",
    ),
    path(
        "<slug:slug>/learners/<number:user_id>/as/scenarios/<slug:scenario>/",
        as_scenarios.as_learner_scenario,
        name="as-learner-scenario",
    ),
    path(
        "<slug:slug>/learners/<number:user_id>/as/runs/<uuid:run_id>/",
        as_scenarios.as_learner_run,
        name="as-learner-run",
    ),
]
