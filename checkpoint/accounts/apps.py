"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "checkpoint.accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"
