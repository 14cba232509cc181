"""The address of a cohort's log."""

from django.urls import path

from checkpoint.audit import views

urlpatterns = [
    path("<slug:slug>/audit/", views.cohort_audit, name="cohort-audit"),
]
