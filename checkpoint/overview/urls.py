"""Addresses of the overview, progress, search, help and health pages."""

from django.urls import path

from checkpoint.overview import progress, views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("progress/", progress.progress, name="progress"),
    path("search/", views.search, name="search"),
    path("help/keyboard/", views.keyboard, name="keyboard"),
    path("help/accessibility/", views.accessibility, name="accessibility"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
