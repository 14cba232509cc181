"""Every mail the course itself sends: recorded, capped, sent at most once, and easy to stop."""

from django.apps import AppConfig


class MailsConfig(AppConfig):
    name = "checkpoint.mails"
