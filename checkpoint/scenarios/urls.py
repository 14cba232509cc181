"""Addresses of scenarios and their runs."""

from django.urls import path

from checkpoint.scenarios import debrief_views, views

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("runs/<uuid:run_id>/", views.run, name="run"),
    path("runs/<uuid:run_id>/line/", views.run_line, name="run-line"),
    path("runs/<uuid:run_id>/complete/", views.run_complete, name="run-complete"),
    path("runs/<uuid:run_id>/file/", views.run_file, name="run-file"),
    path("runs/<uuid:run_id>/undo/", views.run_undo, name="run-undo"),
    path("runs/<uuid:run_id>/reset/", views.run_reset, name="run-reset"),
    path("runs/<uuid:run_id>/hint/", views.run_hint, name="run-hint"),
    path("runs/<uuid:run_id>/finish/", views.run_finish, name="run-finish"),
    path("runs/<uuid:run_id>/debrief/", debrief_views.run_debrief, name="run-debrief"),
    path("runs/<uuid:run_id>/steps/<int:number>/", debrief_views.run_step, name="run-step"),
    path("runs/<uuid:run_id>/branch/", debrief_views.run_branch, name="run-branch"),
    path("runs/<uuid:run_id>/share/", debrief_views.run_share, name="run-share"),
    path("runs/<uuid:run_id>/note.md", debrief_views.run_note, name="run-note"),
    path("runs/<uuid:run_id>/transcript.txt", debrief_views.run_transcript, name="run-transcript"),
    path("runs/<uuid:run_id>/recording.cast", debrief_views.run_recording, name="run-recording"),
    path("<slug:slug>/", views.scenario, name="scenario"),
    path("<slug:slug>/start/", views.scenario_start, name="scenario-start"),
]
