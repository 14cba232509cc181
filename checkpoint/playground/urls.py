"""Addresses of the playground."""

from django.urls import path

from checkpoint.playground import views

urlpatterns = [
    path("", views.playground, name="playground"),
    path("matrix/", views.playground_matrix, name="playground-matrix"),
]
