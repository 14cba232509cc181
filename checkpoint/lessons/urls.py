"""Addresses of lessons, their figures and the glossary."""

from django.urls import path

from checkpoint.lessons import views

urlpatterns = [
    path("", views.lessons, name="lessons"),
    path("glossary/", views.glossary, name="glossary"),
    path("<slug:slug>/", views.lesson, name="lesson"),
    path("<slug:slug>/figures/<str:name>", views.figure, name="figure"),
]
