"""The audit log of cohorts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "checkpoint.audit"
