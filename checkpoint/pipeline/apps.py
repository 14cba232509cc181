"""The pipeline app."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "checkpoint.pipeline"
    verbose_name = "Pipeline"
    default_auto_field = "django.db.models.BigAutoField"
