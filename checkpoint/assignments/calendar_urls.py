"""What one person is asked to do: a page, and a calendar at an address of their own."""

from django.urls import path

from checkpoint.assignments import calendar_views

urlpatterns = [
    path("", calendar_views.calendar, name="calendar"),
    path("<str:key>.ics", calendar_views.calendar_file, name="calendar-file"),
]
