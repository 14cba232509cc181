"""Addresses of the guardrail reference."""

from django.urls import path

from checkpoint.guardrails import views

urlpatterns = [
    path("", views.guardrails, name="guardrails"),
    path("<slug:slug>/", views.guardrail, name="guardrail"),
]
