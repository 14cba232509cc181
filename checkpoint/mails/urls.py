"""Addresses about letters: which I get, and the link that stops them."""

from django.urls import path

from checkpoint.mails import views

urlpatterns = [
    path("", views.mails, name="mails"),
    path("stop/<str:token>/", views.mail_stop, name="mail-stop"),
]
