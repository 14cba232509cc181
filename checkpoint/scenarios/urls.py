"""Addresses of scenarios and their runs."""

from django.urls import path

from checkpoint.scenarios import views

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("runs/<uuid:run_id>/", views.run, name="run"),
    path("runs/<uuid:run_id>/line/", views.run_line, name="run-line"),
    path("runs/<uuid:run_id>/file/", views.run_file, name="run-file"),
    path("runs/<uuid:run_id>/undo/", views.run_undo, name="run-undo"),
    path("runs/<uuid:run_id>/reset/", views.run_reset, name="run-reset"),
    path("runs/<uuid:run_id>/hint/", views.run_hint, name="run-hint"),
    path("runs/<uuid:run_id>/finish/", views.run_finish, name="run-finish"),
    path("<slug:slug>/", views.scenario, name="scenario"),
    path("<slug:slug>/start/", views.scenario_start, name="scenario-start"),
]
