"""Addresses of the pipeline and its stages."""

from django.urls import path

from checkpoint.pipeline import views

urlpatterns = [
    path("", views.pipeline, name="pipeline"),
    path("<slug:slug>/", views.stage, name="stage"),
]
