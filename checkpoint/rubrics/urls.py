"""Addresses of rubrics, below those of their questions."""

from django.urls import path

from checkpoint.rubrics import views

urlpatterns = [
    path("<slug:slug>/rubric/", views.rubric, name="rubric"),
    path("<slug:slug>/rubric/try/", views.rubric_try, name="rubric-try"),
]
