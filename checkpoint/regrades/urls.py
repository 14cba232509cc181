"""Addresses of regrades, beside their cohort's."""

from django.urls import path

from checkpoint.numbers import use_numbers
from checkpoint.regrades import views

use_numbers()

urlpatterns = [
    path("<slug:slug>/regrade/", views.cohort_regrades, name="cohort-regrades"),
    path("<slug:slug>/regrade/<number:regrade_id>/", views.cohort_regrade, name="cohort-regrade"),
]
